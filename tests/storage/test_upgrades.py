"""From every revision, with a row in every table, to the newest: nothing gets lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Boolean, Connection, DateTime, LargeBinary, MetaData, Table, inspect, select
from sqlalchemy.types import JSON, Integer

from storage import schema
from storage.database import Database
from storage.models import Base
from tests.postgres import PostgresServer

WHEN = datetime(2025, 3, 3, 1, 0, tzinfo=UTC)
REVISIONS = sorted(schema.revisions())
_LISTED = re.compile(r"(\w+)\)?(?:::text)? (?:IN|= ANY) \(+(?:ARRAY\[)?'([^']+)'")
# What a rule of the database wants and no type tells.
FIT = {"stand_ins.userid": "y", "hand_overs.receiver": "y"}


@pytest.fixture(params=["sqlite", "postgresql"])
def new_database(
    request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[Callable[[], Database]]:
    """An empty database without any table."""
    opened: list[Database] = []

    def make() -> Database:
        url = f"sqlite:///{tmp_path / 'old.db'}"
        if request.param == "postgresql":
            server: PostgresServer = request.getfixturevalue("postgres")
            server.drop_database("old")
            url = server.create_database("old")
        opened.append(Database(url))
        return opened[-1]

    yield make
    for database in opened:
        database.close()


def tables_of(tx: Connection) -> list[Table]:
    """The tables that are there, those that others refer to first."""
    metadata = MetaData()
    metadata.reflect(tx)
    return [each for each in metadata.sorted_tables if each.name != "alembic_version"]


def fill(tx: Connection) -> dict[str, dict[str, Any]]:
    """Puts a row into each table, with all that it must have and what it refers to."""
    rows: dict[str, dict[str, Any]] = {}
    for table in tables_of(tx):
        checks = inspect(tx).get_check_constraints(table.name)
        listed = dict(match for c in checks for match in _LISTED.findall(str(c["sqltext"])))
        row = {}
        for column in table.columns:
            key = next(iter(column.foreign_keys), None)
            if f"{table.name}.{column.name}" in FIT:
                row[column.name] = FIT[f"{table.name}.{column.name}"]
            elif key is not None and key.column.table.name in rows:
                row[column.name] = rows[key.column.table.name][key.column.name]
            elif column.name in listed:
                row[column.name] = listed[column.name]
            elif not column.nullable:
                row[column.name] = plain(column.type)
        tx.execute(table.insert(), row)
        if table.name == "people":
            tx.execute(table.insert(), row | {"userid": "y"})  # some things take two
        rows[table.name] = dict(tx.execute(select(table)).mappings().all()[0])
    return rows


def plain(type_: Any) -> Any:
    if isinstance(type_, DateTime):
        return WHEN
    if isinstance(type_, Boolean):
        return True
    if isinstance(type_, Integer):
        return 1
    if isinstance(type_, JSON):
        return {}
    return b"x" if isinstance(type_, LargeBinary) else "x"


@pytest.mark.parametrize(
    "revision",
    [
        pytest.param(each, marks=() if each in (REVISIONS[0], REVISIONS[-2]) else pytest.mark.slow)
        for each in REVISIONS
    ],
)
def test_nothing_gets_lost_on_the_way_up(
    new_database: Callable[[], Database], revision: str
) -> None:
    database = new_database()
    schema.upgrade(database, revision)
    with database.begin() as tx:
        before = fill(tx)
    schema.upgrade(database)
    with database.read() as tx:
        assert schema.revision_of(tx) == REVISIONS[-1]
        context = MigrationContext.configure(tx, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
        for table in tables_of(tx):
            if table.name in before:
                was, row = before[table.name], tx.execute(select(table)).mappings().all()[0]
                assert {n: row[n] for n in was if n in row} == {
                    n: v for n, v in was.items() if n in row
                }
                assert not set(was) - set(row), f"{table.name} lost a column"


def test_the_revisions_are_one_line() -> None:
    script = ScriptDirectory.from_config(schema.configuration())
    assert script.get_heads() == [REVISIONS[-1]]
    assert [each.revision for each in script.walk_revisions()] == REVISIONS[::-1]
