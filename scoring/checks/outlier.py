"""Amounts a thousand times smaller or larger than their like: 元 and 万元 mixed up."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from statistics import median_high, median_low

from scoring.checks.base import Check, Finding, Severity, View, figure, row_key
from scoring.questionnaire import Kind
from scoring.rules.base import Need
from scoring.values import Money

MONEY = frozenset({Kind.MONEY})
SLIP = 10_000  # from 元 to 万元


class Outlier(Check):
    """The amounts of a table lie within `factor` of the median of the others, and above `floor`.

    `floor` is in 元. An amount of exactly zero is meant.
    """

    rows: str
    amount: str
    name: str
    factor: Decimal = Decimal(1000)
    floor: Decimal = Decimal(1000)

    def needs(self) -> tuple[Need, ...]:
        columns = ((self.amount, MONEY), (self.name, frozenset({Kind.TEXT})))
        return (Need(self.rows, frozenset({Kind.ROWS}), columns),)

    def find(self, view: View) -> Iterator[Finding]:
        rows = view.rows(self.rows)
        amounts = [figure(row.get(self.amount)) for row in rows]
        for number, amount in enumerate(amounts):
            others = [a for n, a in enumerate(amounts) if n != number and a]
            if amount:
                yield from self._compared(view, number, amount, others)

    def _compared(
        self, view: View, number: int, amount: Decimal, others: list[Decimal]
    ) -> Iterator[Finding]:
        # Of an even number the middle one on the safe side: one wild amount among few must not
        # make the others look wrong.
        low = median_low(others) if others else None
        if amount < self.floor or (low is not None and amount * self.factor < low):
            yield self._finding(view, number, Money(amount * SLIP, "wan"), low)
        # One other amount is not enough to say that this one is too large.
        elif len(others) > 1 and amount > (high := median_high(others)) * self.factor:
            yield self._finding(view, number, Money(amount / SLIP, "yuan"), high)

    def _finding(self, view: View, number: int, likely: Money, middle: Decimal | None) -> Finding:
        row = view.rows(self.rows)[number]
        numbers = {
            "place": view.cell(self.rows, number, self.amount),
            "name": row.get(self.name, ""),
            "amount": row[self.amount],
            "likely": likely,
            "middle": Money(middle or Decimal(0), "wan"),
        }
        code = "outlier" if middle is not None else "tiny_amount"
        key = f"outlier:{self.rows}:{row_key(row, self.name, number)}"
        return Finding(key, Severity.WARNING, (self.rows,), code, numbers)
