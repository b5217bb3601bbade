"""A migrated database for each test: SQLite, or the one named by JIXIAO_TEST_DATABASE.

That one is emptied before each test, so it must be for tests only.
"""

import os
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

NOW = datetime(2025, 3, 3, 1, 0, tzinfo=UTC)
GIVEN_URL = os.environ.get("JIXIAO_TEST_DATABASE", "")


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


@pytest.fixture
def open_database(template: Path, tmp_path: Path) -> Iterator[Callable[..., Database]]:
    """Opens this test's database, as often as the test wants processes to look at it."""
    opened: list[Database] = []
    url = GIVEN_URL or f"sqlite:///{shutil.copy(template, tmp_path / 'test.db')}"

    def open_it(**options: Any) -> Database:
        opened.append(Database(url, **options))
        return opened[-1]

    if GIVEN_URL:
        empty(open_it())
    yield open_it
    for database in opened:
        database.close()


def empty(database: Database) -> None:
    if database.url.get_backend_name() == "sqlite":
        pytest.fail("JIXIAO_TEST_DATABASE is for PostgreSQL; SQLite is what runs without it")
    schema.upgrade(database)
    tables = ", ".join(Base.metadata.tables)
    with database.begin() as tx:
        tx.execute(text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))


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
