"""One form, and all of them, as who looks after them sees them: pure data and what follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from dialogs.case import FormView
from dialogs.overview.measure import Measure
from scoring.rules.base import ZERO
from scoring.standard import Standard


class Trouble(StrEnum):
    """What is amiss with a form, the gravest first."""

    LATE = "late"  # owed, and its deadline has passed
    NOBODY = "nobody"  # there is no active contact
    BLOCKED = "blocked"  # figures contradict each other
    FALLING = "falling"  # it has fewer points than it had
    STUCK = "stuck"  # nothing has come, or nobody has decided, for some working days
    UNPROVED = "unproved"  # points are claimed without any material


@dataclass(frozen=True)
class Done:
    """The last thing that somebody did with a form: `what` is answer, evidence, hand or an act."""

    at: datetime
    by: str
    what: str


@dataclass(frozen=True)
class Handed:
    """Questions that a colleague has or declined: their `scope` as it is called, of which `left`
    are open, and since when."""

    scope: str
    name: str
    state: str
    since: datetime
    left: int = 0


@dataclass(frozen=True)
class Since:
    """What happened to a form since the last digest: how many facts were answered, files given,
    which acts moved it; `before` is the score that it had then."""

    answered: int = 0
    files: int = 0
    acts: tuple[str, ...] = ()
    before: Decimal = ZERO

    @property
    def anything(self) -> bool:
        return bool(self.answered or self.files or self.acts)


@dataclass(frozen=True)
class Leader:
    """A reviewer: their rank in the chain and what they are (分管领导, or "")."""

    rank: int
    title: str
    name: str


@dataclass(frozen=True)
class People:
    """Who has to do with a department, by name."""

    contacts: tuple[str, ...] = ()
    leaders: tuple[Leader, ...] = ()
    colleagues: tuple[str, ...] = ()

    def at(self, rank: int) -> tuple[str, ...]:
        """Who is asked at a rank; where it was done away with, at the next one."""
        turn = next((each.rank for each in self.leaders if each.rank >= rank), 0)
        return tuple(each.name for each in self.leaders if each.rank == turn)


@dataclass(frozen=True)
class Status:
    """One form. `limit` is until when it is owed: of a returned one, when it is to be back. `idle`
    counts the working days since the last thing happened to it (or since it was opened), `left`
    those until its limit, negative ones after it, and `overdue` says that it has passed. `turn`
    names whom it waits for in review; `begun` says whether anything was ever answered or given.
    Nothing for `stuck_after` working days, or no decision for more than `review_after`, is amiss.
    """

    form: FormView
    standard: Standard
    cycle: str
    measure: Measure
    limit: datetime
    people: People = People()
    turn: tuple[str, ...] = ()
    last: Done | None = None
    idle: int = 0
    left: int = 0
    overdue: bool = False
    begun: bool = True
    handed: tuple[Handed, ...] = ()
    since: Since = Since()
    stuck_after: int = 5
    review_after: int = 2

    @property
    def name(self) -> str:
        return self.form.department

    @property
    def fell(self) -> Decimal:
        """By how many points the score is lower than it was."""
        return max(self.since.before - self.measure.so_far, ZERO)

    @cached_property
    def troubles(self) -> tuple[Trouble, ...]:
        """All that is amiss, the gravest first."""
        return tuple(trouble for trouble in Trouble if self._has(trouble))

    def _has(self, trouble: Trouble) -> bool:
        state = self.form.state
        drafting = state == "drafting"
        match trouble:
            case Trouble.LATE:
                return self.overdue and (self.form.is_owed or state in _ON_THE_WAY)
            case Trouble.NOBODY:
                return drafting and not self.people.contacts
            case Trouble.BLOCKED:
                return drafting and bool(self.measure.blockers)
            case Trouble.FALLING:
                return state in _ON_THE_WAY and bool(self.fell)
            case Trouble.STUCK:
                most = {"drafting": self.stuck_after, "in_review": self.review_after + 1}
                return state in most and self.idle >= most[state]
            case Trouble.UNPROVED:
                return state in _ON_THE_WAY and bool(self.measure.unproved)


_ON_THE_WAY = ("drafting", "in_review", "approved")


@dataclass(frozen=True)
class Overview:
    """The forms of open cycles. `since` is the moment of the last digest, None before the first;
    `announced` says whether the holidays up to the deadlines are known; `weekly` whether this
    person wants the digest of the week."""

    statuses: tuple[Status, ...]
    at: datetime
    since: datetime | None = None
    announced: bool = True
    weekly: bool = False

    def of(self, form_id: int) -> Status | None:
        return next((each for each in self.statuses if each.form.id == form_id), None)

    @cached_property
    def cycles(self) -> Mapping[str, tuple[Status, ...]]:
        """The forms by the name of their cycle, the one with the nearest deadline first."""
        found: dict[str, list[Status]] = {}
        for each in sorted(self.statuses, key=lambda each: each.form.deadline):
            found.setdefault(each.cycle, []).append(each)
        return {name: tuple(each) for name, each in found.items()}

    @cached_property
    def amiss(self) -> tuple[Status, ...]:
        """Those with something amiss, the gravest first, then those that have least time, then
        those that have lain longest."""
        order = tuple(Trouble)

        def weight(status: Status) -> tuple[int, int, int, int]:
            gravest = order.index(status.troubles[0])
            return gravest, status.left, -status.idle, status.measure.percent

        found = [each for each in self.statuses if each.troubles]
        return tuple(sorted(found, key=weight))
