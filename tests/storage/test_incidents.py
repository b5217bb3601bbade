"""One open incident of a kind, one try at a time, whichever process."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from storage import incidents
from storage.database import Database
from storage.incidents import ACCESS, NEVER, WINDOW, Incident, Overtaken, Probe

PAUSE = timedelta(seconds=180)


def note(
    database: Database, now: datetime, code: int = 60020, mine: str = "a", kind: str = ACCESS
) -> bool:
    with database.begin() as tx:
        return incidents.note(tx, kind, code, "why", "1.2.3.4", mine, now, now + PAUSE)


def only(database: Database) -> Incident:
    with database.read() as tx:
        (found,) = incidents.standing(tx)
    return found


def take(database: Database, found: Incident, mine: str, until: datetime) -> Probe:
    with database.begin() as tx:
        return incidents.take(tx, found, mine, until)


def test_somebody_is_called_once_and_again_when_the_reason_changes(
    database: Database, now: datetime
) -> None:
    assert note(database, now)
    assert not note(database, now + PAUSE)
    assert note(database, now + PAUSE, code=50003)
    assert (only(database).code, only(database).opened_at) == (50003, now)
    assert note(database, now, kind=WINDOW), "of each kind there is one"


def test_one_process_takes_the_try(database: Database, now: datetime) -> None:
    note(database, now)
    found = only(database)
    assert not found.may_be_tried("a", now)
    assert found.may_be_tried("a", now + PAUSE)
    take(database, found, "a", now + PAUSE * 2)
    with pytest.raises(Overtaken):
        take(database, found, "b", now + PAUSE * 2)
    assert not only(database).may_be_tried("a", now + PAUSE)


def test_only_the_last_try_ends_it(database: Database, now: datetime) -> None:
    note(database, now)
    late = take(database, only(database), "a", now)
    last = take(database, only(database), "a", now)
    with database.begin() as tx:
        assert incidents.close(tx, [late], now) == 0
        assert incidents.close(tx, [last], now) == 1
        assert incidents.standing(tx) == []
        assert [ended for _, ended in incidents.lately(tx, now, PAUSE)] == [now]
        assert incidents.lately(tx, now + PAUSE * 2, PAUSE) == []
    assert note(database, now), "the next one is new"


def test_changed_credentials_are_tried_at_once_and_once(database: Database, now: datetime) -> None:
    note(database, now, mine="old")
    assert only(database).may_be_tried("new", now)
    take(database, only(database), "new", NEVER)
    assert not only(database).may_be_tried("new", now + PAUSE)
    assert not only(database).may_be_tried("old", now + PAUSE), "nor the old ones again"


def test_a_try_that_was_none_is_given_back(database: Database, now: datetime) -> None:
    note(database, now)
    probe = take(database, only(database), "a", now + PAUSE)
    with database.begin() as tx:
        incidents.give_back(tx, [probe], now)
    assert only(database).may_be_tried("a", now)


def test_an_operator_lets_it_be_tried_now(database: Database, now: datetime) -> None:
    note(database, now)
    take(database, only(database), "a", NEVER)
    with database.begin() as tx:
        assert incidents.resume(tx, now) == 1
    assert only(database).may_be_tried("a", now)


def test_whoever_finds_it_first_calls_and_nobody_else(
    open_database: Callable[..., Database], now: datetime
) -> None:
    everybody = threading.Barrier(6)
    databases = [open_database() for _ in range(3)]
    called: list[Any] = []

    def work(number: int) -> None:
        everybody.wait(10)
        called.append(note(databases[number % 3], now))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(called) == [False] * 5 + [True]
