"""Kinds of fault that do not fit the number of faults."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.checks.base import Check, Finding, Severity, View
from scoring.questionnaire import Kind
from scoring.rules.base import Need
from scoring.values import Count, Letters


class FaultKinds(Check):
    """At least one and at most `count` of `kinds` are ticked when there are faults."""

    kinds: str
    count: str

    def needs(self) -> tuple[Need, ...]:
        return (
            Need(self.kinds, frozenset({Kind.CHECKLIST})),
            Need(self.count, frozenset({Kind.COUNT})),
        )

    def find(self, view: View) -> Iterator[Finding]:
        kinds, count = view.values.get(self.kinds), view.values.get(self.count)
        if not isinstance(kinds, Letters) or not isinstance(count, Count) or not count.value:
            return
        ticked = len(kinds.value)
        if 1 <= ticked <= count.value:
            return
        numbers = {
            "kinds": ticked,
            "kinds_place": view.place(self.kinds),
            "count": count,
            "count_place": view.place(self.count),
        }
        code = "too_many_kinds" if ticked else "no_kinds"
        facts = (self.kinds, self.count)
        yield Finding(f"fault_kinds:{self.kinds}", Severity.WARNING, facts, code, numbers)
