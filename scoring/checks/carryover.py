"""Money carried over that does not follow from what came in and went out."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.checks.base import Check, Finding, Severity, View
from scoring.checks.total import MONEY, tolerance, unit_of
from scoring.rules.base import Need
from scoring.values import Money


class Carryover(Check):
    """年初结转 + 收入 − 支出 = 年末结转, within 0.01 万元 for each part typed in 万元."""

    opening: str
    income: str
    expenditure: str
    closing: str

    def needs(self) -> tuple[Need, ...]:
        return tuple(Need(fact, MONEY) for fact in self._facts())

    def _facts(self) -> tuple[str, ...]:
        return self.closing, self.opening, self.income, self.expenditure

    def find(self, view: View) -> Iterator[Finding]:
        closing, opening, income, expenditure = (view.figure(fact) for fact in self._facts())
        if closing is None or opening is None or income is None or expenditure is None:
            return
        expected = opening + income - expenditure
        difference = closing - expected
        parts = (self.opening, self.income, self.expenditure)
        if abs(difference) <= tolerance(view.values[fact] for fact in parts):
            return
        unit = unit_of(view.values[self.closing])
        names = ("closing", "opening", "income", "expenditure")
        numbers: dict[str, object] = {
            "expected": Money(expected, unit),
            "difference": Money(abs(difference), unit),
        }
        for name, fact in zip(names, self._facts(), strict=True):
            numbers |= {name: view.values[fact], f"{name}_place": view.place(fact)}
        key = f"carryover:{self.closing}"
        yield Finding(key, Severity.BLOCKER, self._facts(), "carryover", numbers)
