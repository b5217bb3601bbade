"""A copy of a SQLite database made while it is in use."""

import sqlite3
from contextlib import closing
from pathlib import Path

from storage.database import Database

PAGES = 2000
"""How many pages are copied at a time; writers go on in between."""


class NoOnlineCopy(Exception):
    """The database is none that can be copied like this: PostgreSQL brings its own pg_dump."""


def snapshot(database: Database, path: Path) -> None:
    """Copies the database, as it is at one moment, into a new file without a log beside it.

    Turns go on meanwhile. Raises NoOnlineCopy, and sqlite3.Error or OSError where the copy can't
    be written.
    """
    if database.url.get_backend_name() != "sqlite" or not database.url.database:
        raise NoOnlineCopy
    ends = closing(sqlite3.connect(database.url.database)), closing(sqlite3.connect(path))
    with ends[0] as source, ends[1] as copy:
        source.backup(copy, pages=PAGES)
        copy.execute("PRAGMA journal_mode=DELETE").close()


def is_whole(path: Path) -> bool:
    """Whether a database file can be read to its end."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as copy:
            return bool(copy.execute("PRAGMA integrity_check").fetchone() == ("ok",))
    except sqlite3.DatabaseError:
        return False
