"""Days written in figures: 2022-05-27, 22年5月27日, 5.27, 20220527, 27.5.2022."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from dialogs.understand.reading import Ask, Got
from scoring.values import Day

_MD = r"(?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})[日号]?"
_SPELLED = re.compile(
    r"(?P<year>\d{4})(?:[-/.年_,、]|\s+)(?P<month>\d{1,2})(?:[-/.月_,、]|\s+)(?P<day>\d{1,2})[日号]?"
)
_PACKED = re.compile(r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})")
_SHORT_YEAR = re.compile(r"(?P<year>\d{2})年" + _MD)
_LOOSE_YEAR = re.compile(
    r"(?P<year>\d{2})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})|(?!20|19)(?P<packed>\d{6})"
)
_BACKWARDS = re.compile(r"(?P<first>\d{1,2})([-/.])(?P<second>\d{1,2})\2(?P<year>\d{4})")
_THAT_YEAR = re.compile(rf"(?P<name>[前去上今本明]年|上一年)度?的?{_MD}")
_YEARLESS = re.compile(rf"{_MD}|(?P<packed>\d{{4}})")
_YEARS = {"前年": -2, "去年": -1, "上年": -1, "上一年": -1, "今年": 0, "本年": 0, "明年": 1}
_LIKELY_YEARS = range(-5, 2)
_CENTURY = 2000
_OLDEST, _LATEST = 1990, 2099
_SOON = timedelta(days=31)


def by_figures(typed: str, today: date, ahead: bool = False) -> Got[Day] | Ask | None:
    """The day that figures are; None where the text is something else.

    >>> by_figures("2022/5/27", date(2022, 6, 1)).value.plain()
    '2022-05-27'
    >>> by_figures("5.27", date(2022, 6, 1)).note, by_figures("13.5", date(2022, 6, 1)).code
    ('year_assumed', 'ask_date_impossible')
    """
    for pattern in (_SPELLED, _PACKED, _SHORT_YEAR):
        if match := pattern.fullmatch(typed):
            return on(int(match["year"]), int(match["month"]), int(match["day"]))
    if match := _LOOSE_YEAR.fullmatch(typed):
        return _of_loose_year(match, today)
    if match := _BACKWARDS.fullmatch(typed):
        return _backwards(*(int(match[part]) for part in ("first", "second", "year")))
    if match := _THAT_YEAR.fullmatch(typed):
        return on(today.year + _YEARS[match["name"]], int(match["month"]), int(match["day"]))
    if match := _YEARLESS.fullmatch(typed):
        return _of_yearless(match, today, ahead)
    return None


def on(year: int, month: int, day: int, note: str = "") -> Got[Day] | Ask:
    """The day of that year, month and day; a year of two digits is one of this century."""
    year = year + _CENTURY if year < 100 else year
    try:
        found = date(year, month, day)
    except ValueError:
        return Ask("ask_date_impossible")
    return Got(Day(found), note) if _OLDEST <= year <= _LATEST else Ask("ask_date_impossible")


def in_year_of(today: date, month: int, day: int, ahead: bool = False) -> Got[Day] | Ask:
    """The day in the year of `today`; asked where the one before or the next is nearer.

    >>> may, december = date(2022, 5, 27), date(2022, 12, 28)
    >>> [in_year_of(may, 12, 20).code, in_year_of(december, 1, 3).code]
    ['ask_date_which', 'ask_date_which']
    >>> in_year_of(december, 3, 1).value.plain()
    '2022-03-01'
    """
    here = on(today.year, month, day, "year_assumed")
    if isinstance(here, Ask) or ahead:
        return here
    before, after = (on(today.year + step, month, day) for step in (-1, 1))
    if isinstance(before, Got) and here.value.value - today > today - before.value.value:
        return which(before.value.value, here.value.value)
    if isinstance(after, Got) and after.value.value - today <= _SOON:
        return which(here.value.value, after.value.value)
    return here


def which(first: date, second: date) -> Ask:
    """Asks which of two days is meant."""
    return Ask("ask_date_which", {"first": first, "second": second})


def _of_loose_year(match: re.Match[str], today: date) -> Got[Day] | Ask:
    """22.5.27 and 220527 are of a year near today, or not certain."""
    packed = match["packed"]
    parts: Iterator[str] | tuple[str, ...]
    parts = (packed[:2], packed[2:4], packed[4:]) if packed else match.group("year", "month", "day")
    year, month, day = map(int, parts)
    if _CENTURY + year - today.year not in _LIKELY_YEARS:
        return Ask("ask_date_year")
    return on(year, month, day)


def _backwards(first: int, second: int, year: int) -> Got[Day] | Ask:
    """The year last: which of the others is the month must follow from the figures."""
    ways = {(first, second), (second, first)}
    days = [found.value.value for m, d in ways if isinstance(found := on(year, m, d), Got)]
    if len(days) == 2:
        return which(*sorted(days))
    return Got(Day(days[0])) if days else Ask("ask_date_impossible")


def _of_yearless(match: re.Match[str], today: date, ahead: bool) -> Got[Day] | Ask | None:
    packed = match["packed"]
    if not packed:
        return in_year_of(today, int(match["month"]), int(match["day"]), ahead)
    found = in_year_of(today, int(packed[:2]), int(packed[2:]), ahead)
    # Four figures that are no day are a year or an amount.
    return None if isinstance(found, Ask) and found.code == "ask_date_impossible" else found
