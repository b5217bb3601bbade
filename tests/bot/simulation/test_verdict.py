"""The verdict on a simulation finds what should not have happened."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.calendar import Calendar
from bot.simulation import verdict
from bot.simulation.course import Course
from bot.simulation.temperaments import EARLY, NEVER, ON_HOLIDAY
from bot.simulation.verdict import Seen
from storage.forms import Event

ZONE = ZoneInfo("Asia/Shanghai")
DAY = datetime(2026, 10, 19, 9, 10, tzinfo=ZONE)


@pytest.fixture
def stage() -> Any:
    """What the checks look at, for one contact who never begins."""
    settings = SimpleNamespace(zone=ZONE, working_hours="09:00-17:30")
    order = SimpleNamespace(opens=date(2026, 9, 1), deadline=date(2026, 10, 20))
    part = SimpleNamespace(
        form_id=1, contact="contact1", colleague="colleague1", temperament=NEVER, refusals=[],
        extended=None, helped=None,
    )  # fmt: skip
    services = SimpleNamespace(settings=settings)
    return SimpleNamespace(services=services, order=order, plays=[part], calendar=Calendar())


def reminder(at: datetime, kind: str = "reminder_deadline", to: str = "contact1") -> Seen:
    return Seen(to, at, kind, ("301",))


@pytest.mark.parametrize(
    ("at", "wrong"),
    [
        (DAY, False),
        (DAY.replace(day=18), True),  # a Sunday
        (DAY.replace(day=10), False),  # a Saturday that is worked
        (DAY.replace(day=2), True),  # National Day
        (DAY.replace(hour=8), True),
        (DAY.replace(hour=17, minute=31), True),
        (DAY.replace(minute=0), True),
        (DAY.replace(minute=30), True),
    ],
)
def test_hours(stage: Any, at: datetime, wrong: bool) -> None:
    assert bool(list(verdict._out_of_hours(stage, [reminder(at)]))) is wrong
    assert not list(verdict._out_of_hours(stage, [reminder(at, "notice")]))


def test_a_fourth_message_on_a_day(stage: Any) -> None:
    kinds = ("reminder_a", "digest_b", "escalation_c", "reminder_d")
    four = [reminder(DAY, kind) for kind in kinds]
    assert not list(verdict._too_many(four[:3]))
    assert len(list(verdict._too_many(four))) == 1


def test_the_same_twice(stage: Any) -> None:
    twice = [reminder(DAY), reminder(DAY + timedelta(hours=5))]
    assert not list(verdict._twice(twice))
    assert list(verdict._twice([*twice, reminder(DAY + timedelta(hours=6))]))
    assert list(verdict._twice([reminder(DAY, "digest_daily"), reminder(DAY, "digest_daily")]))


def course(*moves: tuple[str, str, datetime]) -> Course:
    events = [
        Event(number, 1, act, "x", "", to, "", at.astimezone(UTC), {})
        for number, (act, to, at) in enumerate(moves, 1)
    ]
    return Course(events, None)


def test_a_reminder_of_what_is_sent_in(stage: Any) -> None:
    sent_in = {1: course(("send_in", "in_review", DAY - timedelta(days=1)))}
    assert list(verdict._without_need(stage, [reminder(DAY)], sent_in))
    later = {1: course(("send_in", "in_review", DAY + timedelta(minutes=1)))}
    assert not list(verdict._without_need(stage, [reminder(DAY)], later))


def test_a_colleague_who_has_answered(stage: Any) -> None:
    reminded = [reminder(DAY, "reminder_handed", "colleague1")]
    assert not list(verdict._without_need(stage, reminded, {1: course()}))
    stage.plays[0].helped = DAY - timedelta(minutes=1)
    assert list(verdict._without_need(stage, reminded, {1: course()}))


@pytest.fixture
def planned() -> list[Seen]:
    """What somebody who never begins gets: over National Day, with the Saturday that is worked."""
    days = [(9, 30), (10, 13), (10, 15), (10, 19), (10, 20), (10, 20), (10, 21), (10, 22)]
    days += [(10, 23), (10, 26), (10, 27)]
    return [reminder(datetime(2026, month, day, 9, 10, tzinfo=ZONE)) for month, day in days]


def test_a_forgotten_reminder(stage: Any, planned: list[Seen]) -> None:
    nothing = {1: course()}
    assert list(verdict._forgotten(stage, planned, nothing)) == []
    for missing in range(len(planned)):
        rest = planned[:missing] + planned[missing + 1 :]
        assert len(list(verdict._forgotten(stage, rest, nothing))) == 1


def test_who_was_given_more_time(stage: Any, planned: list[Seen]) -> None:
    """On Monday the 19th, after the reminder of that morning, until the 22nd."""
    until = datetime(2026, 10, 22, 18, tzinfo=ZONE)
    stage.plays[0].extended = DAY + timedelta(hours=1), until
    nothing = {1: course()}
    before = [each for each in planned if each.at.day in (30, 13, 15, 19)]
    days = [(21, 9), (22, 9), (22, 14), (23, 9), (26, 9), (27, 9)]
    after = [reminder(DAY.replace(day=day, hour=hour)) for day, hour in days]
    assert list(verdict._forgotten(stage, [*before, *after], nothing)) == []
    again = [*before, *after, reminder(DAY + timedelta(hours=2))]
    assert len(list(verdict._forgotten(stage, again, nothing))) == 1
    assert list(verdict._forgotten(stage, planned, nothing))


def test_who_is_done_or_rests_needs_none(stage: Any, planned: list[Seen]) -> None:
    stage.plays[0].temperament = EARLY
    done = {1: course(("send_in", "in_review", datetime(2026, 9, 10, 9, tzinfo=ZONE)))}
    assert list(verdict._forgotten(stage, [], done)) == []
    stage.plays[0].temperament = ON_HOLIDAY
    assert list(verdict._forgotten(stage, [], {1: course()})) == []
