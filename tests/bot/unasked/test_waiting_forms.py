"""Reminders by the clock: over a weekend, over 国庆, once a day, with stand-ins, in hours only."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.acts.return_form import send_back
from bot.acts.send_in import send_in
from bot.acts.settle_point import settle_point
from bot.jobs.dated import make_dated
from bot.jobs.tick import Ticker
from bot.services import Services
from storage import forms, people, stand_ins

HOUR = timedelta(hours=1)
Told = Callable[[str], list[tuple[str, str]]]


@pytest.fixture
def told(services: Services, clock: Any) -> Told:
    """The reminders somebody got: local day and text."""

    def find(userid: str) -> list[tuple[str, str]]:
        with services.database.read() as tx:
            rows = tx.exec_driver_sql(
                "SELECT created_at, payload FROM outbox WHERE userid = ? ORDER BY id", (userid,)
            ).all()
        found = []
        for at, payload in rows:
            body = json.loads(payload)
            card = body.get("template_card", {})
            title = card.get("main_title", {}).get("title", "")
            text = body.get("text", {}).get("content", title + card.get("sub_title_text", ""))
            if text.startswith("提醒"):
                day = datetime.fromisoformat(str(at)).replace(tzinfo=UTC) + 8 * HOUR
                found.append((f"{day:%m-%d}", text))
        return found

    return find


@pytest.fixture
def pass_time(services: Services, clock: Any) -> Callable[[datetime], None]:
    """Lets time go on hour by hour, ticking, up to a moment."""
    ticker = Ticker(services, make_dated(), "one")

    def go(until: datetime) -> None:
        # Nothing leaves at the full hour.
        clock.now += timedelta(minutes=10 - clock.now.minute)
        while clock.now < until:
            clock.advance(3600)
            ticker.tick()

    return go


def sent_in_at(services: Services, form_id: int, clock: Any, moment: datetime) -> None:
    clock.now = moment
    with services.database.begin() as tx:
        send_in(services, tx, "chenyu", form_id, clock())


def test_a_reviewer_is_reminded_each_working_day_but_not_at_the_weekend(
    services: Services, filled: int, clock: Any, told: Told, pass_time: Any
) -> None:
    # Wednesday; Thursday and Friday are the two days that may pass.
    sent_in_at(services, filled, clock, datetime(2022, 5, 11, 2, tzinfo=UTC))
    pass_time(datetime(2022, 5, 18, 0, tzinfo=UTC))
    assert [day for day, _ in told("linfan")] == ["05-16", "05-17"]
    assert "已等3个工作日" in told("linfan")[0][1]
    assert "科工商务局" in told("linfan")[0][1]
    assert told("chenyu") == []


def test_nobody_is_reminded_during_the_national_day_holidays(
    services: Services, filled: int, clock: Any, told: Told, pass_time: Any
) -> None:
    # Thursday the 29th of September; worked are the 30th, then Saturday the 8th and Sunday the 9th.
    sent_in_at(services, filled, clock, datetime(2022, 9, 29, 2, tzinfo=UTC))
    pass_time(datetime(2022, 10, 10, 12, tzinfo=UTC))
    assert [day for day, _ in told("linfan")] == ["10-09", "10-10"]


def test_reminders_come_in_working_hours_and_once_whoever_ticks(
    services: Services, filled: int, clock: Any, told: Told
) -> None:
    sent_in_at(services, filled, clock, datetime(2022, 5, 9, 2, tzinfo=UTC))
    clock.now = datetime(2022, 5, 12, 0, 59, tzinfo=UTC)
    jobs = [job for _ in range(2) for job in make_dated()]
    for job in jobs:
        job(services, clock())
    assert told("linfan") == []
    for minute in range(1, 28):
        clock.now = datetime(2022, 5, 12, 1, minute, tzinfo=UTC)
        for job in jobs:
            job(services, clock())
    assert len(told("linfan")) == 1


def test_a_decision_ends_the_reminders(
    services: Services, filled: int, clock: Any, told: Told, pass_time: Any
) -> None:
    sent_in_at(services, filled, clock, datetime(2022, 5, 9, 2, tzinfo=UTC))
    pass_time(datetime(2022, 5, 12, 10, tzinfo=UTC))
    assert len(told("linfan")) == 1
    with services.database.begin() as tx:
        send_back(services, tx, "linfan", filled, "改", clock())
    pass_time(datetime(2022, 5, 13, 10, tzinfo=UTC))
    assert len(told("linfan")) == 1


def test_who_stands_in_is_reminded_too(
    services: Services, filled: int, clock: Any, told: Told, pass_time: Any
) -> None:
    sent_in_at(services, filled, clock, datetime(2022, 5, 9, 2, tzinfo=UTC))
    with services.database.begin() as tx:
        department = people.roles(tx, "linfan")[0].department_id
        stand_ins.add(tx, department, "linfan", "gaolan", "linfan", clock())
    pass_time(datetime(2022, 5, 12, 10, tzinfo=UTC))
    assert [day for day, _ in told("gaolan")] == ["05-12"]


def test_finance_is_reminded_of_a_delivery_that_nobody_touched(
    services: Services, filled: int, clock: Any, told: Told, pass_time: Any
) -> None:
    clock.now = datetime(2022, 5, 9, 2, tzinfo=UTC)
    with services.database.begin() as tx:
        forms.set_state(tx, filled, "drafting", "delivered", clock())
    pass_time(datetime(2022, 5, 16, 0, tzinfo=UTC))
    assert [day for day, _ in told("wuheng")] == ["05-13"]
    assert "还没有接收" in told("wuheng")[0][1]


def test_a_returned_form_is_told_its_own_date_near_and_after_it(
    services: Services, filled: int, clock: Any, told: Told, pass_time: Any
) -> None:
    # After the cycle's own deadline.
    sent_in_at(services, filled, clock, datetime(2022, 6, 20, 2, tzinfo=UTC))
    points = [("C1-2", "对不上"), ("B3-1", "合同少了")]
    with services.database.begin() as tx:
        send_back(services, tx, "linfan", filled, "两处", clock(), points)
        settle_point(tx, "chenyu", filled, "B3-1", "", clock())
    pass_time(datetime(2022, 6, 24, 12, tzinfo=UTC))
    days = [day for day, _ in told("chenyu")]
    texts = [text for _, text in told("chenyu")]
    assert days == ["06-22", "06-23", "06-24"]
    assert "6月23日前要改好" in texts[0]
    assert "还有1处没有答复" in texts[0]
    assert "应当在6月23日前" in texts[2]
    assert not any("6月15日" in text for text in texts)
