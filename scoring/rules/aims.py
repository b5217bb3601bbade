"""What an indicator is supposed to reach, and the answers with which it would."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from scoring.questionnaire import Kind
from scoring.values import Count, Money, Number, Percent, Value

FULL_RATE = Decimal(100)
_WAN = Decimal(10000)


@dataclass(frozen=True)
class Aim:
    """Full points, or a rate of `percent` (0–100 and beyond) where the rule has one.

    Of a rule's parts only those count that read one of the facts in `only`; empty means all.
    """

    percent: Decimal | None = None
    only: frozenset[str] = frozenset()

    def covers(self, facts: Iterable[str]) -> bool:
        """Whether a part that reads these facts is meant."""
        return not self.only or bool(self.only & set(facts))


@dataclass(frozen=True)
class Reached:
    """The answers that change, by fact; none where the aim is reached already.

    `made_up` are figures of which the score needs only the ratio: nobody said how big they are.
    `codes` are the indicators that are spoken of.
    """

    values: Mapping[str, Value] = field(default_factory=dict)
    made_up: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()

    def and_(self, other: Reached) -> Reached:
        """Both together."""
        made_up, codes = self.made_up | other.made_up, self.codes | other.codes
        return Reached({**self.values, **other.values}, made_up, codes)


def figure_like(example: Value | None, kind: Kind | None, number: Decimal) -> Value | None:
    """`number` (money in 元) as a value of the example's type and unit, or of a fact's type
    where there is no example; None for a count that would not be whole.

    >>> figure_like(Money(Decimal(1), "wan"), None, Decimal(20000)).plain()
    '2万元'
    >>> figure_like(None, Kind.COUNT, Decimal("6.65")) is None
    True
    """
    if isinstance(example, Money) or (example is None and kind is Kind.MONEY):
        return Money(number, example.unit if isinstance(example, Money) else "wan")
    if isinstance(example, Percent) or (example is None and kind is Kind.PERCENT):
        return Percent(number)
    if isinstance(example, Count) or (example is None and kind is Kind.COUNT):
        return Count(int(number)) if number == number.to_integral_value() else None
    return Number(number)


def base_of(kind: Kind | None) -> Decimal:
    """A base to reckon a rate on where none is known: 100 of whatever it is, amounts in 万元."""
    return FULL_RATE * (_WAN if kind is Kind.MONEY else 1)
