"""The frozen view of the world that a step may look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from scoring.standard import Standard
from scoring.values import Value


class Role(StrEnum):
    """The hats that a person can wear."""

    CONTACT = "contact"  # 填报人
    REVIEWER = "reviewer"  # 审核人
    COORDINATOR = "coordinator"  # 统筹
    FINANCE = "finance"  # 财政


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
    for the scan of its sealed paper (待盖章).
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


@dataclass(frozen=True)
class Link:
    """One place in the chain of approval: who may say yes there, and who has."""

    rank: int
    title: str
    names: tuple[str, ...]
    approved_by: str = ""
    by_hand: bool = False


@dataclass(frozen=True)
class Returned:
    """An indicator that came back with words; `indicator` "" means the form as a whole."""

    indicator: str
    words: str
    by: str


@dataclass(frozen=True)
class Offer:
    """A value read from a file or kept from last year, that waits to be taken over.

    `source` is report, accounts, last_year, office or units; `place` says where it stood.
    """

    value: Value
    source: str
    place: str


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
class Case:
    """All that the interview of a contact may look at."""

    form: FormView
    standard: Standard
    answers: Mapping[str, Value]
    person: Person
    authors: Mapping[str, str] = field(default_factory=dict)  # fact → name of who answered it
    last_change: Change | None = None
    reviewers: tuple[str, ...] = ()
    coordinators: tuple[str, ...] = ()
    chain: tuple[Link, ...] = ()
    returned: tuple[Returned, ...] = ()
    offers: Mapping[str, Offer] = field(default_factory=dict)
    last_year: Mapping[str, Value] = field(default_factory=dict)
    gathered: Gathered = Gathered()
    waived: frozenset[str] = frozenset()  # keys of findings
    links: Mapping[str, str] = field(default_factory=dict)  # page → plain address


@dataclass(frozen=True)
class Waiting:
    """A form on somebody's desk, with what is needed to speak about it.

    `waived` maps the keys of findings that were let pass to the reasons.
    """

    form: FormView
    standard: Standard
    answers: Mapping[str, Value]
    contact: str = ""
    chain: tuple[Link, ...] = ()
    returned: tuple[Returned, ...] = ()
    gathered: Gathered = Gathered()
    waived: Mapping[str, str] = field(default_factory=dict)
    last_year: Mapping[str, Value] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Desk:
    """All that a reviewer, finance or a coordinator may look at: the forms of their concern."""

    person: Person
    role: Role
    forms: tuple[Waiting, ...]
    coordinators: tuple[str, ...] = ()
