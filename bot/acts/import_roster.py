"""名册导入: a new roster takes the place of the present one, as a whole."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import SYSTEM, ActRefused
from bot.lifecycle import By
from bot.rosters.difference import Difference, difference, moved_reviews
from bot.rosters.leaving import ask_anew, let_leave, whom_asked
from bot.rosters.present import Present, present, respelled
from bot.rosters.writing import end_posts, end_units, write_departments, write_people, write_posts
from bot.services import Services
from reports.roster import COORDINATOR, Roster
from storage import cycle_events, cycles, forms, ledger, people
from storage import roster as rows


def import_roster(
    services: Services,
    tx: Connection,
    actor: str,
    roster: Roster,
    now: datetime,
    seen: str = "",
) -> Difference:
    """Makes the roster what is given, and gives what that changed; nothing the second time.

    People who are not in it lose what they were, departments become inactive and keep all they
    ever reported; new ones get a form in the cycle that is open. `seen` is the mark of the
    difference that was shown. Raises ActRefused if it would be another one by now, and for
    anybody but coordinators of all departments (and the command line).
    """
    if actor != SYSTEM:
        _check_access(tx, actor)
    if not roster.holders(COORDINATOR):
        raise ActRefused("roster_no_coordinator")
    ledger.hold(tx, "roster", now)  # two imports never look at the same moment
    stood = present(tx)
    new = respelled(roster, stood)
    changed = difference(stood, new)
    if not changed.changes:
        return changed  # also where somebody taps twice
    if seen and seen != changed.mark:
        raise ActRefused("roster_moved")
    _write(services, tx, stood, new, now)
    _note(tx, actor, changed, now)
    return changed


def may_import(tx: Connection, userid: str) -> bool:
    """Whether somebody coordinates all departments."""
    held = people.roles(tx, userid)
    return any(row.role == By.COORDINATOR and row.department_id is None for row in held)


def _check_access(tx: Connection, actor: str) -> None:
    if not may_import(tx, actor):
        raise ActRefused("roster_not_yours")


def _write(services: Services, tx: Connection, stood: Present, new: Roster, now: datetime) -> None:
    moved = [code for code in moved_reviews(stood, new) if code in new.departments]
    forms_there = stood.forms or {}
    asked = {code: whom_asked(tx, forms_there[code], now) for code in moved}
    ids = {code: each.id for code, each in stood.departments.items()}
    lost = end_posts(tx, stood.roster, new, ids)
    ids |= write_departments(tx, new.departments)
    write_people(tx, new.people)
    write_posts(tx, new.posts, ids)
    for code, department in stood.roster.departments.items():
        end_units(tx, ids[code], department, new.departments.get(code))
        if code not in new.departments:
            rows.set_department_active(tx, ids[code], False)
    let_leave(services, tx, lost, stood, new, now)
    rows.rest(tx, [each for each in stood.roster.people if each not in new.people])
    cycle = cycles.current(tx)
    for code in new.departments if cycle else ():
        if cycle and code not in forms_there:
            forms.open(tx, cycle.id, ids[code], now)
    for code in moved:
        ask_anew(services, tx, forms_there[code], asked[code], now)


def _note(tx: Connection, actor: str, changed: Difference, now: datetime) -> None:
    """Written down with the cycle that runs, line by line."""
    cycle = cycles.current(tx)
    if cycle:
        lines = [[each.kind, each.words] for each in changed.changes]
        cycle_events.note(tx, cycle.id, "roster", actor, now, {"changes": lines})
