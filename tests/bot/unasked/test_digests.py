"""Digests: on working mornings when something changed, once, with a picture; weekly for who asked."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.services import Services
from bot.unasked import planner
from bot.unasked.digest_daily import KIND as DAILY
from bot.unasked.digest_weekly import KIND as WEEKLY
from storage import answers, calendar_days, cycles, forms, people
from storage.calendar_days import CalendarDay

ZONE = ZoneInfo("Asia/Shanghai")
THURSDAY, FRIDAY, SUNDAY, MONDAY = (date(2022, 5, day) for day in (12, 13, 15, 16))
Go = Callable[..., None]
Got = Callable[[], list[tuple[str, str, str]]]


@pytest.fixture(autouse=True)
def only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing else is said unasked."""
    monkeypatch.setattr(planner, "KINDS", {kind.name: kind for kind in (DAILY, WEEKLY)})


@pytest.fixture
def go(services: Services, clock: Any) -> Go:
    """Plans at some times of a day; half past nine is when everybody's own minute is over."""

    def at(day: date, *times: time) -> None:
        for moment in times or (time(9, 26), time(14, 56)):
            clock.now = datetime.combine(day, moment, ZONE).astimezone(UTC)
            planner.plan(services, clock())

    return at


@pytest.fixture
def got(services: Services) -> Got:
    """What lies in the outbox: person, kind, words. Looking takes it out."""

    def look() -> list[tuple[str, str, str]]:
        with services.database.begin() as tx:
            rows = tx.exec_driver_sql("SELECT userid, topic, payload FROM outbox ORDER BY id").all()
            tx.exec_driver_sql("DELETE FROM outbox")
        return [(userid, topic, _words(json.loads(payload))) for userid, topic, payload in rows]

    return look


def _words(body: dict[str, Any]) -> str:
    if body["msgtype"] == "text":
        return str(body["text"]["content"])
    if body["msgtype"] == "template_card":
        card = body["template_card"]
        title = card["main_title"]
        buttons = [button["text"] for button in card["button_list"]]
        return "\n".join(
            [title["title"], title.get("desc", ""), card.get("sub_title_text", ""), *buttons]
        )
    return str(body["msgtype"])


@pytest.fixture
def tell(services: Services, form_id: int) -> Callable[..., None]:
    def record(day: date, moment: time = time(15), **values: Any) -> None:
        at = datetime.combine(day, moment, ZONE).astimezone(UTC)
        with services.database.begin() as tx:
            answers.record(
                tx, form_id, values or {"contact_phone": "07531234567"}, "", "chenyu", at
            )

    return record


def test_no_digest_before_anything_has_happened(go: Go, got: Got) -> None:
    go(THURSDAY)
    go(FRIDAY)
    assert got() == []


def test_the_morning_after_a_change_brings_a_card_and_a_picture(
    go: Go, got: Got, tell: Any
) -> None:
    tell(THURSDAY)
    go(FRIDAY, time(9, 26))
    (card, picture) = got()
    assert card[:2] == ("zhouning", "digest_daily")
    assert "进度简报 5月13日" in card[2]
    assert "填报中4个（3个一题没填）" in card[2]
    assert "变化：填了题的1个" in card[2]
    assert "还有" in card[2]
    assert card[2].endswith("需要留意的\n谁没动\n导出")
    assert picture == ("zhouning", "digest_daily_picture", "image")


def test_it_is_said_once_and_again_only_after_another_change(go: Go, got: Got, tell: Any) -> None:
    tell(THURSDAY)
    go(FRIDAY)
    assert len(got()) == 2
    go(MONDAY)
    assert got() == []
    tell(MONDAY, department_name="科工商务局")
    go(date(2022, 5, 17))
    assert "变化：填了题的1个" in got()[0][2]


def test_what_comes_in_the_course_of_a_day_is_for_the_next_morning(
    go: Go, got: Got, tell: Any
) -> None:
    tell(FRIDAY, time(10))
    go(FRIDAY, time(10, 10), time(14, 56), time(16, 40))
    assert got() == []
    go(MONDAY, time(9, 26))
    assert len(got()) == 2


def test_what_came_before_the_morning_is_not_lost_when_more_comes_after(
    go: Go, got: Got, tell: Any
) -> None:
    tell(THURSDAY)
    tell(FRIDAY, time(9, 2), department_name="科工商务局")
    go(FRIDAY, time(9, 26))
    assert len(got()) == 2


def test_nothing_on_days_off_whatever_the_calendar_is_made_of(
    services: Services, go: Go, got: Got, tell: Any
) -> None:
    tell(FRIDAY)
    go(SUNDAY)
    assert got() == []
    with services.database.begin() as tx:
        day = CalendarDay(MONDAY, False, "调休")
        calendar_days.put(tx, day, "zhouning", datetime(2022, 5, 1, tzinfo=UTC))
    go(MONDAY)
    assert got() == []
    go(date(2022, 5, 17))
    assert len(got()) == 2


