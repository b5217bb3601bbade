"""The yearly exercises: their days, their plan of reminders, whether they are open."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, null, select, update

from storage.models import Cycle as CycleModel
from storage.models import table
from storage.rows import columns


@dataclass(frozen=True, slots=True)
class Cycle:
    """`plan` is the plan of reminders as plain data ({}: the usual one); `plan_version` grows with
    every change of plan or deadline."""

    id: int
    name: str
    year: int
    standard_hash: str
    opens_at: datetime
    deadline: datetime
    state: str
    plan: dict[str, Any] = field(default_factory=dict)
    plan_version: int = 1
    closed_at: datetime | None = None
    erased_at: datetime | None = None


_cycles = table(CycleModel)
_ALL = select(*columns(_cycles, Cycle))
_GET = _ALL.where(_cycles.c.id == bindparam("cycle"))
# "No key" update, so that forms which only refer to the cycle needn't wait.
_GET_LOCKED = _GET.with_for_update(key_share=True)
_NEWEST_FIRST = _ALL.order_by(_cycles.c.opens_at.desc(), _cycles.c.id.desc())
_OPEN = _NEWEST_FIRST.where(_cycles.c.state == "open")
_CURRENT = _OPEN.limit(1)
_OPENED = (
    _ALL.where(
        _cycles.c.state == "open",
        _cycles.c.name == bindparam("called"),
        _cycles.c.year == bindparam("in_year"),
    )
    .order_by(_cycles.c.id)
    .limit(1)
)
_ADD = insert(_cycles).returning(_cycles.c.id)
_THIS = _cycles.c.id == bindparam("cycle")
_NEXT = {"plan_version": _cycles.c.plan_version + 1}
_SET_DEADLINE = update(_cycles).where(_THIS).values(deadline=bindparam("until"), **_NEXT)
_SET_PLAN = (
    update(_cycles)
    .where(_THIS)
    .values(plan=bindparam("planned", type_=_cycles.c.plan.type), **_NEXT)
)
_CLOSE = (
    update(_cycles)
    .where(_THIS, _cycles.c.state == "open")
    .values(state="closed", closed_at=bindparam("now"))
    .returning(_cycles.c.id)
)
_REOPEN = (
    update(_cycles)
    .where(_THIS, _cycles.c.state == "closed", _cycles.c.erased_at.is_(null()))
    .values(state="open", closed_at=None, **_NEXT)
    .returning(_cycles.c.id)
)


def add(
    tx: Connection,
    name: str,
    year: int,
    standard_hash: str,
    opens_at: datetime,
    deadline: datetime,
    plan: Mapping[str, Any] | None = None,
) -> int:
    """Opens a cycle on a standard that `standards.keep` has stored; gives its id."""
    values = {"name": name, "year": year, "standard_hash": standard_hash}
    values |= {"opens_at": opens_at, "deadline": deadline, "plan": dict(plan or {})}
    return int(tx.execute(_ADD, values).scalar_one())


def get(tx: Connection, cycle_id: int, lock: bool = False) -> Cycle | None:
    """Gives a cycle; with `lock`, nobody else gets it locked until this transaction ends. Lock
    the cycle before its forms."""
    row = tx.execute(_GET_LOCKED if lock else _GET, {"cycle": cycle_id}).first()
    return Cycle(*row) if row else None


def all_of_them(tx: Connection) -> list[Cycle]:
    """Gives all cycles, open and closed, the one that opened last first."""
    return [Cycle(*row) for row in tx.execute(_NEWEST_FIRST)]


def open_ones(tx: Connection) -> list[Cycle]:
    """Gives the open cycles, the one that opened last first."""
    return [Cycle(*row) for row in tx.execute(_OPEN)]


def current(tx: Connection) -> Cycle | None:
    """Gives the open cycle; of several, the one that opened last."""
    row = tx.execute(_CURRENT).first()
    return Cycle(*row) if row else None


def opened(tx: Connection, name: str, year: int) -> Cycle | None:
    """Gives the open cycle of this name and year."""
    row = tx.execute(_OPENED, {"called": name, "in_year": year}).first()
    return Cycle(*row) if row else None


def set_deadline(tx: Connection, cycle_id: int, deadline: datetime) -> None:
    """Moves the deadline; the plan of reminders has a new version."""
    tx.execute(_SET_DEADLINE, {"cycle": cycle_id, "until": deadline})


def set_plan(tx: Connection, cycle_id: int, plan: Mapping[str, Any]) -> None:
    """Plans reminders anew, in a new version."""
    tx.execute(_SET_PLAN, {"cycle": cycle_id, "planned": dict(plan)})


def close(tx: Connection, cycle_id: int, now: datetime | None = None) -> bool:
    """Closes a cycle; False if it was not open."""
    return tx.execute(_CLOSE, {"cycle": cycle_id, "now": now}).first() is not None


def reopen(tx: Connection, cycle_id: int) -> bool:
    """Opens a closed cycle again; False if it is open, or erased."""
    return tx.execute(_REOPEN, {"cycle": cycle_id}).first() is not None
