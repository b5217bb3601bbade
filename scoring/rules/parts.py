"""Outcomes of rules that are made of parts with points of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from scoring.rules.base import ZERO, Loss, Outcome, Points, Remark


@dataclass(frozen=True)
class Part:
    """One part: its full points, its bounds, what is said of it, what it lost."""

    points: Decimal
    state: Points
    low: Decimal = ZERO
    high: Decimal = ZERO
    remark: Remark | None = None
    loss: Loss | None = None


def combine(parts: Sequence[Part], maximum: Decimal) -> Outcome:
    """The outcome of all parts together.

    Parts that do not apply give their full points once another part surely applies; when none
    does, the whole indicator does not apply and the policy of the standard decides.
    """
    remarks = tuple(part.remark for part in parts if part.remark)
    states = {part.state for part in parts}
    if states == {Points.NOT_APPLICABLE}:
        return Outcome(Points.NOT_APPLICABLE, ZERO, ZERO, remarks)
    certain = Points.SCORED in states
    low = sum((_granted(part, part.low, certain) for part in parts), ZERO)
    high = sum((_granted(part, part.high, True) for part in parts), ZERO)
    losses = tuple(part.loss for part in parts if part.loss)
    return Outcome(_joint(states), low, min(maximum, high), remarks, losses)


def _granted(part: Part, points: Decimal, certain: bool) -> Decimal:
    if part.state is Points.NOT_APPLICABLE:
        return part.points if certain else ZERO
    return points


def _joint(states: set[Points]) -> Points:
    for state in (Points.OPEN, Points.OFFLINE):
        if state in states:
            return state
    return Points.SCORED
