"""Points for each criterion that is met."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from scoring.questionnaire import Kind
from scoring.rules.aims import Aim, Reached
from scoring.rules.base import Loss, Need, Operands, Outcome, Points, Remark, Rule, unanswered
from scoring.values import Letters


class Checklist(Rule):
    """Each criterion of a checklist gives its own points, all or nothing.

    >>> rule = Checklist(fact="c", points={"A": Decimal("1.5"), "B": Decimal("1.5")})
    >>> rule.evaluate(Operands({"c": Letters(("B",))}, {}, {}), Decimal(3)).low
    Decimal('1.5')
    """

    fact: str
    points: Mapping[str, Annotated[Decimal, Field(ge=0)]]

    def needs(self) -> tuple[Need, ...]:
        return (Need(self.fact, frozenset({Kind.CHECKLIST}), (), tuple(self.points), exact=True),)

    def problems(self, maximum: Decimal) -> tuple[str, ...]:
        return () if sum(self.points.values()) == maximum else ("points_not_maximum",)

    def reached(self, operands: Operands, maximum: Decimal, aim: Aim) -> Reached | None:
        """Full points are all criteria; a rate does not say which of them."""
        if aim.percent is not None:
            return None
        return Reached({self.fact: Letters(tuple(self.points))})

    def evaluate(self, operands: Operands, maximum: Decimal) -> Outcome:
        met = operands.values.get(self.fact)
        if not isinstance(met, Letters):
            return unanswered(maximum)
        labels = operands.labels.get(self.fact, {})
        losses = tuple(
            Loss(p, "criterion_unmet", {"letter": letter, "label": labels.get(letter, letter)})
            for letter, p in self.points.items()
            if letter not in met.value
        )
        points = sum((p for letter, p in self.points.items() if letter in met.value), Decimal(0))
        numbers = {"met": len(met.value), "total": len(self.points), "points": points}
        return Outcome(Points.SCORED, points, points, (Remark("criteria_met", numbers),), losses)
