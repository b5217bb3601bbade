"""A district's yearly exercise from one YAML file: cycle, standard, departments, people, roles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Self

import yaml
from pydantic import (
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    model_validator,
)
from pydantic_core import PydanticCustomError
from sqlalchemy import Connection

from bot.rosters.writing import write_departments, write_posts
from dialogs.case import Role
from reports.roster import (
    COLLEAGUE,
    CONTACT,
    EVERYWHERE,
    REVIEWER,
    Department,
    Person,
    Post,
    Roster,
    Seat,
    Unit,
)
from scoring.loading import load
from scoring.standard import Standard
from storage import cycles, forms, people, standards


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class CyclePlan(_Part):
    """The exercise: `standard` is a built-in one's name or a folder; times have an offset."""

    name: str = Field(min_length=1)
    year: int = Field(ge=2000, le=2100)
    standard: str
    opens_at: AwareDatetime
    deadline: AwareDatetime

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.deadline <= self.opens_at:
            raise PydanticCustomError("deadline_order", "the deadline is not after the opening")
        return self


class UnitPlan(_Part):
    """A unit below a department that gives figures of its own."""

    code: str = Field(min_length=1)
    name: str = Field(min_length=1)


class ReviewerPlan(_Part):
    """Somebody who approves, with their rank in the chain and what they are: 分管领导. Of several
    at a rank, any one is enough. In the file a userid alone stands for rank 1."""

    userid: str = Field(min_length=1)
    rank: int = Field(1, ge=1, le=9)
    title: str = Field("", max_length=10)


def _reviewer(given: Any) -> Any:
    return {"userid": given} if isinstance(given, str) else given


class PersonPlan(_Part):
    """Where somebody sits (财务股) and what else they are called."""

    office: str = Field("", max_length=20)
    aliases: tuple[Annotated[str, Field(min_length=1)], ...] = ()


class DepartmentPlan(_Part):
    """A department, the userids of who fills in and who approves its form, of colleagues to whom
    questions can be handed (转交), and its units."""

    code: str = Field(min_length=1)
    name: str = Field(min_length=1)
    short_names: tuple[str, ...] = ()
    units: tuple[UnitPlan, ...] = ()
    contacts: tuple[str, ...] = ()
    reviewers: tuple[Annotated[ReviewerPlan, BeforeValidator(_reviewer)], ...] = ()
    colleagues: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _once_each(self) -> Self:
        named = [each.userid for each in self.reviewers]
        twice = next((userid for userid in named if named.count(userid) > 1), None)
        if twice is not None:
            message = "reviewer {userid} has two ranks in department {code}"
            numbers = {"userid": twice, "code": self.code}
            raise PydanticCustomError("reviewer_twice", message, numbers)
        return self


class DistrictPlan(_Part):
    """The whole file; `people` gives each userid a name. In the file it may stand there with what
    else is known of them, {name, office, aliases}, which is `known` here."""

    cycle: CyclePlan
    people: Mapping[str, str]
    known: Mapping[str, PersonPlan] = Field(default_factory=dict)
    departments: tuple[DepartmentPlan, ...] = Field(min_length=1)
    coordinators: tuple[str, ...] = ()
    finance: tuple[str, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _take_apart(cls, given: Any) -> Any:
        people = given.get("people") if isinstance(given, dict) else None
        if not isinstance(people, dict):
            return given
        whole = {userid: each for userid, each in people.items() if isinstance(each, dict)}
        names = people | {userid: each.get("name") for userid, each in whole.items()}
        more = {u: {k: v for k, v in each.items() if k != "name"} for u, each in whole.items()}
        return {**given, "people": names, "known": {**(given.get("known") or {}), **more}}

    @model_validator(mode="after")
    def _know_everybody(self) -> Self:
        named = {*self.coordinators, *self.finance}
        for department in self.departments:
            named |= {*department.contacts, *(each.userid for each in department.reviewers)}
            named |= set(department.colleagues)
        unknown = sorted(named - set(self.people))
        if unknown:
            names = {"names": ", ".join(unknown)}
            raise PydanticCustomError("unknown_people", "people without a name: {names}", names)
        codes = [department.code for department in self.departments]
        twice = next((code for code in codes if codes.count(code) > 1), None)
        if twice is not None:
            raise PydanticCustomError("same_code", "two departments {code}", {"code": twice})
        return self


class StandardChanged(Exception):
    """The cycle is open on another text of its standard. A cycle never changes it: that would
    re-score what people have already been told."""


@dataclass(frozen=True)
class Loaded:
    """What a file brought: ids of the cycle and of the forms by department code."""

    cycle_id: int
    forms: Mapping[str, int]


def read_plan(path: str | Path) -> DistrictPlan:
    """The plan in a file. Raises OSError, UnicodeDecodeError, yaml's YAMLError, and pydantic's
    ValidationError, which names every fault."""
    raw: Any = yaml.safe_load(Path(path).read_text(encoding="utf-8"))
    return DistrictPlan.model_validate(raw)


def load_district(tx: Connection, plan: DistrictPlan, now: datetime) -> Loaded:
    """Writes the plan; loading the same file again changes nothing, a changed one adds what is
    new. Raises StandardError for a standard that is not sound, StandardChanged."""
    standard = load(plan.cycle.standard)
    standards.keep(tx, standard.hash, standard.name, standard.text, now)
    cycle_id = _cycle(tx, plan.cycle, standard)
    for userid, name in plan.people.items():
        people.upsert(tx, userid, name)
    for userid, person in plan.known.items():
        people.describe(tx, userid, person.office, person.aliases)
    whole = roster_of(plan)
    ids = write_departments(tx, whole.departments)
    write_posts(tx, whole.posts, ids)
    return Loaded(cycle_id, {code: forms.open(tx, cycle_id, ids[code], now) for code in ids})


def roster_of(plan: DistrictPlan) -> Roster:
    """The roster in a plan."""
    posts: dict[Post, Seat] = {}
    for role, userids in ((Role.COORDINATOR, plan.coordinators), (Role.FINANCE, plan.finance)):
        posts |= {Post(EVERYWHERE, role, userid): Seat() for userid in userids}
    for each in plan.departments:
        posts |= {Post(each.code, CONTACT, userid): Seat() for userid in each.contacts}
        for reviewer in each.reviewers:
            posts[Post(each.code, REVIEWER, reviewer.userid)] = Seat(reviewer.rank, reviewer.title)
        posts |= {Post(each.code, COLLEAGUE, userid): Seat() for userid in each.colleagues}
    found = {each.code: _department(each) for each in plan.departments}
    names = {userid: Person(userid, name) for userid, name in plan.people.items()}
    return Roster(found, names, posts)


def _department(plan: DepartmentPlan) -> Department:
    units = tuple(Unit(unit.code, unit.name) for unit in plan.units)
    return Department(plan.code, plan.name, plan.short_names, units)


def _cycle(tx: Connection, plan: CyclePlan, standard: Standard) -> int:
    """The open cycle of this name and year, or a new one."""
    there = cycles.opened(tx, plan.name, plan.year)
    if there:
        if there.standard_hash != standard.hash:
            raise StandardChanged(plan.name)
        return there.id
    return cycles.add(tx, plan.name, plan.year, standard.hash, plan.opens_at, plan.deadline)
