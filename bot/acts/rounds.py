"""What all acts on a cycle (自评年度工作) share: who may, which cycle, and that it is still as it
was when the act was agreed to."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import ActRefused
from bot.lifecycle import By
from bot.phrases import listed, phrase
from storage import cycles, interviews, people
from storage.cycles import Cycle

OWED = ("drafting", "in_review")
"""The states of forms for which a deadline still means something."""


def check_coordinates(
    tx: Connection, actor: str, by: By, departments: Collection[int] | None = None
) -> None:
    """Raises ActRefused unless the actor coordinates everything, or all of these departments; an
    operator at the command line (`By.SYSTEM`) may."""
    if by is By.SYSTEM:
        return
    mine = [row.department_id for row in people.roles(tx, actor) if row.role == By.COORDINATOR]
    everywhere = None in mine
    here = departments is not None and set(departments) <= set(mine)
    if by is not By.COORDINATOR or not (everywhere or here):
        names = interviews.names(tx, None, By.COORDINATOR)[By.COORDINATOR]
        raise ActRefused("not_yours", names=listed(names))


def held(tx: Connection, cycle_id: int, version: int | None = None) -> Cycle:
    """The open cycle, held until the transaction ends. Raises ActRefused for one that is closed,
    or that was changed since `version` of its plan was shown."""
    cycle = cycles.get(tx, cycle_id, lock=True)
    if cycle is None:
        raise ActRefused("no_such_cycle")
    if cycle.state != "open":
        raise ActRefused("cycle_over", cycle=cycle.name)
    if version is not None and version != cycle.plan_version:
        raise ActRefused("cycle_changed", cycle=cycle.name)
    return cycle


def check_deadline(deadline: datetime, opens_at: datetime, now: datetime) -> None:
    """Raises ActRefused for a deadline that is over already, or not after the opening."""
    if deadline <= now:
        raise ActRefused("deadline_past")
    if deadline <= opens_at:
        raise ActRefused("deadline_before_opening")


def plain(moment: datetime | None) -> str | None:
    """A moment as it is kept with an event."""
    return moment.isoformat() if moment else None


def usual_name(year: int) -> str:
    """What a year's exercise is called unless it is given a name."""
    return phrase("cycle_name", year=year)
