"""More done than was planned, or done without any plan."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.checks.base import Check, Finding, Severity, View
from scoring.rules.base import FIGURES, Need


class OverPlan(Check):
    """`actual` is at most `plan`; anything done without a plan gives no points."""

    actual: str
    plan: str

    def needs(self) -> tuple[Need, ...]:
        return Need(self.actual, FIGURES), Need(self.plan, FIGURES)

    def find(self, view: View) -> Iterator[Finding]:
        actual, plan = view.figure(self.actual), view.figure(self.plan)
        if actual is None or plan is None or actual <= plan:
            return
        numbers = {
            "actual": view.values[self.actual],
            "actual_place": view.place(self.actual),
            "plan": view.values[self.plan],
            "plan_place": view.place(self.plan),
        }
        code = "over_plan" if plan else "without_plan"
        facts = (self.actual, self.plan)
        yield Finding(f"over_plan:{self.actual}", Severity.WARNING, facts, code, numbers)
