"""Shares of an amount that do not add up to it."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.checks.base import Check, Finding, Severity, View, figure, row_key
from scoring.checks.total import MONEY, tolerance
from scoring.questionnaire import Kind
from scoring.rules.base import ZERO, Need
from scoring.values import Money


class Shares(Check):
    """The columns `shares` of a row add up to its `amount`; while some are missing, to no more.

    An amount that equals one share is meant too: the row is that level's part of a fund.
    """

    rows: str
    amount: str
    name: str
    shares: tuple[str, ...]

    def needs(self) -> tuple[Need, ...]:
        columns = tuple((column, MONEY) for column in (self.amount, *self.shares))
        text = (self.name, frozenset({Kind.TEXT}))
        return (Need(self.rows, frozenset({Kind.ROWS}), (*columns, text)),)

    def find(self, view: View) -> Iterator[Finding]:
        for number, row in enumerate(view.rows(self.rows)):
            amount = row.get(self.amount)
            given = [cell for c in self.shares if isinstance(cell := row.get(c), Money)]
            if not isinstance(amount, Money) or not given:
                continue
            total, near = sum((cell.yuan for cell in given), ZERO), tolerance(given)
            short = total < amount.yuan - near and len(given) == len(self.shares)
            part = any(figure(cell) == amount.yuan for cell in given)
            if part or not (short or total > amount.yuan + near):
                continue
            numbers = {
                "place": view.cell(self.rows, number, self.amount),
                "name": row.get(self.name, ""),
                "amount": amount,
                "shares": given,
                "sum": Money(total, amount.unit),
            }
            key = f"shares:{self.rows}:{row_key(row, self.name, number)}"
            yield Finding(key, Severity.WARNING, (self.rows,), "shares", numbers)
