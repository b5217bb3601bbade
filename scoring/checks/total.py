"""A total that is not the sum of its parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from scoring.checks.base import Check, Finding, Severity, View
from scoring.questionnaire import Kind
from scoring.rules.base import ZERO, Need
from scoring.values import Money, Value

MONEY = frozenset({Kind.MONEY})
ROUNDED = Decimal(100)  # 0.01 万元 in 元: what one rounded part may be off


class Total(Check):
    """`total` equals the sum of `parts`, within 0.01 万元 for each part typed in 万元."""

    total: str
    parts: tuple[str, ...]

    def needs(self) -> tuple[Need, ...]:
        return tuple(Need(fact, MONEY) for fact in (self.total, *self.parts))

    def find(self, view: View) -> Iterator[Finding]:
        total, parts = view.figure(self.total), [view.figure(fact) for fact in self.parts]
        known = [part for part in parts if part is not None]
        if total is None or len(known) < len(parts):
            return
        difference = total - sum(known, ZERO)
        if abs(difference) <= tolerance(view.values[fact] for fact in self.parts):
            return
        unit = unit_of(view.values[self.total])
        numbers = {
            "total_place": view.place(self.total),
            "total": view.values[self.total],
            "parts": [_part(view, fact) for fact in self.parts],
            "sum": Money(sum(known, ZERO), unit),
            "difference": Money(abs(difference), unit),
        }
        facts = (self.total, *self.parts)
        yield Finding(f"total:{self.total}", Severity.BLOCKER, facts, "total", numbers)


def _part(view: View, fact: str) -> str:
    value = view.values[fact].plain()
    return f"{view.place(fact)}{value}"


def unit_of(value: Value) -> str:
    """The unit in which an amount was typed."""
    return value.unit if isinstance(value, Money) else "yuan"


def tolerance(parts: Iterable[Value]) -> Decimal:
    """What the sum of these amounts may be off, in 元: only rounded amounts can be."""
    rounded = [p for p in parts if isinstance(p, Money) and p.unit != "yuan" and p.yuan]
    return ROUNDED * len(rounded)
