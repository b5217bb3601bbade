"""What a step of finance's review, or of the department's answer to it, asks the house to do."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from dialogs.effects import Effect


@dataclass(frozen=True)
class GivePoints(Effect):
    """核定: finance gives indicators of that version points of its own (code, points, reason);
    points None go back to the department's."""

    form_id: int
    version: int
    points: tuple[tuple[str, Decimal | None, str], ...]


@dataclass(frozen=True)
class IssueOpinion(Effect):
    """复核意见: send the department what finance thinks, as it was shown; `seen` is its mark."""

    form_id: int
    final: bool
    seen: str


@dataclass(frozen=True)
class SettleAppeal(Effect):
    """采纳 or 不采纳 what a department said against the opinion on an indicator; `points` None
    brings back the department's own."""

    form_id: int
    indicator: str
    upheld: bool
    points: Decimal | None
    reply: str


@dataclass(frozen=True)
class ObjectTo(Effect):
    """申辩: the contact says something against the opinion on indicators (code, words)."""

    points: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class AgreeOpinion(Effect):
    """没有异议: the contact agrees with the opinion."""
