"""Percentages, counts and other plain numbers."""

from __future__ import annotations

import re
from decimal import Decimal

from dialogs.understand.plain_text import narrow
from dialogs.understand.reading import Ask, Got
from scoring.values import Count, Number, Percent

_PERCENT = re.compile(r"(?:百分之)?(-?[0-9]{1,9}(?:\.[0-9]{1,8})?)\s*%?")
_COUNT = re.compile(r"([0-9]{1,3}(?:,[0-9]{3}){1,2}|[0-9]{1,9})\s*[个件条项家份人次名宗]?")
_NUMBER = re.compile(r"(-?[0-9]{1,9}(?:\.[0-9]{1,8})?)\s*分?")
_DIGITS = dict(
    zip("零〇一二两三四五六七八九十", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9, 10), strict=True)
)
_NONE = {"没有", "无", "没", "都没有", "一个也没有", "一个都没有", "全部说清", "都说清了"}


def read_percent(text: str) -> Got[Percent] | Ask:
    """A percentage on the scale 0–100; a fraction such as 0.98 is asked about.

    >>> read_percent("98.31％").value.value
    Decimal('98.31')
    """
    typed = narrow(text).rstrip("。.")
    match = _PERCENT.fullmatch(typed)
    if not match:
        return Ask("ask_percent", {"text": text})
    number = Decimal(match.group(1))
    marked = "%" in typed or "百分之" in typed
    if not marked and 0 < number < 1:
        return Ask("ask_percent_fraction", {"text": text, "percent": number * 100})
    return Got(Percent(number))


def read_count(text: str) -> Got[Count] | Ask:
    """A whole number of things; 没有 means none.

    >>> read_count("421件").value, read_count("没有").value
    (Count(value=421), Count(value=0))
    """
    typed = narrow(text).rstrip("。.")
    if typed in _NONE:
        return Got(Count(0))
    bare = typed.rstrip("个件条项家份人次名")
    if bare in _DIGITS:
        return Got(Count(_DIGITS[bare]))
    match = _COUNT.fullmatch(typed)
    if not match:
        return Ask("ask_count", {"text": text})
    return Got(Count(int(match.group(1).replace(",", ""))))


def read_number(text: str) -> Got[Number] | Ask:
    """A decimal number such as a score; 满分 is left to the caller.

    >>> read_number("9.5分").value.value
    Decimal('9.5')
    """
    match = _NUMBER.fullmatch(narrow(text).rstrip("。"))
    return Got(Number(Decimal(match.group(1)))) if match else Ask("ask_number", {"text": text})
