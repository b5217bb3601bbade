"""Points that are claimed without any material to support them."""

from __future__ import annotations

from collections.abc import Collection

from scoring.rules.base import ZERO, Points
from scoring.sheet import ScoreSheet
from scoring.standard import Standard
from scoring.tree import Indicator


def claimed(standard: Standard, sheet: ScoreSheet) -> tuple[Indicator, ...]:
    """The indicators that count points by an answer, not because they don't apply."""
    return tuple(
        each
        for each in standard.indicators
        if sheet[each.code].state is Points.SCORED and sheet[each.code].low > ZERO
    )


def unproved(
    standard: Standard, sheet: ScoreSheet, evidence: Collection[str]
) -> tuple[Indicator, ...]:
    """Those of them that want materials and have none; `evidence` has the ids of the items that
    have a file."""
    return tuple(
        each
        for each in claimed(standard, sheet)
        if each.evidence and not any(item.id in evidence for item in each.evidence)
    )
