"""The exercises (自评年度工作) as a coordinator sees them, with the days on which people work."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from dialogs.plan import Plan

OWED = ("drafting", "in_review")
"""The states of forms for which a deadline still means something."""


class WorkingDays(Protocol):
    """Which days people work."""

    def announced(self, year: int) -> bool:
        """Whether the holidays of that year are known."""

    def is_working_day(self, day: date) -> bool:
        """Whether people work on a day."""

    def add_working_days(self, day: date, count: int) -> date:
        """The day that is so many working days after a day, or before it."""

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days come after `start`, up to and with `end`."""

    def next_working_day(self, day: date) -> date:
        """The day itself if it is worked, else the next that is."""


@dataclass(frozen=True)
class RoundForm:
    """One department's part: `deadline` is its own (`extended`) or that of all, `due` when a form
    that came back is to be there again. `told` are the userids of who fills it in and approves
    it."""

    form_id: int
    department: str
    code: str
    state: str
    deadline: datetime
    extended: bool = False
    due: datetime | None = None
    told: frozenset[str] = frozenset()

    @property
    def is_owed(self) -> bool:
        """Whether the form is still to be delivered."""
        return self.state in OWED


@dataclass(frozen=True)
class Round:
    """One year's exercise. `version` is that of its plan: what is agreed to counts only for it."""

    id: int
    name: str
    year: int
    opens_at: datetime
    deadline: datetime
    plan: Plan = field(default_factory=Plan)
    version: int = 1
    forms: tuple[RoundForm, ...] = ()


@dataclass(frozen=True)
class Offered:
    """A standard on which an exercise can be opened: under which name it is loaded, and what it
    is called."""

    name: str
    title: str


@dataclass(frozen=True)
class OtherDay:
    """A day that differs from the calendar known here (放假, 上班)."""

    day: date
    working: bool
    name: str = ""


@dataclass(frozen=True)
class Rounds:
    """All that is needed to speak about exercises. `whole` says that the person may change what
    concerns everybody; `departments`, `contacts` and `without_contact` are for a new exercise.
    `sends_at` is when messages go out that are decided now, None for at once."""

    days: WorkingDays
    zone: ZoneInfo
    running: tuple[Round, ...] = ()
    closed: tuple[Round, ...] = ()
    standards: tuple[Offered, ...] = ()
    other_days: tuple[OtherDay, ...] = ()
    departments: int = 0
    contacts: int = 0
    without_contact: tuple[str, ...] = ()
    whole: bool = True
    sends_at: datetime | None = None
