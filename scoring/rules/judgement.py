"""Points that the department judges itself, with a reason where they are not full."""

from __future__ import annotations

from decimal import Decimal

from scoring.questionnaire import Kind
from scoring.rules.aims import Aim, Reached
from scoring.rules.base import (
    FIGURES,
    ZERO,
    Loss,
    Need,
    Operands,
    Outcome,
    Points,
    Remark,
    Rule,
    unanswered,
)
from scoring.values import Text, round_points


class Judgement(Rule):
    """The department's own score, from 0 to the full points.

    Below the full points a written reason is required: until it is there nothing is certain.

    >>> rule = Judgement(score="s", reason="r")
    >>> from scoring.values import Number
    >>> rule.evaluate(Operands({"s": Number(Decimal(9))}, {}, {}), Decimal(10)).state
    <Points.OPEN: 'open'>
    """

    score: str
    reason: str

    def needs(self) -> tuple[Need, ...]:
        return Need(self.score, FIGURES), Need(self.reason, frozenset({Kind.TEXT}))

    def skips_absent(self) -> bool:
        return True

    def reached(self, operands: Operands, maximum: Decimal, aim: Aim) -> Reached | None:
        """Full points are the department's own full score."""
        best = operands.figure(self.score, maximum) if aim.percent is None else None
        return None if best is None else Reached({self.score: best})

    def evaluate(self, operands: Operands, maximum: Decimal) -> Outcome:
        absent = operands.absent(self.score)
        if absent:
            remark = Remark("not_applicable", {"reason": absent.reason})
            return Outcome(Points.NOT_APPLICABLE, ZERO, ZERO, (remark,))
        given = operands.number(self.score)
        if given is None:
            return unanswered(maximum)
        points = round_points(min(max(given, ZERO), maximum))
        reason = operands.values.get(self.reason)
        written = isinstance(reason, Text) and reason.value.strip()
        if points < maximum and not written:
            return Outcome(Points.OPEN, ZERO, points)
        numbers = {"points": points, "maximum": maximum}
        losses = (Loss(maximum - points, "judged", numbers),) if points < maximum else ()
        return Outcome(Points.SCORED, points, points, (Remark("judged", numbers),), losses)
