"""The frozen view of the world that a step may look at."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from dialogs.exercises import Exercise
from dialogs.hours import Behind, Hours
from dialogs.reviewed import Review
from dialogs.roster_page import RosterPage
from dialogs.rounds.view import Rounds
from scoring.standard import Standard
from scoring.values import Value

if TYPE_CHECKING:
    from dialogs.notice_board import Board
    from dialogs.overview.status import Overview


class Role(StrEnum):
    """The hats that a person can wear."""

    CONTACT = "contact"  # 填报人
    REVIEWER = "reviewer"  # 审核人
    COORDINATOR = "coordinator"  # 统筹
    FINANCE = "finance"  # 财政
    COLLEAGUE = "colleague"  # 协办人: answers what a contact handed over


@dataclass(frozen=True)
class Person:
    """Who is talking."""

    userid: str
    name: str
    roles: frozenset[Role]
    text_only: bool = False


@dataclass(frozen=True)
class FormView:
    """One department's form as others see it. `state` is a name of the lifecycle.

    `due` is when a returned form is to be back; `needs_seal` whether a delivered one still waits
    for the scan of its sealed paper (待盖章), `paper` whether this installation asks for one, and
    `seal_decides` whether the deadline is met by nothing less. `code` is the version code of what was sent in.
    `department_code` and `short_names` are what else the department is known under.
    """

    id: int
    state: str
    department: str
    year: int
    deadline: datetime
    version: int = 0
    returned_words: str = ""
    due: datetime | None = None
    needs_seal: bool = False
    code: str = ""
    paper: bool = True
    seal_decides: bool = False
    department_code: str = ""
    short_names: tuple[str, ...] = ()

    @property
    def is_owed(self) -> bool:
        """Whether something must still come from the department to meet the deadline."""
        return self.state == "drafting" or (self.seal_decides and self.needs_seal)


@dataclass(frozen=True)
class Link:
    """One place in the chain of approval: who may say yes there, and who has. `leaders` are those
    of them who hold it themselves and stand in for nobody."""

    rank: int
    title: str
    names: tuple[str, ...]
    approved_by: str = ""
    leaders: tuple[str, ...] = ()


@dataclass(frozen=True)
class Returned:
    """An indicator that came back with words; `indicator` "" means the form as a whole, one that
    begins with `#` a question. `settled` once the contact is done with it, `reply` what they
    answered."""

    indicator: str
    words: str
    by: str
    settled: bool = False
    reply: str = ""


@dataclass(frozen=True)
class Waived:
    """Why a finding was let pass, by whom, and for which figures ("": any)."""

    reason: str
    by: str
    figures: str = ""


@dataclass(frozen=True)
class Offer:
    """A value read from a file or kept from last year, that waits to be taken over.

    `source` is report, accounts, last_year, office or units; `place` says where it stood;
    `certain` is False where it was read with a doubt or two sources say different things.
    """

    value: Value
    source: str
    place: str
    certain: bool = True


@dataclass(frozen=True)
class Gathered:
    """The evidence given so far: ids of the items that have a file, and files not yet sorted."""

    items: frozenset[str] = frozenset()
    unsorted: int = 0


@dataclass(frozen=True)
class Change:
    """The last thing a person recorded on a form: the facts with their values before it.

    None stands for a fact that had no answer.
    """

    before: Mapping[str, Value | None]
    raw: str


@dataclass(frozen=True)
class UnitView:
    """A unit below the department (下属单位), and the figures that it has given."""

    id: int
    name: str
    figures: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class Known:
    """Somebody known to the system; `post` tells them apart from others of the same name,
    `reviews` says that they approve this form, so that they can't fill it in."""

    userid: str
    name: str
    post: str = ""
    aliases: tuple[str, ...] = ()
    reviews: bool = False


@dataclass(frozen=True)
class Hand:
    """Questions that were handed to a colleague (转交). `scope` is what was named: a question
    (`question:procurement`), an indicator (`indicator:B3-1`) or a section (`section:assets`);
    `state` is offered, accepted or declined; `reply` what the colleague said to it, `note` what
    the giver said with it. `without` are questions that left it again, by id; `done` says that
    the colleague had nothing left to answer."""

    id: int
    scope: str
    giver: Known
    receiver: Known
    state: str
    reply: str = ""
    note: str = ""
    done: bool = False
    without: tuple[str, ...] = ()


