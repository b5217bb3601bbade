"""What is still to be supplied, and by which office: for the contact's progress and for lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scoring.progress import gaps
from scoring.reckoning import reckoned
from scoring.standard import Standard
from scoring.values import Value


@dataclass(frozen=True)
class Remaining:
    """How far a form is, in facts that it requires; `open` are those without a whole answer, in
    the order of the questions."""

    total: int
    open: tuple[str, ...]
    offices: Mapping[str, int]
    """Who keeps open facts, with how many; the one that keeps most first."""

    @property
    def percent(self) -> int:
        """The part that is done, 0–100, rounded down: 100 means that nothing is missing."""
        done = self.total - len(self.open)
        return done * 100 // self.total if self.total else 100


def remaining(standard: Standard, answers: Mapping[str, Value]) -> Remaining:
    """What the form still needs. Facts of which it is not known yet whether they apply are not
    counted: there the answer they hang on is."""
    answers = reckoned(standard, answers)
    missing = tuple(dict.fromkeys(gap.fact for gap in gaps(standard, answers)))
    required = [
        name
        for question in standard.questions
        for name in question.facts
        if not standard.facts[name].optional and answers.applying[name]
    ]
    return Remaining(len(required), missing, _offices(standard, missing))


def _offices(standard: Standard, missing: tuple[str, ...]) -> Mapping[str, int]:
    counts: dict[str, int] = {}
    for name in missing:
        keeper = standard.facts[name].keeper
        if keeper:
            counts[keeper] = counts.get(keeper, 0) + 1
    return dict(sorted(counts.items(), key=lambda each: -each[1]))
