"""Amounts of money: 元, 万, 亿 and mixtures, exact."""

from __future__ import annotations

import re
from decimal import Decimal

from dialogs.understand.plain_text import narrow
from dialogs.understand.reading import Ask, Got
from scoring.values import Money

_UNITS = {"亿": "yi", "亿元": "yi", "万": "wan", "万元": "wan", "元": "yuan", "块": "yuan"}
_FACTORS = {"yi": Decimal(10**8), "wan": Decimal(10**4), "yuan": Decimal(1)}
_NOTHING = {"没有", "无", "零", "没", "无收入", "没有收入"}
_ABOUT = re.compile(r"^(?:大概|大约|约|差不多)|(?:左右|上下|多)$")
_FIGURE = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,14})(?:\.[0-9]{1,8})?"
_ONE = re.compile(rf"(-?)({_FIGURE})\s*(亿元|亿|万元|万|元|块)?(?:钱|整|人民币)?")
_MIXED = re.compile(rf"({_FIGURE})(亿|万)({_FIGURE})(万元|万|元|块)")
_LARGE_BARE = Decimal(100_000)


def read_amount(text: str, unit: str = "") -> Got[Money] | Ask:
    """An amount; a bare number is in the question's own unit if that is likely, else asked.

    >>> read_amount("27万6773.33元").value.yuan
    Decimal('276773.33')
    >>> read_amount("2,587.01", "wan").value.plain()
    '2587.01万元'
    """
    typed = narrow(text).replace(" ", "").rstrip("。.,;")
    if typed in _NOTHING:
        return Got(Money(Decimal(0), unit or "yuan"))
    about = bool(_ABOUT.search(typed))
    typed = _ABOUT.sub("", typed)
    note = "about" if about else ""
    mixed = _MIXED.fullmatch(typed)
    if mixed:
        first, high, second, low = mixed.groups()
        if _FACTORS[_UNITS[high]] <= _FACTORS[_UNITS[low]]:
            return Ask("ask_amount_two", {"text": text})
        yuan = _yuan(first, _UNITS[high]) + _yuan(second, _UNITS[low])
        return Got(Money(yuan, "yuan"), note)
    one = _ONE.fullmatch(typed)
    if not one:
        return Ask("ask_amount", {"text": text})
    sign, figure, word = one.groups()
    if sign:
        return Ask("ask_amount_negative", {"text": text})
    if word:
        return Got(Money(_yuan(figure, _UNITS[word]), _UNITS[word]), note)
    return _bare(text, figure, unit, note)


def _bare(text: str, figure: str, unit: str, note: str) -> Got[Money] | Ask:
    number = Decimal(figure.replace(",", ""))
    if number == 0:
        return Got(Money(Decimal(0), unit or "yuan"), note)
    if not unit or (unit == "wan" and number >= _LARGE_BARE):
        return Ask("ask_amount_unit", {"figure": figure})
    return Got(Money(_yuan(figure, unit), unit), note or "unit_of_question")


def _yuan(figure: str, unit: str) -> Decimal:
    return Decimal(figure.replace(",", "")) * _FACTORS[unit]
