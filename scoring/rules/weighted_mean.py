"""The mean of the rows' own scores, weighted by amount."""

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
from scoring.values import Count, Money, Number, Offline, Percent, Rows, round_points

FULL = Decimal(100)
_WEIGHED = (Money, Number, Percent, Count)


class WeightedMean(Rule):
    """Σ(weight × score) ÷ Σ weight ÷ 100 × full points.

    A row without a score counts as 0; weights that add up to nothing give the plain mean.
    No rows at all: does not apply. A weight that is missing leaves the mean between bounds, and
    so does a weight or score on paper.

    >>> rule = WeightedMean(rows="f", weight="w", score="s")
    >>> row = {"w": Money(Decimal(10)), "s": Number(Decimal(90))}
    >>> rule.evaluate(Operands({"f": Rows((row,))}, {}, {}), Decimal(10)).low
    Decimal('9.00')
    """

    rows: str
    weight: str
    score: str

    def needs(self) -> tuple[Need, ...]:
        columns = ((self.weight, FIGURES), (self.score, FIGURES))
        return (Need(self.rows, frozenset({Kind.ROWS}), columns),)

    def reached(self, operands: Operands, maximum: Decimal, aim: Aim) -> Reached | None:
        """Full points are 100 for every row; any other mean is told only where there is one row."""
        rows = operands.rows(self.rows)
        if rows is None or (aim.percent is not None and len(rows.value) > 1):
            return None
        score = Number(FULL if aim.percent is None else aim.percent)
        return Reached({self.rows: Rows(tuple({**row, self.score: score} for row in rows.value))})

    def evaluate(self, operands: Operands, maximum: Decimal) -> Outcome:
        rows = operands.rows(self.rows)
        if rows is None:
            return unanswered(maximum)
        if not rows.value:
            return Outcome(Points.NOT_APPLICABLE, ZERO, ZERO, (Remark("no_rows"),))
        low, high = self._mean(rows, ZERO), self._mean(rows, FULL)
        if any(row.get(self.weight) is None for row in rows.value):
            return Outcome(Points.OPEN, maximum * low / FULL, maximum * high / FULL)
        if low != high:
            bounds = maximum * low / FULL, maximum * high / FULL
            return Outcome(Points.OFFLINE, *bounds, (Remark("offline"),))
        points = round_points(maximum * low / FULL)
        numbers = {"rows": len(rows.value), "mean": low, "maximum": maximum, "points": points}
        losses = (Loss(maximum - points, "mean", numbers),) if points < maximum else ()
        return Outcome(
            Points.SCORED, points, points, (Remark("mean", numbers),), losses, low / FULL
        )

    def _mean(self, rows: Rows, on_paper: Decimal) -> Decimal:
        """The lowest mean there can be, or the highest: `on_paper` (0 or 100) is what scores
        handed in on paper count as.
        """
        scores = [_figure(row.get(self.score), on_paper) for row in rows.value]
        sure = [isinstance(row.get(self.weight), _WEIGHED) for row in rows.value]
        weights = [_figure(row.get(self.weight), ZERO) for row in rows.value]
        total = sum(weights, ZERO)
        products = (w * s for w, s in zip(weights, scores, strict=True))
        mean = sum(products, ZERO) / total if total else sum(scores, ZERO) / len(scores)
        # An unknown weight pulls the mean towards the score of its row, as far as it likes.
        pulled = [mean, *(s for s, w in zip(scores, sure, strict=True) if not w)]
        return max(pulled) if on_paper else min(pulled)


def _figure(cell: object, on_paper: Decimal) -> Decimal:
    match cell:
        case Money(yuan=number) | Number(value=number) | Percent(value=number):
            return number
        case Count(value=count):
            return Decimal(count)
        case Offline():
            return on_paper
    return ZERO
