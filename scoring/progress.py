"""What the report still needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from scoring.engine import score
from scoring.questionnaire import Fact
from scoring.reckoning import reckoned
from scoring.standard import Standard
from scoring.values import Rows, Text, Value

_BLANK = (None, Text(""))


@dataclass(frozen=True)
class Gap:
    """Something that is missing: a fact, or one cell of it (`row` counts from 0)."""

    fact: str
    row: int | None = None
    column: str | None = None


def gaps(standard: Standard, answers: Mapping[str, Value]) -> tuple[Gap, ...]:
    """Everything that the report still needs, in the order of the questions.

    Facts that may be left out are no gaps, nor are facts of which it is not known yet whether
    they apply: there the gap is the answer they hang on.
    """
    applying = reckoned(standard, answers).applying
    found: list[Gap] = []
    for question in standard.questions:
        for name in question.facts:
            fact = standard.facts[name]
            if not fact.optional and applying[name]:
                found += _fact_gaps(name, fact, answers.get(name))
    return tuple(found)


def complete(standard: Standard, answers: Mapping[str, Value]) -> bool:
    """Whether nothing is missing: no gap, and no score that waits for an answer."""
    return score(standard, answers).settled and not gaps(standard, answers)


def _fact_gaps(name: str, fact: Fact, answer: Value | None) -> Iterator[Gap]:
    if answer in _BLANK:
        yield Gap(name)
    elif isinstance(answer, Rows):
        if len(answer.value) < fact.min_rows:
            yield Gap(name)
        for number, row in enumerate(answer.value):
            for column, spec in fact.columns.items():
                if not spec.optional and row.get(column) in _BLANK:
                    yield Gap(name, number, column)