def test_a_deadline_that_passes_is_a_change(
    services: Services, go: Go, got: Got, tell: Any
) -> None:
    tell(date(2022, 6, 13))
    go(date(2022, 6, 14))
    got()
    go(date(2022, 6, 15))
    assert got() == []
    go(date(2022, 6, 16))
    (card, _) = got()
    assert "要留意的4个" in card[2]
    assert "逾期1个工作日" in card[2]
    go(date(2022, 6, 17))
    assert got() == []


def test_a_closed_cycle_brings_no_digest(services: Services, go: Go, got: Got, tell: Any) -> None:
    tell(THURSDAY)
    with services.database.begin() as tx:
        for cycle in cycles.open_ones(tx):
            cycles.close(tx, cycle.id)
    go(FRIDAY)
    assert got() == []


def test_a_dropped_digest_loses_no_change(
    services: Services, go: Go, got: Got, tell: Any, clock: Any
) -> None:
    """What was made and never left doesn't count as said: the next names the same changes."""
    tell(THURSDAY)
    go(FRIDAY, time(9, 26))
    clock.now += timedelta(hours=20)
    with services.database.begin() as tx:
        (number,) = tx.exec_driver_sql("SELECT id FROM unasked").scalars().all()
        assert not planner.leaves(services, tx, number, clock())
    assert got() == []
    go(MONDAY, time(9, 26))
    assert "变化：填了题的1个" in got()[0][2]


def test_a_digest_still_stands_when_it_leaves(
    services: Services, go: Go, tell: Any, clock: Any
) -> None:
    tell(THURSDAY)
    go(FRIDAY, time(9, 24))
    clock.now += timedelta(minutes=1)
    with services.database.begin() as tx:
        (number,) = tx.exec_driver_sql("SELECT id FROM unasked").scalars().all()
        assert planner.leaves(services, tx, number, clock())


def test_a_coordinator_of_other_departments_hears_nothing(
    services: Services, go: Go, got: Got, tell: Any
) -> None:
    with services.database.begin() as tx:
        others = (
            tx.exec_driver_sql("SELECT id FROM departments WHERE code <> '301'").scalars().all()
        )
        people.upsert(tx, "fangqing", "方晴")
        people.grant(tx, "fangqing", "coordinator", others[0])
    tell(THURSDAY)
    go(FRIDAY)
    assert {userid for userid, _, _ in got()} == {"zhouning"}


# ---- weekly ----


def want(services: Services, userid: str = "linfan") -> None:
    with services.database.begin() as tx:
        people.set_weekly(tx, userid, True)


def weekly(found: list[tuple[str, str, str]]) -> list[tuple[str, str]]:
    return [(userid, words) for userid, kind, words in found if kind == "digest_weekly"]


def test_the_weekly_digest_is_only_for_who_asked(services: Services, go: Go, got: Got) -> None:
    go(MONDAY)
    assert weekly(got()) == []
    want(services)
    go(MONDAY)
    ((userid, words),) = weekly(got())
    assert userid == "linfan"
    assert "梅州市梅江区科工商务局自评周报" in words
    assert "填报中，填了0%，目前0分" in words
    go(date(2022, 5, 17))
    go(FRIDAY + timedelta(days=7))
    assert weekly(got()) == []


def test_after_a_holiday_it_comes_on_the_first_working_day(
    services: Services, go: Go, got: Got
) -> None:
    """The first to fourth of May 2022 were days off."""
    want(services)
    with services.database.begin() as tx:
        tx.exec_driver_sql("UPDATE cycles SET opens_at = '2022-04-01 00:00:00'")
    for day in (2, 3, 4):
        go(date(2022, 5, day))
    assert weekly(got()) == []
    go(date(2022, 5, 5))
    assert len(weekly(got())) == 1
    go(date(2022, 5, 6))
    assert weekly(got()) == []


def test_it_ends_when_all_is_accepted_and_nothing_happens(
    services: Services, form_id: int, go: Go, got: Got
) -> None:
    want(services)
    with services.database.begin() as tx:
        forms.set_state(tx, form_id, "drafting", "accepted", datetime(2022, 5, 10, tzinfo=UTC))
        at = datetime(2022, 5, 11, tzinfo=UTC)
        forms.note_event(tx, form_id, "accept", "wuheng", "delivered", "accepted", at)
    go(MONDAY)
    assert len(weekly(got())) == 1
    go(MONDAY + timedelta(days=7))
    assert weekly(got()) == []
