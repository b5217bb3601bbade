"""Writes what a roster adds: departments, units, people, posts. What is there already stays."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from bot.phrases import phrase
from reports.roster import COLLEAGUE, EVERYWHERE, REVIEWER, Department, Person, Post, Roster, Seat
from reports.roster_layout import HEAD_UNIT
from storage import departments, people, reviewers, units
from storage import roster as rows


def write_departments(tx: Connection, found: Mapping[str, Department]) -> dict[str, int]:
    """Adds departments with their units, or brings them up to date; gives their ids by code."""
    return {code: _department(tx, each) for code, each in found.items()}


def _department(tx: Connection, department: Department) -> int:
    made = departments.upsert(tx, department.code, department.name, department.short_names)
    rows.set_department_active(tx, made, True)
    if department.units:
        # What the department itself spends is a part of the sum like any unit's.
        units.upsert(tx, made, HEAD_UNIT, phrase("unit_head"))
    for unit in department.units:
        units.upsert(tx, made, unit.code, unit.name)
    return made


def write_people(tx: Connection, found: Mapping[str, Person]) -> None:
    """Adds people, or brings all that the roster says of them up to date."""
    for each in found.values():
        people.upsert(tx, each.userid, each.name)
        rows.describe(tx, each.userid, each.office, each.aliases, each.email)


def write_posts(tx: Connection, posts: Mapping[Post, Seat], ids: Mapping[str, int]) -> None:
    """Gives people what they are; `ids` are those of the departments by code."""
    for post, seat in posts.items():
        department = None if post.department == EVERYWHERE else ids[post.department]
        if post.role == REVIEWER and department is not None:
            reviewers.place(tx, post.userid, department, seat.rank, seat.title)
        elif post.role == COLLEAGUE and department is not None:
            people.place(tx, post.userid, department)
        else:
            people.grant(tx, post.userid, post.role, department)


def end_units(tx: Connection, department_id: int, old: Department, new: Department | None) -> None:
    """Units that are no longer there count no more; with the last of them goes the department's
    own part."""
    kept = {unit.code for unit in new.units} if new else set()
    gone = [unit for unit in old.units if unit.code not in kept]
    for unit in gone:
        units.upsert(tx, department_id, unit.code, unit.name, active=False)
    if gone and not kept:
        units.upsert(tx, department_id, HEAD_UNIT, phrase("unit_head"), active=False)


def end_posts(tx: Connection, old: Roster, new: Roster, ids: Mapping[str, int]) -> list[Post]:
    """Takes away what people are no longer, and gives that."""
    lost = [post for post in old.posts if post not in new.posts]
    for post in lost:
        department = None if post.department == EVERYWHERE else ids[post.department]
        if post.role == COLLEAGUE and department is not None:
            rows.move_out(tx, post.userid, department)
        else:
            people.revoke(tx, post.userid, post.role, department)
    return lost
