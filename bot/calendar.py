"""Working days in China: weekends, public holidays and the days worked in their stead."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import chinese_calendar

CLOSING = time(18)
"""When a working day ends, for due dates."""
_DAY = timedelta(days=1)
_WEEKEND = 5


def announced(day: date) -> bool:
    """Whether the State Council's calendar of that year is known here."""
    try:
        chinese_calendar.is_workday(day)
    except NotImplementedError:
        return False
    return True


@cache
def is_working_day(day: date) -> bool:
    """Whether people work; Monday to Friday in a year that isn't announced.

    >>> is_working_day(date(2022, 10, 5)), is_working_day(date(2022, 10, 8))
    (False, True)
    """
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < _WEEKEND


def add_working_days(day: date, count: int) -> date:
    """The day that is so many working days after `day`.

    >>> add_working_days(date(2022, 9, 29), 2).isoformat()
    '2022-10-08'
    """
    while count > 0:
        day += _DAY
        count -= is_working_day(day)
    return day


def working_days_between(start: date, end: date) -> int:
    """How many working days have come after `start`, up to and with `end`.

    >>> working_days_between(date(2022, 9, 30), date(2022, 10, 9))
    2
    """
    days = range((end - start).days)
    return sum(is_working_day(start + _DAY * (number + 1)) for number in days)


def due(now: datetime, days: int, zone: ZoneInfo) -> datetime:
    """The end of the working day that is so many working days away, as an aware local time."""
    last = add_working_days(now.astimezone(zone).date(), days)
    return datetime.combine(last, CLOSING, zone)


def at_work(hours: str) -> Callable[[datetime], bool]:
    """Says of a local moment whether it lies in the working hours (`09:00-17:30`) of a working
    day."""
    opens, closes = (time.fromisoformat(part) for part in hours.split("-"))

    def working(local: datetime) -> bool:
        return opens <= local.time() < closes and is_working_day(local.date())

    return working
