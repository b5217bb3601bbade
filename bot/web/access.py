"""Who may open a page of a form: a few functions, each condition on its own line.

They are asked anew at each request, so that access ends when the role does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.lifecycle import By
from storage import people, stand_ins
from storage.interviews import Standing

Access = Callable[[Connection, str, Standing, datetime], bool]


def may_fill(tx: Connection, userid: str, standing: Standing, now: datetime) -> bool:
    """Contacts (填报人) of the department."""
    return _holds(tx, userid, By.CONTACT, standing)


def may_review(tx: Connection, userid: str, standing: Standing, now: datetime) -> bool:
    """Reviewers (审核人) of the department, and who stands in for one of them (代审) now."""
    if _holds(tx, userid, By.REVIEWER, standing):
        return True
    return _stands_in(tx, userid, standing, now)


def may_coordinate(tx: Connection, userid: str, standing: Standing, now: datetime) -> bool:
    """Coordinators (统筹) of the department or of all."""
    return _holds(tx, userid, By.COORDINATOR, standing)


def may_receive(tx: Connection, userid: str, standing: Standing, now: datetime) -> bool:
    """Finance (财政) for the department or for all."""
    return _holds(tx, userid, By.FINANCE, standing)


@dataclass(frozen=True)
class AnyOf:
    """Lets in whom any of the functions lets in."""

    among: tuple[Access, ...]

    def __call__(self, tx: Connection, userid: str, standing: Standing, now: datetime) -> bool:
        return any(access(tx, userid, standing, now) for access in self.among)


def any_of(*among: Access) -> AnyOf:
    """The functions put together, by "or"."""
    return AnyOf(among)


may_see = any_of(may_fill, may_review, may_coordinate, may_receive)
"""Everybody who has to do with the form."""

HATS: Mapping[Access, By] = {
    may_fill: By.CONTACT,
    may_review: By.REVIEWER,
    may_coordinate: By.COORDINATOR,
    may_receive: By.FINANCE,
}


def passed(
    access: Access, tx: Connection, userid: str, standing: Standing, now: datetime
) -> list[Access]:
    """By which of the functions the person gets in; empty for somebody who doesn't."""
    among = access.among if isinstance(access, AnyOf) else (access,)
    return [each for each in among if each(tx, userid, standing, now)]


def _is_active(tx: Connection, userid: str) -> bool:
    person = people.person(tx, userid)
    return person is not None and person.active


def _stands_in(tx: Connection, userid: str, standing: Standing, now: datetime) -> bool:
    if not _is_active(tx, userid):
        return False
    mine = [each for each in stand_ins.running(tx, now) if each.userid == userid]
    here = [each for each in mine if each.department_id == standing.department_id]
    return any(_holds(tx, each.for_whom, By.REVIEWER, standing) for each in here)


def _holds(tx: Connection, userid: str, role: By, standing: Standing) -> bool:
    if not _is_active(tx, userid):
        return False
    held = [row for row in people.roles(tx, userid) if row.role == role]
    return any(row.department_id in (None, standing.department_id) for row in held)
