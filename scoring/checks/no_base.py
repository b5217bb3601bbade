"""A rate that cannot be computed, because what it is measured against is zero."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.checks.base import Check, Finding, Severity, View
from scoring.rules.base import FIGURES, Need


class NoBase(Check):
    """`base` is not zero while `figure` is something."""

    figure: str
    base: str

    def needs(self) -> tuple[Need, ...]:
        return Need(self.figure, FIGURES), Need(self.base, FIGURES)

    def find(self, view: View) -> Iterator[Finding]:
        given, base = view.figure(self.figure), view.figure(self.base)
        if not given or base != 0:
            return
        numbers = {
            "figure": view.values[self.figure],
            "figure_place": view.place(self.figure),
            "base": view.values[self.base],
            "base_place": view.place(self.base),
        }
        facts = (self.base, self.figure)
        yield Finding(f"no_base:{self.base}", Severity.WARNING, facts, "no_base", numbers)
