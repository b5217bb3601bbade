"""The score sheet: for every node its points so far, what can still be reached, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from scoring.rules.base import ZERO, Loss, Points, Remark
from scoring.values import decimal_text


@dataclass(frozen=True)
class NodeScore:
    """Points of one node, each rounded to two decimals.

    From `low` to `high` can still be reached; once settled both are the score. `so_far` is what
    the answers given have earned: it leaves out points that are safe only because nothing was
    asked yet. `missing` names the facts that are not answered yet.
    """

    code: str
    maximum: Decimal
    state: Points
    low: Decimal
    high: Decimal
    remarks: tuple[Remark, ...] = ()
    losses: tuple[Loss, ...] = ()
    missing: tuple[str, ...] = ()
    excluded: bool = False
    so_far: Decimal = ZERO

    @property
    def lost(self) -> Decimal:
        """Points that are certainly lost."""
        return self.maximum - self.high


@dataclass(frozen=True)
class ScoreSheet:
    """All nodes by code, groups and indicators alike, and the total."""

    nodes: Mapping[str, NodeScore]
    groups: tuple[str, ...]
    indicators: tuple[str, ...]
    total: NodeScore

    def __getitem__(self, code: str) -> NodeScore:
        return self.nodes[code]

    @property
    def settled(self) -> bool:
        """Whether no indicator waits for an answer."""
        return all(self.nodes[code].state is not Points.OPEN for code in self.indicators)

    def lossy(self) -> tuple[str, ...]:
        """Codes of the indicators that have certainly lost points, in the order of the tree."""
        return self._lossy

    @cached_property
    def _lossy(self) -> tuple[str, ...]:
        return tuple(
            code
            for code in self.indicators
            if self.nodes[code].state is not Points.OPEN and self.nodes[code].losses
        )

    def plain(self) -> dict[str, object]:
        """The sheet as JSON data: total, groups, indicators, reachable; points as text."""
        return {
            "total": decimal_text(self.total.so_far),
            "groups": {c: decimal_text(self.nodes[c].so_far) for c in self.groups},
            "indicators": {c: decimal_text(self.nodes[c].so_far) for c in self.indicators},
            "reachable": [decimal_text(self.total.low), decimal_text(self.total.high)],
            "open": {
                c: [decimal_text(self.nodes[c].low), decimal_text(self.nodes[c].high)]
                for c in self.indicators
                if self.nodes[c].state in (Points.OPEN, Points.OFFLINE)
            },
        }
