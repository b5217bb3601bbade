"""Who approves in a reviewer's place for a while (代审)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, null, or_, select, update

from storage.models import Department, Person, table
from storage.models import StandIn as StandInModel


@dataclass(frozen=True, slots=True)
class StandIn:
    """`userid` acts for `for_whom` in one department; without `until`, for as long as nobody
    ends it."""

    id: int
    department_id: int
    department: str
    for_whom: str
    for_name: str
    userid: str
    name: str
    set_by: str
    until: datetime | None


_stand_ins = table(StandInModel)
_s, _d = _stand_ins.c, table(Department).c
_leader, _other = table(Person).alias("leader"), table(Person).alias("other")
_open = _s.ended_at.is_(null())
_now = bindparam("now", type_=_s.until.type)
_ALL: Any = (
    select(
        _s.id, _s.department_id, _d.name, _s.stands_in_for, _leader.c.name, _s.userid,
        _other.c.name, _s.set_by, _s.until,
    )
    .select_from(
        _stand_ins.join(table(Department), _d.id == _s.department_id)
        .join(_leader, _leader.c.userid == _s.stands_in_for)
        .join(_other, _other.c.userid == _s.userid)
    )
    .where(_open)
    .order_by(_s.id)
)  # fmt: skip
_RUNNING = _ALL.where(or_(_s.until.is_(null()), _s.until > _now))
_OVER = _ALL.where(_s.until <= _now)
_ADD = insert(_stand_ins).returning(_s.id)
_END = (
    update(_stand_ins)
    .where(_s.id.in_(bindparam("ids", expanding=True)), _open)
    .values(ended_at=_now)
    .returning(_s.id)
)
_END_FOR = (
    update(_stand_ins)
    .where(_s.department_id == bindparam("department"), _s.stands_in_for == bindparam("person"))
    .where(_open)
    .values(ended_at=_now)
)


def add(
    tx: Connection,
    department_id: int,
    for_whom: str,
    userid: str,
    set_by: str,
    now: datetime,
    until: datetime | None = None,
) -> int:
    """Sets a stand-in and gives the row's id; the one there was for the same reviewer ends.
    Raises IntegrityError for somebody who is to stand in for themself."""
    tx.execute(_END_FOR, {"department": department_id, "person": for_whom, "now": now})
    values = {"department_id": department_id, "stands_in_for": for_whom, "userid": userid}
    values |= {"set_by": set_by, "set_at": now, "until": until}
    return int(tx.execute(_ADD, values).scalar_one())


def running(tx: Connection, now: datetime) -> list[StandIn]:
    """Gives those who stand in for somebody at this moment, in all departments."""
    return [StandIn(*row) for row in tx.execute(_RUNNING, {"now": now})]


def over(tx: Connection, now: datetime) -> list[StandIn]:
    """Gives those whose last day is over and who have not been ended yet."""
    return [StandIn(*row) for row in tx.execute(_OVER, {"now": now})]


def end(tx: Connection, ids: Sequence[int], now: datetime) -> int:
    """Ends these; gives how many were still running."""
    return len(tx.execute(_END, {"ids": list(ids), "now": now}).all())
