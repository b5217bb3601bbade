"""The time of a day, as people say it: 上午9点, 15:30, 下午三点半, 上班后, 下班前."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from dialogs.understand.plain_text import simple


class Edge(StrEnum):
    """A time that working hours decide about."""

    OPENING = "opening"
    CLOSING = "closing"


@dataclass(frozen=True)
class Clock:
    """A time of the day; where it isn't `sure`, 3点 may be that of the afternoon as well. With an
    `edge` it is when work begins, or an hour before it ends."""

    at: time
    sure: bool = True
    edge: Edge | None = None


_SHORT = (
    (re.compile(r"今[早晨]"), "今天早上"),
    (re.compile(r"明[早晨](?:上)?"), "明天早上"),
    (re.compile(r"今晚(?:上)?"), "今天晚上"),
    (re.compile(r"明晚(?:上)?"), "明天晚上"),
    (re.compile(r"(?:一?大清?早|清早|一早|早晨)"), "早上"),
)
_MORNING = ("凌晨", "早上", "早", "上午")
_LATER = ("中午", "午后", "下午", "傍晚", "晚上", "晚间", "晚", "夜里")
_ALONE = {
    "早上": time(9),
    "上午": time(9),
    "中午": time(12),
    "午后": time(14, 30),
    "下午": time(14, 30),
    "傍晚": time(17),
    "晚上": time(20),
    "晚间": time(20),
    "夜里": time(22),
    "凌晨": time(1),
}
_PART = "|".join(sorted((*_MORNING, *_LATER), key=len, reverse=True))
_NUMBER = r"\d{1,2}|[一二两三四五六七八九]?十[一二三四五六七八九]?|[零〇一二两三四五六七八九]"
_CLOCK = re.compile(
    rf"(?P<part>{_PART})?的?(?:(?P<packed>\d{{1,2}}[::]\d{{2}})|(?P<hour>{_NUMBER})[点时](?P<minute>半|[一1]刻|[三3]刻|整|钟|(?:{_NUMBER})分?)?)(?:左右|前后|整|钟|的时候)?$"
)
_PART_ALONE = re.compile(rf"(?P<part>{'|'.join(_ALONE)})(?:的时候)?$")
_EDGES = (
    (re.compile(r"(?:一?上班(?:之?后|以后|时|的时候|了)?|开工后?)$"), Edge.OPENING),
    (re.compile(r"(?:快?下班(?:之?前|以前|时)?)$"), Edge.CLOSING),
)
_DIGITS = {
    **dict(zip("零〇一二三四五六七八九", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)),
    "两": 2,
}
_NOON = 12


def read_clock(text: str) -> tuple[str, Clock | None]:
    """The words before a time of the day, and that time; None where there is none at the end.

    >>> read_clock("明天下午三点半")
    ('明天', Clock(at=datetime.time(15, 30), sure=True, edge=None))
    >>> read_clock("明早"), read_clock("3点")[1].sure, read_clock("下周一")
    (('明天', Clock(at=datetime.time(9, 0), sure=True, edge=None)), False, ('下周一', None))
    """
    typed = simple(text)
    for pattern, spelled in _SHORT:
        typed = pattern.sub(spelled, typed, count=1)
    for pattern, edge in _EDGES:
        if match := pattern.search(typed):
            return typed[: match.start()], Clock(time(9), edge=edge)
    if match := _CLOCK.search(typed):
        clock = _read(match)
        return (typed[: match.start()], clock) if clock else (typed, None)
    if match := _PART_ALONE.search(typed):
        return typed[: match.start()], Clock(_ALONE[match["part"]])
    return typed, None


def _read(match: re.Match[str]) -> Clock | None:
    if match["packed"]:
        hour, minute = map(int, re.split("[::]", match["packed"]))
    else:
        hour, minute = _number(match["hour"]), _minute(match["minute"] or "")
    part = match["part"] or ""
    if part in _LATER and hour < _NOON and not (part == "中午" and hour > 10):
        hour += _NOON
    if hour > 23 or minute > 59:
        return None
    sure = bool(part) or bool(match["packed"] and match["packed"].startswith("0")) or hour >= _NOON
    return Clock(time(hour, minute), sure)


def _minute(typed: str) -> int:
    if typed in ("", "整", "钟"):
        return 0
    if typed == "半":
        return 30
    if typed.endswith("刻"):
        return 15 if typed[0] in "一1" else 45
    return _number(typed.removesuffix("分"))


def _number(typed: str) -> int:
    if typed.isdigit():
        return int(typed)
    tens, ten, ones = typed.partition("十")
    if not ten:
        return _DIGITS[typed]
    return 10 * (_DIGITS[tens] if tens else 1) + (_DIGITS[ones] if ones else 0)
