"""Days said by how near they are: 昨天, 下周五, 3天前, 27号, 月底, 元旦."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from dialogs.understand.day_figures import in_year_of, on, which
from dialogs.understand.reading import Ask, Got
from scoring.values import Day

_WORDS = {
    "大前天": -3,
    "前天": -2,
    "前日": -2,
    "昨天": -1,
    "昨日": -1,
    "昨儿": -1,
    "昨晚": -1,
    "琴日": -1,
    "寻日": -1,
    "噚日": -1,
    "今天": 0,
    "今日": 0,
    "今儿": 0,
    "今早": 0,
    "今晚": 0,
    "明天": 1,
    "明日": 1,
    "明儿": 1,
    "听日": 1,
    "后天": 2,
    "后日": 2,
    "大后天": 3,
}
_WEEKDAY = re.compile(
    r"(?P<which>[上下]{0,2}|本|这|当)(?:一?个)?(?:周|星期|礼拜)(?:的?(?:周|星期|礼拜))?(?P<day>[一二三四五六日天1-7])"
)
_AGO = re.compile(r"(?P<count>\d{1,3})个?(?P<unit>天|日|周|星期|礼拜)(?:之|以)?(?P<side>[前后])")
_IN_MONTH = re.compile(r"(?P<which>[上下]{0,2}|本|这|当)(?:一?个)?月份?的?(?P<day>\d{1,2})[日号]")
_DAY_ALONE = re.compile(r"(?P<day>\d{1,2})[日号]")
_LAST = r"(?:底|末|的?最后[1一]天)"
_MONTH_END = re.compile(
    rf"(?:(?P<which>[上下]{{0,2}}|本|这|当)(?:一?个)?月份?"
    rf"|(?:(?P<year>\d{{4}}|\d{{2}})年|(?P<name>[前去上今本明])年的?)?(?P<month>\d{{1,2}})月份?){_LAST}"
)
_YEAR_END = re.compile(rf"(?:(?P<year>\d{{4}}|\d{{2}})年?|(?P<name>[前去上今本明])年?)?年?{_LAST}")
_FEAST = re.compile(
    r"(?:(?P<year>\d{4}|\d{2})年|(?P<name>[前去今明])年的?)?"
    r"(?P<feast>元旦|三八|五一|六一|七一|八一|国庆|妇女|劳动|儿童|建党|建军|圣诞|植树|青年|教师)(?P<tail>节?(?:当天|那天)?)"
)
_FEASTS = {
    "元旦": (1, 1),
    "三八": (3, 8),
    "妇女": (3, 8),
    "植树": (3, 12),
    "五一": (5, 1),
    "劳动": (5, 1),
    "青年": (5, 4),
    "六一": (6, 1),
    "儿童": (6, 1),
    "七一": (7, 1),
    "建党": (7, 1),
    "八一": (8, 1),
    "建军": (8, 1),
    "教师": (9, 10),
    "国庆": (10, 1),
    "圣诞": (12, 25),
}
_NEEDS_FEAST = frozenset({"妇女", "植树", "劳动", "青年", "儿童", "建党", "建军", "教师", "圣诞"})
_SIDES = {"": 0, "本": 0, "这": 0, "当": 0, "上": -1, "上上": -2, "下": 1, "下下": 2}
_YEARS = {"前": -2, "去": -1, "上": -1, "今": 0, "本": 0, "明": 1}
_WEEK = dict(zip("一二三四五六日天1234567", (*range(7), 6, *range(7)), strict=True))


def by_nearness(typed: str, today: date, ahead: bool = False) -> Got[Day] | Ask | None:
    """The day that such words mean; None where the text is something else.

    >>> [by_nearness(t, date(2022, 6, 1)).value.plain() for t in ("昨天", "下周五", "上月底")]
    ['2022-05-31', '2022-06-10', '2022-05-31']
    >>> by_nearness("27号", date(2022, 6, 1)).code
    'ask_date_which'
    """
    if typed in _WORDS:
        return Got(Day(today + timedelta(days=_WORDS[typed])))
    for pattern, read in _READERS:
        match = pattern.fullmatch(typed)
        if match:
            return read(match, today, ahead)
    return None


def _weekday(match: re.Match[str], today: date, ahead: bool) -> Got[Day] | Ask | None:
    which_week, day = match["which"], _WEEK[match["day"]]
    if which_week not in _SIDES:
        return None
    monday = today - timedelta(days=today.weekday())
    found = monday + timedelta(days=day, weeks=_SIDES[which_week])
    return Got(Day(found), "" if which_week else "week_assumed")


def _ago(match: re.Match[str], today: date, ahead: bool) -> Got[Day] | Ask | None:
    days = int(match["count"]) * (1 if match["unit"] in "天日" else 7)
    return Got(Day(today + timedelta(days=days if match["side"] == "后" else -days)))


def _in_month(match: re.Match[str], today: date, ahead: bool) -> Got[Day] | Ask | None:
    if not match["which"] or match["which"] not in _SIDES:
        return None
    first = _month(today, _SIDES[match["which"]])
    return on(first.year, first.month, int(match["day"]))


def _day_alone(match: re.Match[str], today: date, ahead: bool) -> Got[Day] | Ask | None:
    """27号 is of this month; asked where the one of the month before is nearer."""
    day, last_month = int(match["day"]), _month(today, -1)
    here = on(today.year, today.month, day, "month_assumed")
    before = on(last_month.year, last_month.month, day)
    if isinstance(before, Ask) or ahead:
        return here
    if isinstance(here, Ask):
        return here
    if here.value.value - today > today - before.value.value:
        return which(before.value.value, here.value.value)
    return here


def _month_end(match: re.Match[str], today: date, ahead: bool) -> Got[Day] | Ask | None:
    if match["month"] is None:
        if match["which"] not in _SIDES:
            return None
        first = _month(today, _SIDES[match["which"]])
        return Got(Day(_last_of(first)), "end_assumed")
    month = int(match["month"])
    if not 1 <= month <= 12:
        return Ask("ask_date_impossible")
    if match["year"] or match["name"]:
        last = _last_of(date(_year(match, today), month, 1))
        return on(last.year, last.month, last.day, "end_assumed")
    last = _last_of(date(today.year, month, 1))
    found = in_year_of(today, month, last.day, ahead)
    return found if isinstance(found, Ask) else Got(found.value, "end_assumed")


def _year_end(match: re.Match[str], today: date, ahead: bool) -> Got[Day] | Ask | None:
    if not match[0].startswith("年") and "年" not in match[0]:
        return None
    return on(_year(match, today), 12, 31, "end_assumed")


def _feast(match: re.Match[str], today: date, ahead: bool) -> Got[Day] | Ask | None:
    if match["feast"] in _NEEDS_FEAST and not match["tail"].startswith("节"):
        return None
    month, day = _FEASTS[match["feast"]]
    if match["year"] or match["name"]:
        return on(_year(match, today), month, day)
    return in_year_of(today, month, day, ahead)


def _year(match: re.Match[str], today: date) -> int:
    if match["year"]:
        year = int(match["year"])
        return year + 2000 if year < 100 else year
    return today.year + _YEARS[match["name"] or "今"]


def _month(today: date, step: int) -> date:
    """The first day of the month that many months away."""
    months = today.year * 12 + today.month - 1 + step
    return date(months // 12, months % 12 + 1, 1)


def _last_of(first: date) -> date:
    return first.replace(day=monthrange(first.year, first.month)[1])


_READERS = (
    (_WEEKDAY, _weekday),
    (_AGO, _ago),
    (_IN_MONTH, _in_month),
    (_DAY_ALONE, _day_alone),
    (_MONTH_END, _month_end),
    (_YEAR_END, _year_end),
    (_FEAST, _feast),
)
