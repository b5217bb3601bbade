"""One database, SQLite or PostgreSQL by its URL, and the transactions on it."""

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DatabaseError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import StaticPool

_UNUSABLE = (OperationalError, InterfaceError, PoolTimeout, sqlite3.OperationalError)
_write_json = partial(json.dumps, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


# What a database says, and what it comes down to for who looks into the log.
_REASONS = {
    "full": ("is full", "no space left", "file too large"),
    "read_only": ("readonly", "read-only"),
    "busy": ("locked", "timeout", "no turn to write", "too many", "remaining connection slots"),
    "disk": ("disk i/o",),
    "damaged": ("malformed", "not a database"),
}


class DatabaseDown(Exception):
    """The database can't be used at the moment; the same work may be tried again later.

    `reason` is full, read_only, busy, disk, damaged or away.
    """

    @property
    def reason(self) -> str:
        said = str(self).lower()
        found = (name for name, marks in _REASONS.items() if any(mark in said for mark in marks))
        return next(found, "away")


class Database:
    """Gives transactions as SQLAlchemy Core connections; `close()` it at the end.

    `patience` in seconds is how long a writer waits for its turn. WeChat Work hangs up after
    five, so waiting longer would do the work for nobody.
    Raises DatabaseDown from `begin` and `read` for whatever the database itself can't do.
    Create it after a fork, not before: connections can't be shared between processes.
    """

    def __init__(self, url: str, *, pool_size: int = 8, patience: float = 4.0) -> None:
        self.url = make_url(url)
        self._writer, self._reader = _engines(self.url, pool_size, patience)
        lock: AbstractContextManager[None] = nullcontext()
        if self.url.get_backend_name() == "sqlite":
            lock = WriterLock(patience)
        self._write_lock = lock
        # A database in memory is a single connection: its readers must queue as well.
        self._read_lock = lock if self._reader is self._writer else nullcontext()

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """One transaction that may write: committed at the end, rolled back by an exception."""
        with self._write_lock, self._translated(), self._writer.begin() as tx:
            yield tx

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent look at the data; writing in it is refused (or, in memory, undone)."""
        with self._read_lock, self._translated(), self._reader.connect() as tx:
            yield tx

    def check(self) -> None:
        """Raises DatabaseDown unless a query is answered."""
        with self.read() as tx:
            tx.execute(text("SELECT 1"))

    def check_writable(self) -> None:
        """Raises DatabaseDown unless a transaction that writes can begin."""
        with self._write_lock, self._translated(), self._writer.connect() as connection:
            connection.begin()  # on SQLite it takes the write lock
            if self.url.get_backend_name() == "postgresql":
                connection.execute(text("SELECT 1 FROM leases FOR UPDATE SKIP LOCKED"))
            connection.rollback()

    def scrub(self) -> None:
        """Rewrites what is stored, so that nothing that was erased can be read out of the files.

        Writers wait meanwhile, longer than `patience` where the database is large. Copies made
        before (backups, PostgreSQL's archived log) keep what they hold.
        Raises DatabaseDown while somebody reads on for longer than `patience`.
        """
        with self._write_lock, self._translated(), self._writer.connect() as connection:
            driver: Any = connection.connection.dbapi_connection
            if self.url.get_backend_name() == "sqlite":
                driver.execute("VACUUM").close()
                busy, *_ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                if busy:  # somebody is still reading: the old pages stay as they are
                    raise DatabaseDown("what was erased is being read; scrub again later")
            else:
                driver.rollback()
                driver.autocommit = True
                try:
                    driver.execute("VACUUM (FULL)").close()
                finally:
                    driver.autocommit = False

    def close(self) -> None:
        self._writer.dispose()
        self._reader.dispose()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except DatabaseError as error:
            # What SQLite can't read at all is of no class of its own.
            if not isinstance(error, _UNUSABLE) and type(error.orig) is not sqlite3.DatabaseError:
                raise
            raise self._down(error) from error
        except _UNUSABLE as error:
            raise self._down(error) from error

    def _down(self, error: Exception) -> DatabaseDown:
        cause = str(getattr(error, "orig", None) or error).partition("\n")[0]
        where = self.url.render_as_string(hide_password=True)
        return DatabaseDown(f"the database {where} can't be used now: {cause}")


class WriterLock:
    """Lets one thread of this process write at a time.

    SQLite's own waiting sleeps in growing steps, which makes the slowest answers four to six
    times slower than this queue does. Other processes still wait by SQLite's busy timeout.
    """

    def __init__(self, patience: float) -> None:
        self._lock = threading.Lock()
        self._patience = patience
        self._owner: int | None = None

    def __enter__(self) -> None:
        me = threading.get_ident()
        if self._owner == me:
            raise RuntimeError("this thread is already inside a transaction: pass its tx on")
        if not self._lock.acquire(timeout=self._patience):
            raise DatabaseDown(f"no turn to write within {self._patience} s")
        self._owner = me

    def __exit__(self, *_: object) -> None:
        self._owner = None
        self._lock.release()


def _engines(url: URL, pool_size: int, patience: float) -> tuple[Engine, Engine]:
    if url.get_backend_name() == "sqlite":
        return _sqlite_engines(url, pool_size, patience)
    if url.get_backend_name() == "postgresql":
        return _postgresql_engines(url, pool_size, patience)
    raise ValueError(f"a database URL starts with sqlite or postgresql, not {url.drivername!r}")


def _postgresql_engines(url: URL, pool_size: int, patience: float) -> tuple[Engine, Engine]:
    url = url.set(drivername="postgresql+psycopg")
    milliseconds = int(patience * 1000)
    connect = {"connect_timeout": 3, "options": f"-c timezone=UTC -c lock_timeout={milliseconds}"}
    # No ping before each use: it costs a round trip a turn, and a broken connection is one 5xx
    # which WeChat Work answers with a retry.
    engine = _engine(
        url, pool_size=pool_size, max_overflow=0, pool_timeout=patience, connect_args=connect
    )
    reader = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return engine, reader


def _sqlite_engines(url: URL, pool_size: int, patience: float) -> tuple[Engine, Engine]:
    connect = {"check_same_thread": False, "timeout": patience}
    if url.database in (None, "", ":memory:"):
        memory = _engine(url, poolclass=StaticPool, connect_args=connect)
        _prepare_sqlite(memory, begin="BEGIN IMMEDIATE")
        return memory, memory
    Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
    sizes = {"max_overflow": 0, "pool_timeout": patience, "connect_args": connect}
    writer = _engine(url, pool_size=1, **sizes)
    reader = _engine(url, pool_size=pool_size, **sizes)
    # IMMEDIATE takes the write lock first; a reader that turns writer halfway fails at once.
    _prepare_sqlite(writer, begin="BEGIN IMMEDIATE")
    _prepare_sqlite(reader, "PRAGMA query_only=ON", begin="BEGIN")
    return writer, reader


def _engine(url: URL, **options: Any) -> Engine:
    # Parameters are what people answered: they stay out of exception texts and logs.
    return create_engine(url, hide_parameters=True, json_serializer=_write_json, **options)


def _prepare_sqlite(engine: Engine, *more: str, begin: str) -> None:
    pragmas = ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA foreign_keys=ON")

    @event.listens_for(engine, "connect")
    def set_up(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None  # else Python begins transactions of its own
        for pragma in (*pragmas, *more):
            connection.execute(pragma).close()

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        driver: Any = connection.connection.dbapi_connection
        driver.execute(begin).close()
