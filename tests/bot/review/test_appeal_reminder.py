"""The contact hears that the time for objections is nearly over: the day before and on the day."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from bot.acts.appeal import agree_opinion
from bot.acts.base import standing_of
from bot.acts.deliver import deliver
from bot.acts.give_points import Wish, give_points
from bot.acts.issue_opinion import issue_opinion
from bot.jobs.dated import make_dated
from bot.jobs.tick import Ticker
from bot.reviewing import review_of
from bot.services import Services
from bot.stored import StoredDocument
from dialogs import desk, machine
from dialogs.reviewed import mark_of
from storage import forms

LAST = datetime(2022, 5, 18, 1, 0, tzinfo=UTC)


@pytest.fixture
def issued(services: Services, filled: int, clock: Any) -> int:
    """An opinion of Monday the 9th; it can be objected to until the 16th."""
    live = replace(services, machine=machine.step, desk=desk.step)
    with live.database.begin() as tx:
        forms.set_state(tx, filled, "drafting", "approved", clock())
        report = StoredDocument("a" * 64 + "-00000000.docx", "report.docx", 10, "text/plain")
        deliver(live, tx, filled, 1, [report], clock(), code="W62J-NQ")
        wish = Wish("B3-1", Decimal("1.5"), "合同没附")
        give_points(live, tx, "wuheng", filled, 1, [wish], clock())
        review = review_of(live, tx, standing_of(tx, filled), clock())
        issue_opinion(live, tx, "wuheng", filled, False, mark_of(review, 1, False), clock())
    return filled


@pytest.fixture
def pass_time(services: Services, clock: Any) -> Callable[[], list[str]]:
    """Lets ten days go by and gives the days on which the contact was reminded."""
    ticker = Ticker(services, make_dated(), "one")

    def go() -> list[str]:
        clock.now += timedelta(minutes=10)
        while clock.now < LAST:
            clock.advance(3600)
            ticker.tick()
        query = "SELECT created_at, payload FROM outbox WHERE userid = 'chenyu' AND topic = ?"
        with services.database.begin() as tx:
            rows = tx.exec_driver_sql(query, ("reminder_appeal",)).all()
        days = [datetime.fromisoformat(str(at)).replace(tzinfo=UTC) for at, _ in rows]
        assert all("申辩" in json.dumps(json.loads(b), ensure_ascii=False) for _, b in rows)
        return [f"{day + timedelta(hours=8):%m-%d}" for day in days]

    return go


def test_the_day_before_and_on_the_day(issued: int, pass_time: Callable[[], list[str]]) -> None:
    assert pass_time() == ["05-13", "05-16"]


def test_not_after_the_department_agreed(
    services: Services, issued: int, pass_time: Callable[[], list[str]], clock: Any
) -> None:
    with services.database.begin() as tx:
        agree_opinion(services, tx, "chenyu", issued, clock())
    assert pass_time() == []
