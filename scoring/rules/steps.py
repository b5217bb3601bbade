"""Points off for every full step of a difference rate."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from pydantic import Field

from scoring.rules.aims import FULL_RATE, Aim, Reached, base_of
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


class Steps(Rule):
    """|actual − base| / base in percent; `off` points for every full `step` percent, floor 0.

    The ratio stays unrounded. A base of zero gives the full points when actual is zero too;
    otherwise the rate cannot be computed and there are no points.

    >>> rule = Steps(actual="a", base="b", step=Decimal(5), off=Decimal("0.5"))
    >>> from scoring.values import Number
    >>> values = {"a": Number(Decimal("115")), "b": Number(Decimal("100"))}
    >>> rule.evaluate(Operands(values, {}, {}), Decimal(4)).low
    Decimal('2.5')
    """

    actual: str
    base: str
    step: Decimal
    off: Decimal = Field(gt=0)

    def needs(self) -> tuple[Need, ...]:
        return Need(self.actual, FIGURES), Need(self.base, FIGURES)

    def problems(self, maximum: Decimal) -> tuple[str, ...]:
        return () if self.step > 0 else ("step_not_positive",)

    def reached(self, operands: Operands, maximum: Decimal, aim: Aim) -> Reached | None:
        """Full points are no difference at all; a rate lies on the side where the actual figure
        is now. Which side doesn't matter for the points, only for the figure."""
        actual, base = operands.number(self.actual), operands.number(self.base)
        if aim.percent is None and actual is not None and base is None:
            return _as_answer(operands, {self.base: actual})
        if base is None and actual is not None:
            return None
        known = base is not None
        base = base_of(operands.kinds.get(self.base)) if base is None else base
        off = base * (aim.percent or ZERO) / FULL_RATE
        to = base - off if actual is not None and actual < base else base + off
        figures = {self.actual: to} if known else {self.actual: to, self.base: base}
        made_up = frozenset(figures) if not known or (actual is None and off) else frozenset()
        return _as_answer(operands, figures, made_up)

    def evaluate(self, operands: Operands, maximum: Decimal) -> Outcome:
        actual, base = operands.number(self.actual), operands.number(self.base)
        if actual is None or base is None:
            return unanswered(maximum)
        numbers: dict[str, Any] = {
            "actual": operands.like(self.actual, actual),
            "base": operands.like(self.base, base),
            "step": self.step,
            "off": self.off,
        }
        if base == 0:
            return self._without_base(actual, maximum, numbers)
        difference = abs(actual - base)
        # Compared by multiplication: a quotient rounded to 28 digits could cross a step.
        steps = (difference * 100 / (abs(base) * self.step)).to_integral_value(ROUND_FLOOR)
        while steps * self.step * abs(base) > difference * 100:
            steps -= 1
        points = max(ZERO, maximum - steps * self.off)
        numbers |= {"percent": difference / abs(base) * 100, "steps": steps, "points": points}
        losses = (Loss(maximum - points, "steps", numbers),) if points < maximum else ()
        return Outcome(Points.SCORED, points, points, (Remark("steps", numbers),), losses)

    def _without_base(self, actual: Decimal, maximum: Decimal, numbers: dict[str, Any]) -> Outcome:
        if actual == 0:
            return Outcome(Points.SCORED, maximum, maximum, (Remark("both_zero", numbers),))
        loss = Loss(maximum, "base_zero", numbers)
        return Outcome(Points.SCORED, ZERO, ZERO, (Remark("base_zero", numbers),), (loss,))


def _as_answer(
    operands: Operands, figures: Mapping[str, Decimal], made_up: frozenset[str] = frozenset()
) -> Reached | None:
    values = {fact: operands.figure(fact, number) for fact, number in figures.items()}
    found = {fact: value for fact, value in values.items() if value is not None}
    return Reached(found, made_up) if len(found) == len(values) else None
