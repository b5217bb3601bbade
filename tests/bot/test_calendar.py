"""Working days over weekends, 国庆 and years that nobody has announced."""

from __future__ import annotations

import doctest
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot import calendar
from bot.calendar import Calendar

ZONE = ZoneInfo("Asia/Shanghai")


def test_examples_hold() -> None:
    assert doctest.testmod(calendar).failed == 0


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2022, 5, 9), 3, date(2022, 5, 12)),
        (date(2022, 5, 12), 3, date(2022, 5, 17)),  # over a weekend
        (date(2022, 9, 29), 3, date(2022, 10, 9)),  # over 国庆, with two Saturdays worked
        (date(2022, 4, 29), 1, date(2022, 5, 5)),  # over 劳动节
        (date(2022, 5, 14), 1, date(2022, 5, 16)),  # from a Saturday
        (date(2098, 10, 1), 1, date(2098, 10, 2)),  # not announced: Monday to Friday
        (date(2098, 10, 3), 1, date(2098, 10, 6)),
    ],
)
def test_so_many_working_days_later(start: date, count: int, end: date) -> None:
    assert Calendar().add_working_days(start, count) == end
    assert Calendar().working_days_between(start, end) == count


def test_a_due_date_is_the_end_of_a_working_day_here() -> None:
    # Still Friday in London, Saturday morning in Shanghai.
    now = datetime(2022, 5, 13, 20, 0, tzinfo=UTC)
    assert Calendar().due(now, 1, ZONE) == datetime(2022, 5, 16, 18, 0, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("moment", "works"),
    [
        (datetime(2022, 5, 9, 9, 0, tzinfo=ZONE), True),
        (datetime(2022, 5, 9, 8, 59, tzinfo=ZONE), False),
        (datetime(2022, 5, 9, 17, 30, tzinfo=ZONE), False),
        (datetime(2022, 5, 14, 10, 0, tzinfo=ZONE), False),
        (datetime(2022, 10, 8, 10, 0, tzinfo=ZONE), True),
        (datetime(2022, 10, 5, 10, 0, tzinfo=ZONE), False),
    ],
)
def test_working_hours(moment: datetime, works: bool) -> None:
    assert Calendar().at_work("09:00-17:30")(moment) is works


def test_it_is_known_which_years_are_announced() -> None:
    assert Calendar().announced(2022)
    assert not Calendar().announced(2098)
    feast = {date(2098, 2, day): False for day in range(3, 8)}  # Monday to Friday
    assert not Calendar(feast).announced(2098)
    week = {date(2098, 10, day): False for day in range(1, 8)}
    assert Calendar(feast | week).announced(2098)


def test_what_the_coordinators_say_comes_first() -> None:
    calendar = Calendar({date(2098, 10, 1): False, date(2098, 10, 4): True})
    assert not calendar.announced(2098)
    assert calendar.add_working_days(date(2098, 9, 30), 2) == date(2098, 10, 3)
    assert calendar.add_working_days(date(2098, 10, 3), 1) == date(2098, 10, 4)  # a Saturday
    assert calendar.next_working_day(date(2098, 10, 1)) == date(2098, 10, 2)
    assert calendar.at_work("09:00-17:30")(datetime(2098, 10, 4, 10, 0, tzinfo=ZONE))
