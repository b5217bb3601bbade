"""Days and spans of days as they stand in a file: with the year, 2027-02-08至2027-02-14."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dialogs.understand.day import read_day
from dialogs.understand.reading import Ask

_SPAN = re.compile(r"\s*(?:到|至|~|—|–)\s*|(?<=\d)\s+-\s+(?=\d)")
_YEAR = re.compile(r"20\d\d")
_ALONE = re.compile(r"(\d{1,2})[日号]?")
_LONGEST = 62
_DAY = timedelta(days=1)


def read_span(text: str) -> list[date] | str:
    """The days that are meant, or the code of what is wrong: day, year (none said), span.

    >>> read_span("2027-02-08至2月10日")[-1], read_span("2月8日"), read_span("2027-02-30")
    (datetime.date(2027, 2, 10), 'year', 'day')
    """
    first, *last = _SPAN.split(text)
    start = _day(first, None)
    end = _day(last[0], start) if len(last) == 1 else start
    if start is None or end is None or len(last) > 1:
        return "day" if _YEAR.search(text) else "year"
    if not 0 <= (end - start).days < _LONGEST:
        return "span"
    return [start + _DAY * step for step in range((end - start).days + 1)]


def _day(text: str, before: date | None) -> date | None:
    """A day that says its year; the end of a span is in that of its beginning, or the next."""
    if _YEAR.search(text):
        got = read_day(text, date(2000, 1, 1), ahead=True)
        return None if isinstance(got, Ask) else got.value.value
    if before is None:
        return None
    alone = _ALONE.fullmatch(text)
    typed = f"{before.month}-{alone[1]}" if alone else text
    got = read_day(typed, before, ahead=True)
    found: date | None = None if isinstance(got, Ask) else got.value.value
    if found is None or found >= before:
        return found
    return found.replace(year=found.year + 1) if (found.month, found.day) != (2, 29) else None
