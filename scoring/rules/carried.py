"""Points that follow from the rate which another indicator reached."""

from __future__ import annotations

from decimal import Decimal

from pydantic import Field

from scoring.rules.base import (
    ZERO,
    Loss,
    Need,
    Operands,
    Outcome,
    Points,
    Remark,
    Rule,
)
from scoring.values import round_points


class Carried(Rule):
    """Full points × the unrounded rate (0–1) of the indicator `from`; it follows in all else.

    >>> rule = Carried(**{"from": "X"})
    >>> other = Outcome(Points.SCORED, Decimal(9), Decimal(9), quotient=Decimal("0.9"))
    >>> rule.evaluate(Operands({}, {"X": other}, {}), Decimal(4)).low
    Decimal('3.60')
    """

    origin: str = Field(alias="from")

    def needs(self) -> tuple[Need, ...]:
        return ()

    def carries(self) -> tuple[str, ...]:
        return (self.origin,)

    def evaluate(self, operands: Operands, maximum: Decimal) -> Outcome:
        origin = operands.outcomes[self.origin]
        if origin.state is Points.NOT_APPLICABLE:
            return Outcome(Points.NOT_APPLICABLE, ZERO, ZERO, origin.remarks)
        if origin.quotient is None:
            return self._open(origin, maximum)
        points = round_points(maximum * origin.quotient)
        numbers = {
            "origin": self.origin,
            "percent": origin.quotient * 100,
            "maximum": maximum,
            "points": points,
        }
        losses = (Loss(maximum - points, "carried", numbers),) if points < maximum else ()
        return Outcome(Points.SCORED, points, points, (Remark("carried", numbers),), losses)

    def _open(self, origin: Outcome, maximum: Decimal) -> Outcome:
        """What can still be reached while the origin is open or settled on paper."""
        low, high = origin.reach or (ZERO, Decimal(1))
        remarks = (Remark("offline"),) if origin.state is Points.OFFLINE else ()
        reach = (round_points(maximum * low), round_points(maximum * high))
        return Outcome(origin.state, *reach, remarks)
