"""Calendar days, as people write them."""

from __future__ import annotations

import re
from datetime import date

from dialogs.understand.day_figures import by_figures
from dialogs.understand.day_near import by_nearness
from dialogs.understand.day_numerals import with_digits
from dialogs.understand.manners import without_manners
from dialogs.understand.reading import Ask, Got
from scoring.values import Day

_LONGEST = 80
_WEEKDAYS = "一二三四五六日"
_LEAD = re.compile(
    r"^(?:[一-鿿]{0,6}(?:日期|时间|日子)\s*(?:是|为|在|:)?\s*|就?是|在|于|我们|当时|已[经于在]?)++(?=.)"
)
_DID = re.compile(
    r"(?:的?(?:那|当)天|当日)?(?:已经?|才|就|刚|统一|全部|都|一次性)*"
    r"(?:(?:上缴|缴纳|缴款|缴|交|入|付款|支付|付|转账|转|打款|到(?=账)|存|办理|办|完成|填报|填|做|签|公开|公布"
    r"|发布|结束)(?:完|清|好|进|入|到)?了?(?:国库|财政|库|账|款|钱)?)?(?:的|了)?$"
)
_CLOCK = re.compile(
    r"(?:T|\s+|(?<=[日号天]))(?:(?:凌晨|早上|上午|中午|下午|傍晚|晚上)\s*)?"
    r"(?:\d{1,2}(?::\d{2}){1,2}(?:\.\d+)?Z?|\d{1,2}[点时](?:\d{1,2}分?|半|整|钟)?)?$"
)
_NAMED_WEEKDAY = re.compile(
    r"(?P<day>.*[日号天0-9])[\s,(]*(?:星期|周|礼拜)(?P<name>[一二三四五六日天])\)?"
)
_POINT = re.compile(r"(?<=\d)。(?=\d)")
_GAP = re.compile(r"(?<=[年月日号])\s+|\s+(?=[年月日号])|(?<=[一-鿿])\s+(?=[一-鿿])")
_DATE = re.compile(
    r"\d{4}[-/.年]\d{1,2}(?:[-/.月]\d{1,2})?|\d{1,2}月\d{1,2}|\d{1,2}[./]\d{1,2}|[今昨明前后]天"
    r"|(?:周|星期|礼拜)[一二三四五六日天]|\d[日号]"
)
_NO_DAY = re.compile(
    r"\d月|旬|[年月季][初中底末度]|半年|[上下本这][个周月]|周末|\d年|[去今明前]年|节|中秋|端午|清明"
    r"|^\d{4}[-/.]\d{1,2}$|^(?:19|20)\d{4}$"
)


def read_day(text: str, today: date, ahead: bool = False) -> Got[Day] | Ask:
    """A day. What is left out is filled in from `today` and said by a note; where two days are as
    likely (12月20日 said in May of something past) it is asked. Weeks begin on Monday.

    `ahead`: a day to come is meant.

    >>> read_day("2022.5.27", date(2022, 6, 1)).value.plain()
    '2022-05-27'
    >>> read_day("上周五", date(2022, 6, 1)).value.plain()
    '2022-05-27'
    >>> read_day("五月中旬", date(2022, 6, 1)).code
    'ask_date_day'
    """
    if len(text) > _LONGEST:
        return Ask("ask_date", {"text": text})
    typed = with_digits(_GAP.sub("", _POINT.sub(".", without_manners(text))))
    bare = _CLOCK.sub("", _DID.sub("", _LEAD.sub("", typed))).strip()
    found = _read(bare, today, ahead) or Ask(_problem(typed))
    return Ask(found.code, {"text": text, **found.numbers}) if isinstance(found, Ask) else found


def _read(typed: str, today: date, ahead: bool) -> Got[Day] | Ask | None:
    found = by_figures(typed, today, ahead) or by_nearness(typed, today, ahead)
    named = _NAMED_WEEKDAY.fullmatch(typed)
    if found is not None or named is None:
        return found
    found = _read(named["day"], today, ahead)
    at = _WEEKDAYS.index(named["name"].replace("天", "日"))
    if isinstance(found, Got) and found.value.value.weekday() != at:
        return Ask("ask_date_weekday", {"day": found.value.value})
    return found


def _problem(typed: str) -> str:
    """The code of what is asked where no day could be read."""
    if len(_DATE.findall(typed)) > 1:
        return "ask_date_two"
    return "ask_date_day" if _NO_DAY.search(typed) else "ask_date"
