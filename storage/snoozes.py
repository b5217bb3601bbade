"""Until when people want no reminders, or at which moment they want one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select

from storage.conflicts import ConflictInsert
from storage.models import Snooze as SnoozeModel
from storage.models import table
from storage.rows import columns


@dataclass(frozen=True, slots=True)
class Snooze:
    """`wakes`: at that moment the person wants to be reminded; otherwise the plan goes on."""

    userid: str
    until: datetime
    wakes: bool
    set_at: datetime


_snoozes = table(SnoozeModel)
_s = _snoozes.c
_ALL = select(*columns(_snoozes, Snooze))
_OF = _ALL.where(_s.userid == bindparam("person"))
_AFTER = _ALL.where(_s.until > bindparam("moment", type_=_s.until.type)).order_by(_s.userid)
_WAKING = _ALL.where(
    _s.wakes,
    _s.until > bindparam("after", type_=_s.until.type),
    _s.until <= bindparam("upto", type_=_s.until.type),
).order_by(_s.until, _s.userid)
_END = delete(_snoozes).where(_s.userid == bindparam("person")).returning(_s.userid)


def _setting(insert: Any) -> Any:
    new = insert(_snoozes)
    changed = {name: new.excluded[name] for name in ("until", "wakes", "set_at")}
    return new.on_conflict_do_update(index_elements=["userid"], set_=changed)


_SET = ConflictInsert(_setting)


def set_(tx: Connection, userid: str, until: datetime, wakes: bool, now: datetime) -> None:
    """Keeps what somebody wants; what they wanted before is over."""
    values = {"userid": userid, "until": until, "wakes": wakes, "set_at": now}
    tx.execute(_SET.on(tx), values)


def get(tx: Connection, userid: str) -> Snooze | None:
    row = tx.execute(_OF, {"person": userid}).first()
    return Snooze(*row) if row else None


def running(tx: Connection, now: datetime) -> list[Snooze]:
    """Gives those that are not over, by userid."""
    return [Snooze(*row) for row in tx.execute(_AFTER, {"moment": now})]


def waking(tx: Connection, after: datetime, upto: datetime) -> list[Snooze]:
    """Gives those who want to be reminded at a moment between these, the latter included."""
    return [Snooze(*row) for row in tx.execute(_WAKING, {"after": after, "upto": upto})]


def end(tx: Connection, userid: str) -> bool:
    """Lets the plan go on; False if nothing was kept."""
    return tx.execute(_END, {"person": userid}).first() is not None
