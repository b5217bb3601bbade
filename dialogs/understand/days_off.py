"""放假 and 上班 in words: which days are worked, whatever the calendar says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from dialogs.understand.aims import DAY, day_of
from dialogs.understand.day_numerals import with_digits
from dialogs.understand.manners import without_manners

_OFF = r"放假|休息|不上班|休假|停班|不办公"
_ON = r"上班|补班|调休上班|补上班|正常上班|要上班|工作日|办公"
_SAYS = rf"(?:(?P<off>{_OFF})|(?P<on>{_ON}))"
_UNDO = r"(?P<undo>取消|撤销|恢复|删除|去掉)?"
_TO = r"\s*(?:到|至|[-—–~～])+\s*"
_SPAN = rf"(?:{DAY}|\d{{1,2}}[日号])(?:{_TO}(?:{DAY}|\d{{1,2}}[日号]?))?"
_SPANS = rf"(?P<days>{_SPAN}(?:\s*[、,，和及\s]\s*{_SPAN})*)"
_NAME = r"[\s,，:：(（\"“]*(?P<{name}>[一-鿿]{{0,10}}?)[\s)）\"”]*"
_DAYS_FIRST = re.compile(
    rf"{_UNDO}\s*{_SPANS}{_NAME.format(name='before')}(?:都|统一|全区)?的?{_SAYS}{_NAME.format(name='behind')}"
)
_SAYS_FIRST = re.compile(rf"{_UNDO}\s*{_SAYS}[\s:：,，]*{_SPANS}{_NAME.format(name='behind')}")
_BACK = re.compile(rf"{_SPANS}\s*(?:恢复|按|照)(?:国家)?(?:日历|安排|原来|正常|默认)(?:的|算|来)?")
_SPLIT = re.compile(r"\s*[、,，和及\s]\s*(?=\d|[今明后下本这大周星礼])")
_ALONE = re.compile(rf"(?:{_OFF}|{_ON}|调休|日历|工作日历)(?:设置|调整)?")
_CALENDAR = re.compile(
    r"(?:看看?|查看?|看一下)?(?:工作)?日历|节假日(?:安排)?|放假安排|(?:哪天|什么时候)放假|上班安排|休假安排"
)
_HALF = re.compile(r"半|上午|下午|早上|晚上")
_FEAST = re.compile(
    r"\s*(?:[一二三四五六七八九十]+、)?\s*(20\d\d年)?([一-鿿、]{1,8}[节旦夕])\s*[:：]\s*"
)
_YEAR = re.compile(r"20\d\d年")
_WEEKDAY = re.compile(r"[（(](?:周|星期|礼拜|农历)[^（()）]{1,12}[)）]")
_COUNTED = re.compile(r"[\s,，、]*共\s*\d{1,2}\s*天")
_NEXT = re.compile(r"(?<=放假|上班|休息|补班)\s*[,，;；。]\s*(?=\d)")
_LONGEST = 62
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class DaysWish:
    """Days that are worked (`working`) or not, None to go back to the calendar; `name` is why.
    `unclear` is a line that was not understood, or (`half`) one about a part of a day."""

    days: tuple[date, ...] = ()
    working: bool | None = None
    name: str = ""
    unclear: str = ""
    half: bool = False


def asks_calendar(text: str) -> bool:
    """Whether somebody wants to see the calendar.

    >>> asks_calendar("日历"), asks_calendar("6月20日放假")
    (True, False)
    """
    return _CALENDAR.fullmatch(without_manners(text)) is not None


def asks_how(text: str) -> bool:
    """Whether 放假 or 上班 is said without a day."""
    return _ALONE.fullmatch(without_manners(text)) is not None


def read_days_off(text: str, today: date) -> tuple[DaysWish, ...] | None:
    """What each line of a message says of days; None for one about other things.

    >>> today = date(2022, 6, 1)
    >>> (wish,) = read_days_off("6月20日到22日放假 龙舟赛", today)
    >>> len(wish.days), wish.working, wish.name
    (3, False, '龙舟赛')
    >>> read_days_off("6月25日上班\\n6月26日上班", today)[1].days
    (datetime.date(2022, 6, 26),)
    >>> read_days_off("下周开会", today)
    """
    lines = _in_one_year([part for line in text.splitlines() for part in _parts(line)])
    found = [_line(line, today) for line in lines]
    if not found or found[0] is None:
        return None
    return tuple(
        each or DaysWish(unclear=line.strip()) for each, line in zip(found, lines, strict=True)
    )


def _parts(line: str) -> list[str]:
    """The parts of a line as a notice writes them: 国庆节：10月1日（周四）至7日放假调休，共7天。10月10日
    （周六）上班."""
    feast = _FEAST.match(line)
    year, name = (feast[1] or "", feast[2]) if feast else ("", "")
    plain = year + _WEEKDAY.sub("", line[feast.end() :] if feast else line)
    parts = _NEXT.split(_COUNTED.sub("", plain.replace("放假调休", "放假")))
    clean = [each.strip(" 。.;；,，") for each in parts]
    return [f"{each} {name}".strip() for each in clean if each]


def _in_one_year(parts: list[str]) -> list[str]:
    """The parts, each with the year that one before it names."""
    year, found = "", []
    for each in parts:
        named = _YEAR.match(each)
        year = named[0] if named else year
        found.append(f"{year}{each}" if re.match(r"\d{1,2}月", each) else each)
    return found


def _line(line: str, today: date) -> DaysWish | None:
    typed = with_digits(without_manners(line))
    back = _BACK.fullmatch(typed)
    if back:
        days = _days(back["days"], today)
        return DaysWish(days, None) if days else DaysWish(unclear=line.strip())
    match = _DAYS_FIRST.fullmatch(typed) or _SAYS_FIRST.fullmatch(typed)
    if match is None or "通知" in match["behind"]:
        return None
    days = _days(match["days"], today)
    if not days:
        return DaysWish(unclear=line.strip())
    if match["undo"]:
        return DaysWish(days, None)
    parts = match.groupdict()
    name = (parts.get("before") or "") + (parts.get("behind") or "")
    if _HALF.match(name):
        return DaysWish(unclear=line.strip(), half=True)
    return DaysWish(days, bool(match["on"]), name)


def _days(typed: str, today: date) -> tuple[date, ...]:
    """All days of a list of days and spans; none where one of them is no day."""
    found: list[date] = []
    for part in _SPLIT.split(typed.strip()):
        first, *last = re.split(_TO, part) if re.search(_TO, part) else [part]
        start = _day(first, found[-1] if found else None, today)
        end = _day(last[-1], start, today) if last else start
        if start is None or end is None or not 0 <= (end - start).days < _LONGEST:
            return ()
        found += [start + _DAY * step for step in range((end - start).days + 1)]
    return tuple(dict.fromkeys(found))


def _day(typed: str, before: date | None, today: date) -> date | None:
    """A day; one without a month is in that of the day before it."""
    typed = typed.strip()
    alone = re.fullmatch(r"(\d{1,2})[日号]?", typed)
    if before and alone:
        try:
            return before.replace(day=int(alone[1]))
        except ValueError:
            return None
    return day_of(typed, before or today)
