"""The roster (名册): departments, the units below them, and people with what they are there.

What a workbook says, what the database holds and what a district's file says are all put into
this form, so that they can be compared.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

CONTACT, REVIEWER, COLLEAGUE = "contact", "reviewer", "colleague"
COORDINATOR, FINANCE = "coordinator", "finance"
ROLES = (CONTACT, REVIEWER, COORDINATOR, FINANCE, COLLEAGUE)
"""In the order in which they are shown. A colleague works in the department and can be handed
questions (转交); it gives no access by itself."""
EVERYWHERE = ""
"""The department of a role that is for all of them."""
FOR_ALL = (COORDINATOR, FINANCE)
"""The roles that can be for all departments."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit below a department (下属单位) that gives figures of its own."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Department:
    """A department, with its units by code."""

    code: str
    name: str
    short_names: tuple[str, ...] = ()
    units: tuple[Unit, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody by their account (userid); `office` is where they sit (财务股)."""

    userid: str
    name: str
    office: str = ""
    aliases: tuple[str, ...] = ()
    email: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Post:
    """What somebody is in a department (its code), or everywhere."""

    department: str
    role: str
    userid: str


@dataclass(frozen=True, slots=True)
class Seat:
    """A reviewer's place in the chain of approval, from 1, and what they are there (分管领导)."""

    rank: int = 1
    title: str = ""


@dataclass(frozen=True, slots=True)
class Roster:
    """The whole roster: departments by code, people by userid, and posts; those of reviewers
    have a seat, all others an empty one."""

    departments: Mapping[str, Department] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)
    posts: Mapping[Post, Seat] = field(default_factory=dict)

    def holders(self, role: str, department: str = EVERYWHERE) -> list[str]:
        """The userids of who has a role in exactly that department, or everywhere."""
        return [p.userid for p in self.posts if (p.role, p.department) == (role, department)]

    def name(self, userid: str) -> str:
        """What people call somebody."""
        person = self.people.get(userid)
        return person.name if person else userid
