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
    """One department's form as others see it. `state` is a name of the lifecycle."""

    id: int
    state: str
    department: str
    year: int
    deadline: datetime
    version: int = 0
    returned_words: str = ""


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


@dataclass(frozen=True)
class Waiting:
    """A form on somebody's desk, with what is needed to speak about it."""

    form: FormView
    standard: Standard
    answers: Mapping[str, Value]
    contact: str = ""


@dataclass(frozen=True)
class Desk:
    """All that a reviewer, finance or a coordinator may look at: the forms of their concern."""

    person: Person
    role: Role
    forms: tuple[Waiting, ...]
    coordinators: tuple[str, ...] = ()
