"""INSERT … ON CONFLICT, which SQLAlchemy builds separately for each database."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

_INSERTS: dict[str, Callable[..., Any]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}


class ConflictInsert:
    """One insert built once for each database; `.on(tx)` gives the one that this database speaks.

    Whether a row was new must be read from RETURNING: the row count is −1 under psycopg.
    """

    def __init__(self, build: Callable[[Callable[..., Any]], Any]) -> None:
        self._statements = {name: build(insert) for name, insert in _INSERTS.items()}

    def on(self, tx: Connection) -> Any:
        return self._statements[tx.dialect.name]
