"""The sum of figures of one kind: what units below a department have given, added up."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from scoring.values import Count, Money, Value


def total(values: Sequence[Value]) -> Money | Count:
    """The sum; amounts in the unit of the first. Raises TypeError for nothing at all and for
    anything that can't be added.

    >>> total([Money(Decimal(1000000), "wan"), Money(Decimal(5000))]).plain()
    '100.5万元'
    """
    money = [value for value in values if isinstance(value, Money)]
    counts = [value for value in values if isinstance(value, Count)]
    if values and len(money) == len(values):
        return Money(sum((m.yuan for m in money), Decimal(0)), money[0].unit)
    if values and len(counts) == len(values):
        return Count(sum(c.value for c in counts))
    raise TypeError("only amounts or counts add up")
