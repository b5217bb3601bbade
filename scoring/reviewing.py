"""The score sheet as finance reviewed it (核定): a department's own with some points replaced."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from scoring.outcomes import add_up
from scoring.rules.base import ZERO, Loss, Points
from scoring.sheet import NodeScore, ScoreSheet
from scoring.standard import Standard
from scoring.values import CENT

OVER, FINE, UNKNOWN = "over", "fine", "unknown"
"""What is wrong with points: outside 0..maximum, finer than 0.01, of no indicator."""


@dataclass(frozen=True)
class Change:
    """An indicator whose reviewed points are not those of the department; `own` is None where
    the department's score stands open (handed in on paper)."""

    code: str
    name: str
    maximum: Decimal
    own: Decimal | None
    points: Decimal


def fault_of(standard: Standard, code: str, points: Decimal) -> str:
    """What is wrong with these points for an indicator; "" for nothing. Points are from 0 to the
    indicator's maximum and have at most two decimals: more could not be printed as they count."""
    node = standard.nodes.get(code)
    if node is None or node.rule is None:
        return UNKNOWN
    if not points.is_finite() or not ZERO <= points <= node.max:
        return OVER
    return FINE if points != points.quantize(CENT) else ""


def reviewed(standard: Standard, sheet: ScoreSheet, points: Mapping[str, Decimal]) -> ScoreSheet:
    """The sheet with these points (indicator → points) instead of the department's own. An
    indicator left out as not applicable counts again once it has reviewed points."""
    leaves = {code: sheet[code] for code in sheet.indicators}
    leaves |= {c: _given(leaves[c], value) for c, value in points.items() if c in leaves}
    return add_up(standard, leaves)


def _given(own: NodeScore, points: Decimal) -> NodeScore:
    if points == own_points(own):
        return own
    lost = own.maximum - points
    return replace(
        own,
        state=Points.SCORED,
        low=points,
        high=points,
        so_far=points,
        losses=(Loss(lost, "reviewed"),) if lost else (),
        missing=(),
        excluded=False,
    )


def own_points(node: NodeScore) -> Decimal | None:
    """The department's points of an indicator; None while they are open or on paper."""
    return None if node.state in (Points.OPEN, Points.OFFLINE) else node.low


def undecided(sheet: ScoreSheet, points: Mapping[str, Decimal]) -> tuple[str, ...]:
    """The indicators that only finance can settle and has not: those handed in on paper."""
    codes = (c for c in sheet.indicators if own_points(sheet[c]) is None)
    return tuple(code for code in codes if code not in points)


def changes(
    standard: Standard, sheet: ScoreSheet, points: Mapping[str, Decimal]
) -> tuple[Change, ...]:
    """The indicators whose reviewed points differ from the department's, in the tree's order."""
    found = []
    for code in sheet.indicators:
        own = own_points(sheet[code])
        if code in points and points[code] != own:
            node = standard.nodes[code]
            found.append(Change(code, node.name, node.max, own, points[code]))
    return tuple(found)
