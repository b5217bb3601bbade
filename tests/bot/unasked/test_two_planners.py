"""Two processes that plan at the same moment say everything once."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.services import Services, make_services
from bot.unasked import planner
from bot.unasked.base import Kind, Look, Reason, Said
from storage import people

PEOPLE = [f"person{number}" for number in range(25)]
NOON = datetime(2022, 5, 12, 4, 20, tzinfo=UTC)


def due(look: Look) -> Iterable[Reason]:
    at = (NOON - timedelta(hours=3)).astimezone(look.zone)
    return [Reason(userid, "reminder_x", "once", at, ("301",)) for userid in PEOPLE]


def say(look: Look, reasons: Sequence[Reason]) -> Said:
    return Said("x")


def test_everybody_is_told_once(
    services: Services, clock: Any, form_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planner, "KINDS", {"reminder_x": Kind("reminder_x", due, say)})
    with services.database.begin() as tx:
        for userid in PEOPLE:
            people.upsert(tx, userid, userid)
    other = make_services(services.settings, clock)
    both = [
        threading.Thread(target=planner.plan, args=(each, NOON)) for each in (services, other) * 2
    ]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    other.close()
    with services.database.read() as tx:
        rows = tx.exec_driver_sql("SELECT userid FROM outbox").scalars().all()
    assert Counter(rows) == Counter(PEOPLE)