@dataclass(frozen=True)
class Past:
    """One change of one fact: who recorded which value when, and in which words; None took the
    answer back. `source` says where a value stood that was taken over; of a `purged` one nothing
    is left but that it was."""

    fact: str
    value: Value | None
    by: str
    at: datetime
    raw: str = ""
    source: str = ""
    purged: bool = False


@dataclass(frozen=True)
class Case:
    """All that the interview of a contact, or of a colleague who helps, may look at.

    `hands` are the hand-overs of the form that are not over. `people` are those to whom something
    can be handed, there only where somebody speaks of it; `past` is the history, newest first,
    there only where somebody asks for it, `hours` where somebody speaks of being reminded.
    """

    form: FormView
    standard: Standard
    answers: Mapping[str, Value]
    person: Person
    authors: Mapping[str, str] = field(default_factory=dict)  # fact → who else answered it
    answered_at: Mapping[str, datetime] = field(default_factory=dict)  # when, of the same facts
    last_changes: Sequence[Change] = ()  # what the person recorded last, if anything
    reviewers: Sequence[str] = ()
    coordinators: Sequence[str] = ()
    chain: Sequence[Link] = ()
    returned: tuple[Returned, ...] = ()
    changed: frozenset[str] = frozenset()  # facts answered since the form came back
    offers: Mapping[str, Offer] = field(default_factory=dict)
    last_year: Mapping[str, Value] = field(default_factory=dict)
    gathered: Gathered = Gathered()
    units: tuple[UnitView, ...] = ()
    waived: Mapping[str, Waived] = field(default_factory=dict)  # by keys of findings
    links: Mapping[str, str] = field(default_factory=dict)  # page → plain address
    hands: tuple[Hand, ...] = ()
    people: tuple[Known, ...] = ()
    past: tuple[Past, ...] = ()
    review: Review | None = None  # there only where somebody speaks of it
    hours: Hours | None = None

    @property
    def last_change(self) -> Change | None:
        """The last thing that the person recorded on the form."""
        return next(iter(self.last_changes), None)


@dataclass(frozen=True)
class Waiting:
    """A form on somebody's desk, with what is needed to speak about it.

    `waived` has the findings that were let pass, by key; `changes` says in short lines what is
    different from the version that was seen here last. `mine` says whether it is
    the turn of who looks at it, where a chain of reviewers has it.
    """

    form: FormView
    standard: Standard
    answers: Mapping[str, Value]
    contact: str = ""
    chain: tuple[Link, ...] = ()
    returned: tuple[Returned, ...] = ()
    gathered: Gathered = Gathered()
    waived: Mapping[str, Waived] = field(default_factory=dict)
    changes: tuple[str, ...] = ()
    last_year: Mapping[str, Value] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    mine: bool = True
    review: Review | None = None  # there only where somebody speaks of it


@dataclass(frozen=True)
class Proxy:
    """Somebody who stands in for a reviewer (代审), until then or until it is ended."""

    reviewer: Known
    stand_in: Known
    until: datetime | None = None


@dataclass(frozen=True)
class Roster:
    """Who may stand in for whom: `reviewers` are those for whom the person may arrange it."""

    people: tuple[Known, ...] = ()
    reviewers: tuple[Known, ...] = ()
    running: tuple[Proxy, ...] = ()


@dataclass(frozen=True)
class Desk:
    """All that a reviewer, finance or a coordinator may look at: the forms of their concern.
    `roster` is there only where somebody speaks of stand-ins, `rounds` where they do of the
    exercise itself (its deadline, its plan, days off), `hours` where it matters when
    something is sent, `behind` where somebody is to be reminded of forms."""

    person: Person
    role: Role
    forms: tuple[Waiting, ...]
    coordinators: tuple[str, ...] = ()
    roster: Roster | None = None
    rounds: Rounds | None = None
    hours: Hours | None = None
    behind: tuple[Behind, ...] = ()
    notices: Board | None = None
    """There only where somebody speaks of notices."""
    exercises: tuple[Exercise, ...] | None = None
    """There only where somebody speaks of the summary or the archive of a cycle."""
    roster_page: RosterPage | None = None
    """There only where somebody speaks of the roster."""
    overview: Callable[[], Overview] | None = None
    """Looks at all of them, as far as coordinators and reviewers see; within the turn, once."""
