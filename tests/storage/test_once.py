"""Ledger, leases, deliveries: what must happen once or by one."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

from sqlalchemy import Connection

from storage import deliveries, leases, ledger
from storage.database import Database

Undone = Callable[[], AbstractContextManager[Connection]]
MINUTE = timedelta(minutes=1)


def test_a_key_comes_by_once(database: Database, now: datetime) -> None:
    with database.begin() as tx:
        assert ledger.once(tx, "reminder/1", now)
        assert not ledger.once(tx, "reminder/1", now)
        assert ledger.once(tx, "reminder/2", now)


def test_what_failed_may_happen_again(database: Database, undone: Undone, now: datetime) -> None:
    with undone() as tx:
        assert ledger.once(tx, "reminder/1", now)
    with database.begin() as tx:
        assert ledger.once(tx, "reminder/1", now)


def test_a_lease_is_one_holders_until_it_runs_out(database: Database, now: datetime) -> None:
    with database.begin() as tx:
        assert leases.take(tx, "scheduler", "p1", now, MINUTE)
        assert not leases.take(tx, "scheduler", "p2", now + MINUTE / 2, MINUTE)
        assert leases.take(tx, "other", "p2", now, MINUTE)
        assert leases.take(tx, "scheduler", "p1", now + MINUTE / 2, MINUTE), "prolonged"
        assert not leases.take(tx, "scheduler", "p2", now + MINUTE, MINUTE)
        assert leases.take(tx, "scheduler", "p2", now + MINUTE * 1.5, MINUTE)
        assert not leases.take(tx, "scheduler", "p1", now + MINUTE * 2, MINUTE)


def test_a_lease_is_given_back_by_its_holder_only(database: Database, now: datetime) -> None:
    with database.begin() as tx:
        leases.take(tx, "scheduler", "p1", now, MINUTE)
        leases.release(tx, "scheduler", "p2")
        assert not leases.take(tx, "scheduler", "p2", now, MINUTE)
        leases.release(tx, "scheduler", "p1")
        assert leases.take(tx, "scheduler", "p2", now, MINUTE)


def test_a_version_is_delivered_once(database: Database, form_id: int, now: datetime) -> None:
    with database.begin() as tx:
        assert deliveries.add(tx, form_id, 1, ["k1", "k2"], now)
        assert not deliveries.add(tx, form_id, 1, ["k3"], now)
        assert deliveries.add(tx, form_id, 2, [], now)
        assert deliveries.of_form(tx, form_id) == [
            deliveries.Delivery(form_id, 1, now, ("k1", "k2")),
            deliveries.Delivery(form_id, 2, now, ()),
        ]
