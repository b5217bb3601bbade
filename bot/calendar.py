"""Working days in China: weekends, public holidays, the days worked in their stead, and what the
coordinators say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import chinese_calendar
from sqlalchemy import Connection

from storage import calendar_days

CLOSING = time(18)
"""When a working day ends, for due dates."""
_DAY = timedelta(days=1)
_WEEKEND = 5
_WHOLE_YEAR = 10
"""So many days off from Monday to Friday and more has every year: 春节 and 国庆 alone make them."""


class Calendar:
    """Which days are worked: `overlay` before the State Council's calendar, and Monday to Friday
    in a year for which that isn't known.

    >>> calendar = Calendar({date(2022, 10, 5): True})
    >>> [calendar.is_working_day(date(2022, 10, day)) for day in (4, 5, 8)]
    [False, True, True]
    """

    def __init__(self, overlay: Mapping[date, bool] | None = None) -> None:
        self._overlay = overlay or {}
        self._counted: dict[tuple[date, date], int] = {}

    def announced(self, year: int) -> bool:
        """Whether the holidays of a year are known, here or from the coordinators. A day or two
        that they took off are not yet a year."""
        if _published(year):
            return True
        off = [day for day, works in self._overlay.items() if day.year == year and not works]
        return sum(day.weekday() < _WEEKEND for day in off) >= _WHOLE_YEAR

    def is_working_day(self, day: date) -> bool:
        """Whether people work."""
        said = self._overlay.get(day)
        return _is_working_day(day) if said is None else said

    def add_working_days(self, day: date, count: int) -> date:
        """The day that is so many working days after `day`, or before it for a negative count.

        >>> Calendar().add_working_days(date(2022, 9, 29), 2).isoformat()
        '2022-10-08'
        >>> Calendar().add_working_days(date(2022, 10, 8), -2).isoformat()
        '2022-09-29'
        """
        step = _DAY if count > 0 else -_DAY
        left = abs(count)
        while left:
            day += step
            left -= self.is_working_day(day)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days come after `start`, up to and with `end`.

        >>> Calendar().working_days_between(date(2022, 9, 30), date(2022, 10, 9))
        2
        """
        found = self._counted.get((start, end))
        if found is None:
            days = range((end - start).days)
            found = sum(self.is_working_day(start + _DAY * (number + 1)) for number in days)
            # Many forms have the same deadline.
            self._counted[start, end] = found
        return found

    def next_working_day(self, day: date) -> date:
        """The day itself if it is worked, else the next that is."""
        while not self.is_working_day(day):
            day += _DAY
        return day

    def due(self, now: datetime, days: int, zone: ZoneInfo) -> datetime:
        """The end of the working day that is so many working days away, as an aware local time."""
        last = self.add_working_days(now.astimezone(zone).date(), days)
        return datetime.combine(last, CLOSING, zone)

    def at_work(self, hours: str) -> Callable[[datetime], bool]:
        """Says of a local moment whether it lies in the working hours (`09:00-17:30`) of a
        working day."""
        opens, closes = hours_of(hours)

        def working(local: datetime) -> bool:
            return opens <= local.time() < closes and self.is_working_day(local.date())

        return working


def calendar_of(tx: Connection) -> Calendar:
    """The calendar with what the coordinators have said."""
    return Calendar(calendar_days.overlay(tx))


def hours_of(hours: str) -> tuple[time, time]:
    """When working hours (`09:00-17:30`) begin and end."""
    opens, closes = (time.fromisoformat(part) for part in hours.split("-"))
    return opens, closes


@cache
def _published(year: int) -> bool:
    """Whether the State Council's calendar of that year is known here."""
    try:
        chinese_calendar.is_workday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True


@cache
def _is_working_day(day: date) -> bool:
    if not _published(day.year):
        return day.weekday() < _WEEKEND
    return bool(chinese_calendar.is_workday(day))
