"""Calendar days."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dialogs.understand.plain_text import narrow
from dialogs.understand.reading import Ask, Got
from scoring.values import Day

_FULL = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})[日号]?")
_COMPACT = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})")
_SHORT = re.compile(r"([0-9]{1,2})[-/.月]([0-9]{1,2})[日号]?")
_RELATIVE = {"今天": 0, "今日": 0, "昨天": -1, "昨日": -1, "前天": -2, "明天": 1}


def read_day(text: str, today: date) -> Got[Day] | Ask:
    """A day; without a year the one of `today`, and that is said.

    >>> read_day("2022.5.27", date(2022, 6, 1)).value.value.isoformat()
    '2022-05-27'
    """
    typed = narrow(text).replace(" ", "").rstrip("。")
    if typed in _RELATIVE:
        return Got(Day(today + timedelta(days=_RELATIVE[typed])))
    full = _FULL.fullmatch(typed) or _COMPACT.fullmatch(typed)
    short = _SHORT.fullmatch(typed)
    if full:
        year, month, day = (int(part) for part in full.groups())
        note = ""
    elif short:
        year, (month, day) = today.year, (int(part) for part in short.groups())
        note = "year_assumed"
    else:
        return Ask("ask_date", {"text": text})
    try:
        return Got(Day(date(year, month, day)), note)
    except ValueError:
        return Ask("ask_date_impossible", {"text": text})
