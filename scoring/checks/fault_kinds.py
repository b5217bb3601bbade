"""Kinds of fault that do not fit the number of faults."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.checks.base import Check, Finding, Severity, View
from scoring.questionnaire import Kind
from scoring.rules.base import Need
from scoring.values import Count, Letters


class FaultKinds(Check):
    """At least one and at most `count` of `kinds` are ticked when there are faults, else none."""

    kinds: str
    count: str

    def needs(self) -> tuple[Need, ...]:
        return (
            Need(self.kinds, frozenset({Kind.CHECKLIST})),
            Need(self.count, frozenset({Kind.COUNT})),
        )

    def find(self, view: View) -> Iterator[Finding]:
        # The answer as given: where there are no faults, the kinds do not count any more.
        kinds, count = view.answers.get(self.kinds), view.values.get(self.count)
        if not isinstance(kinds, Letters) or not isinstance(count, Count):
            return
        ticked = len(kinds.value)
        if min(1, count.value) <= ticked <= count.value:
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
