"""What was done with the cycles: opened, moved, planned anew, extended, closed, archived."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select

from storage.models import CycleEvent as CycleEventModel
from storage.models import table
from storage.rows import columns


@dataclass(frozen=True, slots=True)
class CycleEvent:
    """One act on a cycle; `data` says from what to what."""

    id: int
    cycle_id: int
    act: str
    actor: str
    at: datetime
    data: dict[str, Any]


_events = table(CycleEventModel)
_ALL = select(*columns(_events, CycleEvent)).order_by(_events.c.id)
_OF_CYCLE = _ALL.where(_events.c.cycle_id == bindparam("cycle"))
_SINCE = _ALL.where(_events.c.at >= bindparam("since"))
_NOTE = insert(_events).returning(_events.c.id)


def note(
    tx: Connection,
    cycle_id: int,
    act: str,
    actor: str,
    now: datetime,
    data: dict[str, Any] | None = None,
) -> int:
    """Writes an act down; gives the event's id."""
    event = {"cycle_id": cycle_id, "act": act, "actor": actor, "at": now, "data": data or {}}
    return int(tx.execute(_NOTE, event).scalar_one())


def of_cycle(tx: Connection, cycle_id: int) -> list[CycleEvent]:
    """Gives what was done with a cycle, oldest first."""
    return [CycleEvent(*row) for row in tx.execute(_OF_CYCLE, {"cycle": cycle_id})]


def since(tx: Connection, moment: datetime) -> list[CycleEvent]:
    """Gives what was done with any cycle since then, oldest first."""
    return [CycleEvent(*row) for row in tx.execute(_SINCE, {"since": moment})]
