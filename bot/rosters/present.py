"""The roster as it stands in the database."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from reports.roster import COLLEAGUE, EVERYWHERE, Department, Person, Post, Roster, Seat, Unit
from reports.roster import REVIEWER as REVIEWS
from reports.roster_layout import HEAD_UNIT
from storage import cycles, forms
from storage import roster as rows
from storage.forms import Form
from storage.roster import DepartmentRow, PersonRow

if TYPE_CHECKING:
    from reports.reading.roster import Reading


@dataclass(frozen=True)
class Present:
    """What stands: the roster (active departments and units, everybody with a post), and beyond
    it all departments by code and all people by userid, active or not. `forms` are those of the
    cycle that is open, by department code; None while none is."""

    roster: Roster
    departments: Mapping[str, DepartmentRow]
    people: Mapping[str, PersonRow]
    forms: Mapping[str, Form] | None

    def spelled(self, userid: str) -> str:
        """An account as we know it: WeChat Work takes no notice of its case."""
        if userid in self.people:
            return userid
        same = [known for known in self.people if known.lower() == userid.lower()]
        return same[0] if same else userid


def present(tx: Connection) -> Present:
    """The roster at this moment."""
    departments = rows.departments(tx)
    codes = {each.id: each.code for each in departments}
    people = {each.userid: each for each in rows.people(tx)}
    posts = _posts(tx, codes)
    held = {post.userid for post in posts}
    roster = Roster(
        departments=_departments(tx, departments),
        people={userid: _person(each) for userid, each in people.items() if userid in held},
        posts=posts,
    )
    by_code = {each.code: each for each in departments}
    return Present(roster, by_code, people, _forms(tx, codes))


def completed(reading: Reading, now: Present) -> Roster:
    """What a workbook says, with what stands now for columns that it doesn't have: they say
    nothing, which is something else than that there is nothing."""
    silent = reading.silent
    departments = {
        code: _as_before(each, now.roster.departments.get(code), silent)
        for code, each in reading.roster.departments.items()
    }
    kept = [detail for detail in ("office", "aliases", "email") if ("people", detail) in silent]
    people = {}
    for userid, each in reading.roster.people.items():
        row = now.people.get(now.spelled(userid))
        known = _person(row) if row else each
        people[userid] = replace(each, **{detail: getattr(known, detail) for detail in kept})
    posts = {}
    for post, seat in reading.roster.posts.items():
        before = now.roster.posts.get(replace(post, userid=now.spelled(post.userid)), seat)
        rank = before.rank if ("people", "rank") in silent else seat.rank
        posts[post] = Seat(rank, before.title if ("people", "title") in silent else seat.title)
    return Roster(departments, people, posts)


def _as_before(
    new: Department, old: Department | None, silent: Collection[tuple[str, str]]
) -> Department:
    if old and ("departments", "short_names") in silent:
        new = replace(new, short_names=old.short_names)
    if old and ("units", "") in silent:
        new = replace(new, units=old.units)
    return new


def respelled(roster: Roster, now: Present) -> Roster:
    """A roster with all accounts spelled as we know them."""
    return Roster(
        roster.departments,
        {
            now.spelled(userid): replace(each, userid=now.spelled(userid))
            for userid, each in roster.people.items()
        },
        {
            replace(post, userid=now.spelled(post.userid)): seat
            for post, seat in roster.posts.items()
        },
    )


def _departments(tx: Connection, found: list[DepartmentRow]) -> dict[str, Department]:
    below: dict[int, list[Unit]] = {}
    for unit in rows.units(tx):
        if unit.code != HEAD_UNIT:
            below.setdefault(unit.department_id, []).append(Unit(unit.code, unit.name))
    return {
        each.code: Department(
            each.code, each.name, tuple(each.short_names), tuple(below.get(each.id, ()))
        )
        for each in found
        if each.active
    }


def _posts(tx: Connection, codes: Mapping[int, str]) -> dict[Post, Seat]:
    """Roles and places of work; who helps because of a hand-over isn't there by the roster."""
    posts: dict[Post, Seat] = {}
    for row in rows.roles(tx):
        if row.role != COLLEAGUE:
            code = codes[row.department_id] if row.department_id is not None else EVERYWHERE
            seat = Seat(row.rank, row.title) if row.role == REVIEWS else Seat()
            posts[Post(code, row.role, row.userid)] = seat
    for userid, department_id in rows.places(tx):
        posts[Post(codes[department_id], COLLEAGUE, userid)] = Seat()
    return posts


def _person(row: PersonRow) -> Person:
    return Person(row.userid, row.name, row.office, tuple(row.aliases), row.email)


def _forms(tx: Connection, codes: Mapping[int, str]) -> dict[str, Form] | None:
    cycle = cycles.current(tx)
    if cycle is None:
        return None
    return {codes[form.department_id]: form for form in forms.by_state(tx, cycle.id)}
