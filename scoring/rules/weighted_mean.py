"""The mean of the rows' own scores, weighted by amount."""

from __future__ import annotations

from decimal import Decimal

from scoring.rules.base import ZERO, Loss, Operands, Outcome, Points, Remark, Rule, unanswered
from scoring.values import Count, Money, Number, Percent, Rows


class WeightedMean(Rule):
    """Σ(weight × score) ÷ Σ weight ÷ 100 × full points.

    A row without a score counts as 0; weights that add up to nothing give the plain mean.
    No rows at all: does not apply.

    >>> rule = WeightedMean(rows="f", weight="w", score="s")
    >>> row = {"w": Money(Decimal(10)), "s": Number(Decimal(90))}
    >>> rule.evaluate(Operands({"f": Rows((row,))}, {}, {}), Decimal(10)).low
    Decimal('9')
    """

    rows: str
    weight: str
    score: str

    def facts(self) -> tuple[str, ...]:
        return (self.rows,)

    def evaluate(self, operands: Operands, maximum: Decimal) -> Outcome:
        rows = operands.rows(self.rows)
        if rows is None:
            return unanswered(maximum)
        if not rows.value:
            return Outcome(Points.NOT_APPLICABLE, ZERO, ZERO, (Remark("no_rows"),))
        mean = self._mean(rows)
        points = maximum * mean / 100
        numbers = {"rows": len(rows.value), "mean": mean, "maximum": maximum, "points": points}
        losses = (Loss(maximum - points, "mean", numbers),) if points < maximum else ()
        remarks = (Remark("mean", numbers),)
        return Outcome(Points.SCORED, points, points, remarks, losses, mean / 100)

    def _mean(self, rows: Rows) -> Decimal:
        scores = [_figure(row.get(self.score)) for row in rows.value]
        weights = [_figure(row.get(self.weight)) for row in rows.value]
        total = sum(weights, ZERO)
        if total == 0:
            return sum(scores, ZERO) / len(scores)
        return sum((w * s for w, s in zip(weights, scores, strict=True)), ZERO) / total


def _figure(cell: object) -> Decimal:
    match cell:
        case Money(yuan=number) | Number(value=number) | Percent(value=number):
            return number
        case Count(value=count):
            return Decimal(count)
    return ZERO
