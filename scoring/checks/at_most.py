"""A figure that is larger than the one it is a part of."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from pydantic import model_validator

from scoring.checks.base import Check, Finding, Severity, View
from scoring.questionnaire import Kind
from scoring.rules.base import FIGURES, Need
from scoring.values import Count


class AtMost(Check):
    """`less` is at most `more`, or at most the number of rows of `rows`."""

    less: str
    more: str = ""
    rows: str = ""
    severity: Severity = Severity.BLOCKER

    @model_validator(mode="after")
    def _one_bound(self) -> AtMost:
        if bool(self.more) == bool(self.rows):
            raise ValueError("bound_unclear")
        return self

    def needs(self) -> tuple[Need, ...]:
        bound = Need(self.more, FIGURES) if self.more else Need(self.rows, frozenset({Kind.ROWS}))
        return Need(self.less, FIGURES), bound

    def find(self, view: View) -> Iterator[Finding]:
        bound, less = self.more or self.rows, view.figure(self.less)
        rows = len(view.rows(self.rows)) if self.rows else 0
        more = Decimal(rows) if rows else view.figure(self.more)
        if less is None or more is None or less <= more:
            return
        numbers: dict[str, Any] = {
            "less_place": view.place(self.less),
            "less": view.values[self.less],
            "more_place": view.place(bound),
            "more": Count(rows) if rows else view.values[bound],
        }
        code = "more_than_rows" if rows else "more_than"
        key, facts = f"at_most:{self.less}", (self.less, bound)
        yield Finding(key, self.severity, facts, code, numbers)
