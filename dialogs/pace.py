"""How long the rest of a form takes: usual times by kind of question, and a person's own pace."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import pairwise

from dialogs.agenda import form_of
from scoring.questionnaire import Fact, Form, Question

USUAL = {
    Form.YESNO: 20,
    Form.PICK: 60,
    Form.CHECKLIST: 60,
    Form.FIELDS: 30,
    Form.TEXT: 180,
    Form.ROWS: 240,
}
"""Seconds that a question of this kind takes somebody who has the figures at hand; of fields,
each of its facts."""
PAUSE = timedelta(minutes=10)
"""A longer gap between two answers is a break, or a search for a figure, and no pace."""
ENOUGH = 5
"""So many answers show a pace; before that it is the usual one."""
SLOWEST, FASTEST = Fraction(4), Fraction(1, 4)
_STEP = 5
_EXACT = 10


@dataclass(frozen=True)
class Answered:
    """A message that answered questions, and when."""

    questions: tuple[Question, ...]
    at: datetime


def usual_seconds(question: Question, facts: Mapping[str, Fact]) -> int:
    """How long a question takes as a rule."""
    form = form_of(question, facts)
    return USUAL[form] * (len(question.facts) if form is Form.FIELDS else 1)


def pace(answered: Sequence[Answered], facts: Mapping[str, Fact]) -> Fraction | None:
    """How long somebody takes compared with the usual time; None where too little is known.

    What is counted are the times between two answers without a break between them.
    """
    spent = usual = count = 0
    for before, after in pairwise(answered):
        gap = after.at - before.at
        if timedelta() < gap <= PAUSE:
            spent += int(gap.total_seconds())
            usual += sum(usual_seconds(question, facts) for question in after.questions)
            count += 1
    if count < ENOUGH or not usual:
        return None
    return min(max(Fraction(spent, usual), FASTEST), SLOWEST)


def minutes(
    questions: Iterable[Question], facts: Mapping[str, Fact], own: Fraction | None = None
) -> int:
    """How many minutes these questions take at a pace (the usual one by default), at least 1;
    above ten in steps of five."""
    seconds = sum(usual_seconds(question, facts) for question in questions) * (own or 1)
    exact = max(1, -int(-seconds // 60))
    return exact if exact <= _EXACT else -(-exact // _STEP) * _STEP
