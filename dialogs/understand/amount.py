"""Amounts of money: 元, 万, 亿, 角 and 分, in figures, in characters and in mixtures, exact.

Only what is certain is read here; `amount_doubt` finds the words for everything else.
"""

from __future__ import annotations

import re
from decimal import Decimal

from dialogs.understand.amount_doubt import doubt, which_unit
from dialogs.understand.money import AMOUNT_HEADS, AMOUNT_TAILS, Sum, is_nothing, read_sum
from dialogs.understand.reading import Ask, Got
from dialogs.understand.wrapping import unwrap
from scoring.values import Money, money_units

# From here on, and below that, a bare number is not believed to be in the unit of the question.
_TOO_MUCH = {"yuan": Decimal(10**10), "wan": Decimal(10**4), "yi": Decimal(100)}
_TOO_LITTLE = Decimal(1000)
_HUGE = Decimal(10**11)
_CENT = Decimal("0.01")
_LIKE = 20
_DAY = re.compile(r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")


def read_amount(text: str, unit: str = "", expected: Decimal | None = None) -> Got[Money] | Ask:
    """An amount in 元; a bare number is in the question's own unit if that is likely, else asked.

    `unit` is what the question named (yuan, wan, yi or nothing). `expected` is an amount in 元 of
    the size that the answer should have, such as last year's: a bare number that is like it in
    one unit only is taken where that is the question's unit, and asked about where it is not.

    >>> read_amount("27万6773.33元").value.yuan, read_amount("人民币贰拾柒万元整").value.yuan
    (Decimal('276773.33'), Decimal('270000'))
    >>> read_amount("2,587.01", "wan").value.plain(), read_amount("2,587.01", "wan").note
    ('2587.01万元', 'unit_of_question')
    >>> read_amount("98万多").code, read_amount("98.31").code, read_amount("-5万").code
    ('ask_amount_vague', 'ask_amount_unit', 'ask_amount_negative')
    """
    typed = unwrap(text, AMOUNT_HEADS, AMOUNT_TAILS)
    if typed is None:
        return Ask("ask_amount", {"text": text})
    if is_nothing(typed.core):
        return Got(Money(Decimal(0), unit or "yuan"))
    found = read_sum(typed.core)
    if found is None:
        return doubt(text, typed)
    taken = _in_unit(found, unit, expected, typed.core)
    if taken is None:
        # So many 元 are a number to call.
        is_amount = found.value < _TOO_MUCH["yuan"]
        return which_unit(text, found.value) if is_amount else Ask("ask_amount", {"text": text})
    if taken.yuan > _HUGE:
        return Ask("ask_amount_huge", {"text": text})
    if taken.yuan % _CENT:
        return Ask("ask_amount_fine", {"text": text})
    is_bare = found.value and not found.unit
    notes = ("about" if typed.about else "", "unit_of_question" if is_bare else "")
    return Got(taken, "_".join(note for note in notes if note))


def _in_unit(found: Sum, unit: str, expected: Decimal | None, core: str) -> Money | None:
    """The amount in 元; None where it may as well be in another unit."""
    if not found.value:
        return Money(found.value, found.unit or unit or "yuan")
    if found.is_signed:
        least = _TOO_MUCH["wan"] if unit == "wan" else _TOO_LITTLE
        return Money(found.value, "yuan") if found.value >= least else None
    if found.unit:
        return Money(found.value, found.unit)
    # 三千五 is how one speaks of 元.
    if not unit or (found.loose and unit != "yuan") or _DAY.fullmatch(core):
        return None
    money = Money(found.value * money_units()[unit].factor, unit)
    return money if _is_likely(found.value, unit, expected) and not money.yuan % _CENT else None


def _is_likely(number: Decimal, unit: str, expected: Decimal | None) -> bool:
    """Whether a bare number is in the unit of the question: by what is expected, if that tells,
    else by its size alone."""
    if expected:
        like = {u: _is_like(number * money_units()[u].factor, expected) for u in ("yuan", "wan")}
        like[unit] = _is_like(number * money_units()[unit].factor, expected)
        others = any(fits for other, fits in like.items() if other != unit)
        if like[unit] != others:
            return like[unit]
    if unit == "yuan" and number < _TOO_LITTLE:
        return False
    return number < _TOO_MUCH[unit]


def _is_like(amount: Decimal, expected: Decimal) -> bool:
    return expected <= amount * _LIKE and amount <= expected * _LIKE
