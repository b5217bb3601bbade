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

    Parts that do not apply give their full points as long as another part applies; when none
    does, the whole indicator does not apply and the policy of the standard decides.
    """
    remarks = tuple(p.remark for p in parts if p.remark)
    if all(p.state is Points.NOT_APPLICABLE for p in parts):
        return Outcome(Points.NOT_APPLICABLE, ZERO, ZERO, remarks)
    bounds = [_granted(p) for p in parts]
    low = sum((b[0] for b in bounds), ZERO)
    high = min(maximum, sum((b[1] for b in bounds), ZERO))
    losses = tuple(p.loss for p in parts if p.loss)
    is_open = any(p.state is Points.OPEN for p in parts)
    state = Points.OPEN if is_open else Points.SCORED
    return Outcome(state, low, high, remarks, losses)


def _granted(part: Part) -> tuple[Decimal, Decimal]:
    if part.state is Points.NOT_APPLICABLE:
        return part.points, part.points
    return part.low, part.high
