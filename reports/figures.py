"""Amounts in 万元, changes and days as they are printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from reports.shown import Amount
from reports.wording import say
from scoring.values import CENT

_WAN = Decimal(10000)


def in_wan(amount: Amount) -> str:
    """An amount in 万元 with two decimals, half up: the way final accounts print it."""
    return _printed(_wan(amount.yuan))


@dataclass(frozen=True)
class Change:
    """A change in words: the code of the sentence, the amount in 万元, the rate in percent."""

    word: str
    amount: str
    rate: str


def change(now: Decimal, before: Decimal) -> Change:
    """How `now` changed against `before` (both in 元).

    The amount is the difference of the two printed amounts, so that the reader's own subtraction
    agrees; the rate is computed from the exact ones. On a base of zero there is no rate.

    >>> change(Decimal("25870100"), Decimal("74556900")).rate
    '65.30%'
    """
    difference = _wan(now) - _wan(before)
    amount = _printed(abs(difference))
    if difference == 0:
        return Change("same" if now == before else "nearly_same", amount, "")
    if before == 0:
        return Change("rise_from_zero", amount, "")
    rate = abs(now - before) / abs(before) * 100
    return Change("rise" if difference > 0 else "fall", amount, f"{_rate(rate)}%")


def on_day(day: date) -> str:
    """A day as official papers write it, month and day without a leading zero."""
    return say("day", year=day.year, month=day.month, day=day.day)


def _wan(yuan: Decimal) -> Decimal:
    return _cents(yuan / _WAN)


def _cents(number: Decimal) -> Decimal:
    return number.quantize(CENT, ROUND_HALF_UP)


def _printed(wan: Decimal) -> str:
    return say("wan", amount=wan if wan else 0)


def _rate(percent: Decimal) -> str:
    """Two decimals, none where the rate is whole: 65.30, 100."""
    return f"{_cents(percent)}" if percent % 1 else f"{percent:.0f}"
