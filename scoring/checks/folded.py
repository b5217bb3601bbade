"""Data behind a 有没有 that was answered with no."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scoring.checks.base import Check, Finding, Severity, View, figure
from scoring.questionnaire import Kind
from scoring.rules.base import Need
from scoring.values import Letters, NotApplicable, Offline, Rows, Text, Value, YesNo
from scoring.wording import written

if TYPE_CHECKING:
    from scoring.standard import Standard

SHOWN = 3


class Folded(Check):
    """Nothing was answered behind any of `gates` that is no; it would count for nothing."""

    gates: tuple[str, ...]

    def needs(self) -> tuple[Need, ...]:
        return tuple(Need(gate, frozenset({Kind.YESNO})) for gate in self.gates)

    def reads(self, standard: Standard) -> frozenset[str]:
        behind = {fact for gate in self.gates for fact in standard.behind.get(gate, ())}
        return frozenset(self.gates) | behind

    def find(self, view: View) -> Iterator[Finding]:
        for gate in self.gates:
            if view.values.get(gate) != YesNo(False):
                continue
            behind = view.standard.behind.get(gate, ())
            held = tuple(fact for fact in behind if _says_something(view, fact))
            if held:
                numbers = {
                    "gate_place": view.place(gate),
                    "held": [_held(view, fact) for fact in held[:SHOWN]],
                    "count": len(held),
                }
                facts = (gate, *held)
                yield Finding(f"folded:{gate}", Severity.WARNING, facts, "folded", numbers)


def _held(view: View, fact: str) -> str:
    return view.place(fact) + written(view.answers[fact])


def _says_something(view: View, fact: str) -> bool:
    answer = view.answers.get(fact)
    return answer is not None and answer != view.values.get(fact) and not _empty(answer)


def _empty(value: Value) -> bool:
    match value:
        case NotApplicable() | Offline() | YesNo(value=False) | Text(value=""):
            return True
        case Rows(value=()) | Letters(value=()):
            return True
    return figure(value) == 0
