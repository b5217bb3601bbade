"""A migrated database for each test, SQLite and PostgreSQL in turn."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text

from storage import cycles, departments, forms, people, schema, standards
from storage.database import Database
from storage.models import Base
from tests.postgres import PostgresServer

NOW = datetime(2025, 3, 3, 1, 0, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy: migrating for each test would take most of the time."""
    path = tmp_path_factory.mktemp("template") / "template.db"
    database = Database(f"sqlite:///{path}")
    schema.upgrade(database)
    database.close()
    return path


@pytest.fixture(scope="session")
def server_database(postgres: PostgresServer) -> str:
    """A migrated database on the server, emptied for each test."""
    database = Database(postgres.create_database("storage"))
    schema.upgrade(database)
    database.close()
    return postgres.url("storage")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of this test's empty database."""
    if request.param == "sqlite":
        template = request.getfixturevalue("template")
        return f"sqlite:///{shutil.copy(template, tmp_path / 'test.db')}"
    url: str = request.getfixturevalue("server_database")
    empty(url)
    return url


@pytest.fixture
def open_database(database_url: str) -> Iterator[Callable[..., Database]]:
    """Opens this test's database, as often as the test wants processes to look at it."""
    opened: list[Database] = []

    def open_it(**options: Any) -> Database:
        opened.append(Database(database_url, **options))
        return opened[-1]

    yield open_it
    for database in opened:
        database.close()


def empty(url: str) -> None:
    """Empties the tables that hold anything; all others stay, which is ten times as fast."""
    database = Database(url)
    with database.begin() as tx:
        names = list(Base.metadata.tables)
        looks = " UNION ALL ".join(
            f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {name})" for name in names
        )
        full = [row[0] for row in tx.execute(text(looks))]
        if full:
            tx.execute(text(f"TRUNCATE {', '.join(full)} CASCADE"))
        tx.execute(text("SELECT setval(seqrelid::regclass, 1, false) FROM pg_sequence"))
    database.close()


@pytest.fixture
def database(open_database: Callable[..., Database]) -> Database:
    return open_database()


class Undo(Exception):
    """What goes wrong at the end of an undone transaction."""


@pytest.fixture
def undone(database: Database) -> Callable[[], AbstractContextManager[Connection]]:
    """A transaction in which something goes wrong after all is written."""

    @contextmanager
    def begin() -> Iterator[Connection]:
        with suppress(Undo), database.begin() as tx:
            yield tx
            raise Undo

    return begin


@pytest.fixture
def form_id(database: Database, now: datetime) -> int:
    """A form of the invented department D01 in an open cycle; its contact is wangfang."""
    with database.begin() as tx:
        standards.keep(tx, "h1", "district-2024", "text", now)
        deadline = datetime(2025, 3, 31, tzinfo=UTC)
        cycle = cycles.add(tx, "2024", 2024, "h1", now, deadline)
        department = departments.upsert(tx, "D01", "Department One", ["One"])
        people.upsert(tx, "wangfang", "Wang")
        people.grant(tx, "wangfang", "contact", department)
        return forms.open(tx, cycle, department, now)
