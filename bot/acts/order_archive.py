"""归档: orders the archive of a cycle; the worker makes it and tells who asked."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import ActRefused
from bot.acts.rounds import check_coordinates
from bot.lifecycle import By
from storage import cycles, tasks


def order_archive(
    tx: Connection, actor: str, by: By, cycle_id: int, now: datetime, turn_id: int | None = None
) -> None:
    """Orders it; one at a time is made of a cycle. It may be open still: then the archive is as
    of now, and nothing can be erased by it."""
    check_coordinates(tx, actor, by)
    cycle = cycles.get(tx, cycle_id, lock=True)
    if cycle is None:
        raise ActRefused("no_such_cycle")
    if cycle.erased_at:
        raise ActRefused("erased_before", cycle=cycle.name)
    if tasks.any_open(tx, f"archive:{cycle_id}:"):
        raise ActRefused("archive_running", cycle=cycle.name)
    order = {"cycle_id": cycle_id, "userid": actor}
    tasks.add(tx, "archive", order, f"archive:{cycle_id}:{turn_id or now.isoformat()}", now)
