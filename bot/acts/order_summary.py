"""汇总: orders the summary of a cycle; the worker makes it and sends it to who asked."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import ActRefused
from bot.lifecycle import By
from bot.phrases import listed
from storage import cycles, interviews, people, tasks

MAY = (By.FINANCE, By.COORDINATOR)


def order_summary(
    tx: Connection, actor: str, by: By, cycle_id: int, now: datetime, turn_id: int | None = None
) -> None:
    """Orders it once for each turn, of the departments for which the actor holds the role. Of an
    erased cycle there is nothing to sum up any more."""
    mine = [row.department_id for row in people.roles(tx, actor) if row.role == by]
    if by not in MAY or not mine:
        names = interviews.names(tx, None, By.COORDINATOR)[By.COORDINATOR]
        raise ActRefused("not_yours", names=listed(names))
    cycle = cycles.get(tx, cycle_id)
    if cycle is None:
        raise ActRefused("no_such_cycle")
    if cycle.erased_at:
        raise ActRefused("erased_before", cycle=cycle.name)
    departments = None if None in mine else [each for each in mine if each is not None]
    order = {"cycle_id": cycle_id, "userid": actor, "departments": departments}
    tasks.add(tx, "summary", order, f"summary:{cycle_id}:{actor}:{turn_id or now.isoformat()}", now)
