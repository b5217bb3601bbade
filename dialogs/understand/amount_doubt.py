"""What is asked where a message holds no certain amount: why, and what may have been meant."""

from __future__ import annotations

import re
from decimal import Decimal

from dialogs.understand.doubts import doubt_of
from dialogs.understand.money import Sum, read_sum
from dialogs.understand.numerals import NUMERAL
from dialogs.understand.reading import Ask
from dialogs.understand.wrapping import Wrapped
from scoring.values import Money, decimal_text, money_units

_FOREIGN = re.compile(
    r"美元|美金|usd|\$|港币|港元|港纸|hkd|hk\$|欧元|eur|€|日元|日币|円|jpy|英镑|gbp|£|澳元|澳币|aud"
    r"|加元|加币|cad|韩元|韩币|krw|₩|法郎|chf|卢布|rub|台币|twd|新元|新币|新加坡元|sgd|泰铢|thb|外币"
    r"|外汇|澳门元|mop|越南盾|卢比|[0-9万千百](?:刀|镑)|比特币"
)
_OTHER_KIND = re.compile(
    r"%|‰|百分|[0-9一二三四五六七八九](?:成|年|月|日|号|周|个|件|项|家|人|条|次|份|吨|亩)|第[0-9一二三]"
)
_TELEPHONE = re.compile(r"(?<![0-9])(?:1[3-9][0-9]{9}|0[0-9]{2,3}-?[0-9]{7,8})(?![0-9])")
_SIZED = re.compile("[0-9一二三四五六七八九两十百千万亿]")
_PARTS = re.compile(r"\+|再?加上?")
_AMOUNT = re.compile(
    rf"[{NUMERAL}]+(?:元|块)?(?:[0-9一二三四五六七八九]角)?(?:零?[0-9一二三四五六七八九]分)?"
)


def doubt(text: str, typed: Wrapped) -> Ask:
    """What is asked about a text that is no amount as it stands.

    >>> from dialogs.understand.wrapping import unwrap
    >>> asked = doubt("应该是98万吧", unwrap("应该是98万吧"))
    >>> asked.code, asked.numbers["amount"].plain()
    ('ask_amount_hedged', '98万元')
    >>> doubt("很多钱", unwrap("很多钱")).code, doubt("98美元", unwrap("98美元")).code
    ('ask_amount', 'ask_amount_currency')
    """
    # 一两个亿 is an amount, however vague.
    whole = typed.whole.replace("个亿", "亿")
    if not _SIZED.search(whole):
        return Ask("ask_amount", {"text": text})
    if _FOREIGN.search(whole.lower()):
        return Ask("ask_amount_currency", {"text": text})
    if _OTHER_KIND.search(whole) or _TELEPHONE.search(whole):
        return Ask("ask_amount", {"text": text})
    found, reason = amounts(whole), doubt_of(typed)
    if reason in ("negative", "two"):
        return Ask(f"ask_amount_{reason}", {"text": text})
    if reason == "exact":
        return Ask("ask_amount_vague", {"text": text})
    if reason == "range":
        return Ask("ask_figure_range", {"text": text})
    if reason == "sum":
        return _added(text, typed)
    if len(found) > 1:
        return Ask("ask_amount_two", {"text": text})
    if not found:
        return Ask("ask_amount", {"text": text})
    return _perhaps(text, found[0], hedged=reason == "hedged")


def _perhaps(text: str, found: Sum, hedged: bool) -> Ask:
    """The one amount in a text, to be confirmed; what stands around it is not understood."""
    if not found.unit:
        return which_unit(text, found.value) if hedged else Ask("ask_amount", {"text": text})
    return Ask("ask_amount_hedged", {"text": text, "amount": Money(found.value, found.unit)})


def _added(text: str, typed: Wrapped) -> Ask:
    parts = [read_sum(part) for part in _PARTS.split(typed.core)]
    whole = [part for part in parts if part and part.unit]
    if len(whole) < 2 or len(whole) < len(parts):
        return Ask("ask_figure_sum", {"text": text})
    units = {part.unit for part in whole}
    total = Money(
        sum((p.value for p in whole), Decimal(0)), min(units) if len(units) == 1 else "yuan"
    )
    return Ask("ask_amount_sum", {"text": text, "amount": total})


def which_unit(text: str, number: Decimal) -> Ask:
    """What is asked about a number without a unit; the likelier unit first."""
    units = money_units()
    likely = ("wan", "yuan") if number < units["wan"].factor else ("yuan", "wan")
    first, second = (decimal_text(number) + units[unit].label for unit in likely)
    return Ask("ask_amount_unit", {"text": text, "figure": text, "first": first, "second": second})


def amounts(whole: str) -> list[Sum]:
    """The amounts that stand in a text, bare numbers among them."""
    spans = (match[0].rstrip(",.点").lstrip(",") for match in _AMOUNT.finditer(whole))
    found = [read_sum(span) for span in spans if len(span) > 1 or span.isdigit()]
    return [each for each in found if each]
