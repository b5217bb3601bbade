"""What the report still needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from scoring.conditions import applies
from scoring.questionnaire import Fact
from scoring.sheet import ScoreSheet
from scoring.standard import Standard
from scoring.values import Rows, Text, Value

_BLANK = (None, Text(""))


@dataclass(frozen=True)
class Gap:
    """Something that is missing: a fact, or one cell of it (`row` counts from 0)."""

    fact: str
    row: int | None = None
    column: str | None = None


def gaps(standard: Standard, answers: Mapping[str, Value], sheet: ScoreSheet) -> tuple[Gap, ...]:
    """Everything that the report still needs, in the order of the questions.

    Facts that may be left out are no gaps, nor are facts of which it is not known yet whether
    they apply: there the gap is the answer they hang on.
    """
    values = standard.effective(answers)
    found: list[Gap] = []
    for question in standard.questions:
        for name in question.facts:
            fact = standard.facts[name]
            if not fact.optional and applies(fact, values, standard.facts, sheet):
                found += _fact_gaps(name, fact, answers.get(name))
    return tuple(found)


def complete(standard: Standard, answers: Mapping[str, Value], sheet: ScoreSheet) -> bool:
    """Whether nothing is missing: no gap, and no score that waits for an answer."""
    return sheet.settled and not gaps(standard, answers, sheet)


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
