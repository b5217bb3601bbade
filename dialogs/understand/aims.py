"""Where a deadline is moved to, in words: a day with perhaps a time (6月20日下午5点), or by how much
(3天, 两周)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dialogs.understand.clock import Clock, read_clock
from dialogs.understand.day import read_day
from dialogs.understand.day_numerals import with_digits
from dialogs.understand.numerals import alike, read_quantity
from dialogs.understand.reading import Ask


class Unit(StrEnum):
    """What a shift counts; 天 alone are working days."""

    WORKING = "working"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True)
class Shift:
    """By how much; negative for earlier."""

    count: int
    unit: Unit


@dataclass(frozen=True)
class When:
    """A day as typed, and the time of it if one was said."""

    day: str
    clock: Clock | None = None


Aim = Shift | When
AIM = "\x00"
"""Stands in the words where the aim stood."""

_WEEKDAY = r"(?:下下|下|这|本)?个?(?:周|星期|礼拜)[一二三四五六日天]"
DAY = (
    r"(?:(?:(?:20\d\d|\d\d)年|明年|今年|20\d\d[-/.])?\d{1,2}(?:月份?|[-/.])\d{1,2}(?![\d个天次项周])[日号]?"
    rf"|(?:下下|下|这|本)个?月\d{{1,2}}[日号]|{_WEEKDAY}|大后天|[今明后][天日]"
    r"|(?:(?:下|这|本)?个?月|\d{1,2}月)(?:底|末)|(?:今年)?年底|(?<!\d)\d{1,2}号|(?<=[到至])\s*\d{1,2}日)"
)
_CLOCK = (
    r"(?:的?\s*(?:凌晨|早上|上午|中午|下午|傍晚|晚上|晚)?\s*"
    r"(?:\d{1,2}:\d\d|(?:\d{1,2}|[一二两三四五六七八九十]{1,2})[点时](?:半|整|钟|\d{1,2}分?)?)"
    r"|的?\s*(?:凌晨|早上|上午|中午|下午|傍晚|晚上)|的?\s*下班(?:之?前)?)"
)
_WHEN = re.compile(rf"(?P<day>{DAY})(?P<clock>{_CLOCK})?(?:之前|以前|前|止)?")
_NUMBER = r"(?:\d{1,3}|[一二两三四五六七八九十百半]{1,4})"
_SHIFT = re.compile(
    # 7月 is a month of the year, 7个月 are seven of them.
    rf"(?P<count>{_NUMBER})(?:个?(?P<unit>工作日|自然日|天|日|周|星期|礼拜)|个(?P<months>月))(?![一二三四五六日天度份])(?:时间|之?内)?"
)
_UNITS = {
    "工作日": Unit.WORKING,
    "天": Unit.WORKING,
    "日": Unit.WORKING,
    "自然日": Unit.DAY,
    "周": Unit.WEEK,
    "星期": Unit.WEEK,
    "礼拜": Unit.WEEK,
    "月": Unit.MONTH,
}
_FROM = re.compile(
    rf"(?:从|由|原定|原来)?的?{DAY}(?:{_CLOCK})?\s*(?=(?:改|延|推|调|移|挪|提前|变)[^\d]{{0,3}}(?:到|至|为|成))"
)
_MOST = 366
_MIDNIGHT = re.compile(r"(?:晚上|晚)?\s*24(?::00|[点时]整?)")


def read_aim(typed: str) -> tuple[str, Aim | None]:
    """The words with the aim taken out (`AIM` stands there), and the aim; None where there is
    none or several.

    >>> read_aim("延期水务局3天")[1], read_aim("延到六月二十日下午5点")[1].day
    (Shift(count=3, unit=<Unit.WORKING: 'working'>), '6月20日')
    >>> read_aim("从6月15日改到6月20日")
    ('改到\\x00', When(day='6月20日', clock=None))
    >>> read_aim("推迟半个月")[1], read_aim("第二季度")[1]
    (Shift(count=15, unit=<Unit.DAY: 'day'>), None)
    """
    typed = _FROM.sub("", with_digits(typed))
    days = list(_WHEN.finditer(typed))
    shifts = [] if days else list(_SHIFT.finditer(typed))
    if len(days) + len(shifts) != 1:
        return typed, None
    (match,) = days or shifts
    left = f"{typed[: match.start()]}{AIM}{typed[match.end() :]}"
    return left, _when(match) if days else _shift(match)


def all_days(typed: str) -> tuple[str, list[When]]:
    """The words without days, and all days that stand in them.

    >>> all_days("2025年度 9月1日到10月20日")[1][1].day
    '10月20日'
    """
    typed = with_digits(typed)
    found = [_when(match) for match in _WHEN.finditer(typed)]
    return _WHEN.sub(" ", typed), found


def day_of(typed: str, today: date) -> date | None:
    """The day to come that is meant; without a year the next one of that name. None for no day.

    >>> day_of("1月10日", date(2026, 12, 20)), day_of("6月31日", date(2026, 5, 1))
    (datetime.date(2027, 1, 10), None)
    """
    got = read_day(typed, today, ahead=True)
    if isinstance(got, Ask):
        return None
    found: date = got.value.value
    if found < today and not says_year(typed) and re.search(r"\d", typed):
        again = read_day(typed, date(today.year + 1, today.month, min(today.day, 28)), ahead=True)
        return None if isinstance(again, Ask) else again.value.value
    return found


def says_year(typed: str) -> bool:
    """Whether a day is said with its year."""
    return re.search(r"年|20\d\d", typed) is not None


def _when(match: re.Match[str]) -> When:
    typed = _MIDNIGHT.sub("23:59", match["clock"] or "")
    clock = read_clock(typed)[1] if typed else None
    return When(re.sub(r"\s", "", match["day"]), clock)


def _shift(match: re.Match[str]) -> Shift | None:
    unit = _UNITS[match["unit"] or match["months"]]
    if match["count"] == "半":
        return Shift(15, Unit.DAY) if unit is Unit.MONTH else None
    quantity = read_quantity(alike(match["count"]))
    if quantity is None or not 0 < quantity.value <= _MOST:
        return None
    return Shift(int(quantity.value), unit)
