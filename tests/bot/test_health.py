"""A full disk, a database that can't be written, one that is away: said, and nothing half done."""

from __future__ import annotations

import resource
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from bot.health import faults
from bot.services import Services


@contextmanager
def no_more_room() -> Iterator[None]:
    """No file of this process can grow, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8192, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def database_file(services: Services) -> Path:
    url = services.database.url
    if url.get_backend_name() != "sqlite":
        pytest.skip("a server has its own disk")
    return Path(url.database or "")


def turns(services: Services) -> int:
    with services.database.read() as tx:
        return int(tx.execute(text("SELECT count(*) FROM turns")).scalar_one())


def test_a_full_disk_puts_the_turn_off(line: Any, services: Services) -> None:
    path = database_file(services)
    with closing(sqlite3.connect(path)) as connection:  # so that the log is as small as it can be
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with no_more_room(), capture_logs() as lines:
        answer = line.say("chenyu", "hello" * 3000, MsgId=6)
    assert answer.status_code == 503
    told = [entry for entry in lines if entry["event"] == "turn_put_off"]
    assert told
    assert told[0]["reason"] in ("full", "disk")
    assert "hellohello" not in str(lines)
    assert turns(services) == 0
    assert line.say("chenyu", "hello" * 3000, MsgId=6).status_code == 200
    assert turns(services) == 1


def test_a_full_disk_is_told_before_it_is(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**9, 10**9, 7 << 20)
    )
    (line, *_) = faults(services)
    assert "7 MB left" in line


def test_a_database_that_can_only_be_read_is_not_ready(line: Any, services: Services) -> None:
    path = database_file(services)
    services.database.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
        # Another version of SQLite's own mark for files that it may only read.
    header = bytearray(path.read_bytes())
    header[18] = 3  # "file format write version" above what is known: read only
    path.write_bytes(header)
    answer = line.client.get("/readyz")
    assert answer.status_code == 503
    assert "database down" in answer.text
    assert line.say("chenyu", "hello").status_code == 503


def test_a_database_that_is_away_is_not_ready(line: Any, services: Services) -> None:
    path = database_file(services)
    services.database.close()
    path.write_bytes(b"this is no database" * 100)
    answer = line.client.get("/readyz")
    assert answer.status_code == 503
    assert line.client.get("/healthz").status_code == 200
