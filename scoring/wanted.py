"""Which evidence (佐证材料) a form wants: the items of the indicators that apply to the department."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from scoring.rules.base import Points
from scoring.sheet import ScoreSheet
from scoring.standard import Standard
from scoring.tree import EvidenceItem, Indicator

_NOT_HERE = (Points.NOT_APPLICABLE, Points.OFFLINE)


@dataclass(frozen=True)
class Wanted:
    """One item of the list of materials (材料清单), with the indicator that it is for."""

    item: EvidenceItem
    indicator: Indicator

    @property
    def id(self) -> str:
        return self.item.id


def wanted(standard: Standard, sheet: ScoreSheet) -> Mapping[str, Wanted]:
    """The wanted items by id, in the order of the tree. What belongs to an indicator that does
    not apply is not wanted, nor what is handed in on paper."""
    return {
        item.id: Wanted(item, indicator)
        for indicator in standard.indicators
        if sheet[indicator.code].state not in _NOT_HERE
        for item in indicator.evidence
    }


def missing(items: Mapping[str, Wanted], given: Collection[str]) -> Sequence[Wanted]:
    """The wanted items without a file, those that finance insists on first."""
    open_items = [each for id, each in items.items() if id not in given]
    return sorted(open_items, key=lambda each: not each.item.mandatory)
