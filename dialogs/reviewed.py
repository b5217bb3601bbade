"""Finance's review of a delivered form as the conversation sees it: reviewed points (核定分), the
opinion (复核意见) and what the department says against it (申辩)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from scoring.engine import score
from scoring.reviewing import Change, changes, reviewed, undecided
from scoring.sheet import ScoreSheet
from scoring.standard import Standard
from scoring.values import Value

REVIEWABLE = ("delivered", "accepted")
"""The states in which finance can review a form."""


@dataclass(frozen=True)
class Given:
    """The points that finance gave an indicator, why, and who did."""

    points: Decimal
    reason: str
    by: str


@dataclass(frozen=True)
class Objection:
    """What the department said against the opinion on one indicator; `upheld` None waits for
    finance, `reply` is what they answered."""

    indicator: str
    words: str
    by: str
    upheld: bool | None = None
    reply: str = ""


@dataclass(frozen=True)
class OpinionView:
    """The last opinion on this version; until `until` the department can object, unless `final`."""

    number: int
    total: Decimal
    grade: str
    at: datetime
    until: datetime | None = None
    final: bool = False
    objections: tuple[Objection, ...] = ()

    @property
    def waiting(self) -> tuple[Objection, ...]:
        """What finance has not settled yet."""
        return tuple(each for each in self.objections if each.upheld is None)

    def open_at(self, now: datetime) -> bool:
        """Whether the department can still object."""
        return not self.final and self.until is not None and now <= self.until


@dataclass(frozen=True)
class Review:
    """The review of the version that was delivered last. `earlier` are the points of the version
    before, `issued` counts the opinions on all versions, `receivers` are those whom an opinion
    goes to, `until` is when they could object until, were it sent now."""

    points: Mapping[str, Given] = field(default_factory=dict)
    opinion: OpinionView | None = None
    earlier: Mapping[str, Given] = field(default_factory=dict)
    issued: int = 0
    receivers: tuple[str, ...] = ()
    until: datetime | None = None

    @property
    def values(self) -> dict[str, Decimal]:
        """The reviewed points alone, by indicator."""
        return {code: given.points for code, given in self.points.items()}


@dataclass(frozen=True)
class Reckoned:
    """What a review comes to: the department's own sheet, the reviewed one, the grades, what
    changed, and the indicators on paper that finance has still to settle."""

    own: ScoreSheet
    sheet: ScoreSheet
    grade: str
    own_grade: str
    changes: tuple[Change, ...]
    undecided: tuple[str, ...]

    @property
    def total(self) -> Decimal:
        return self.sheet.total.low


def reckon(standard: Standard, answers: Mapping[str, Value], review: Review) -> Reckoned:
    """Works it out."""
    own = score(standard, answers)
    sheet = reviewed(standard, own, review.values)
    return Reckoned(
        own=own,
        sheet=sheet,
        grade=standard.grades.of(sheet.total.low).name,
        own_grade=standard.grades.of(own.total.low).name,
        changes=changes(standard, own, review.values),
        undecided=undecided(own, review.values),
    )


def mark_of(review: Review, version: int, final: bool) -> str:
    """Tells what would be sent from anything sent before or changed since: a card or page that
    shows something else can't send it."""
    given = sorted((code, str(g.points), g.reason) for code, g in review.points.items())
    waiting = [each.indicator for each in review.opinion.waiting] if review.opinion else []
    told = repr((version, final, review.issued, given, waiting))
    return hashlib.sha256(told.encode()).hexdigest()[:10]
