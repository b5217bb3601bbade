"""Who may approve a department's form: its reviewers by rank, and those who stand in for them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    and_,
    bindparam,
    exists,
    literal,
    null,
    or_,
    select,
    union_all,
    update,
)

from storage import people
from storage.models import Person, StandIn, table
from storage.models import Role as RoleModel

REVIEWER = "reviewer"


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody's place in the chain. `for_whom` is the reviewer that a stand-in (代审) acts for,
    with `for_name`; "" for the reviewers themselves."""

    rank: int
    title: str
    userid: str
    name: str
    active: bool
    for_whom: str = ""
    for_name: str = ""


_roles, _stand_ins = table(RoleModel), table(StandIn)
_r, _s = _roles.c, _stand_ins.c
_p = table(Person).c
_leaders = table(Person).alias("leaders")
_own_role = table(RoleModel).alias("own_role")
_department: Any = bindparam("department")
_here = or_(_r.department_id == _department, _r.department_id.is_(null()))

_REVIEWERS = (
    select(
        _r.rank, _r.title, _p.userid, _p.name, _p.active, literal(""), literal(""),
        literal(0).label("kind"), _r.id.label("place"),
    )
    .select_from(_roles.join(table(Person), _p.userid == _r.userid))
    .where(_r.role == literal(REVIEWER), _here)
)  # fmt: skip
_fills_in = exists().where(
    _own_role.c.userid == _s.userid,
    _own_role.c.role == literal("contact"),
    _own_role.c.department_id == _s.department_id,
)
_PROXIES = (
    select(
        _r.rank, _r.title, _p.userid, _p.name, _p.active, _s.stands_in_for, _leaders.c.name,
        literal(1), _s.id,
    )
    .select_from(
        _stand_ins.join(_roles, and_(_r.userid == _s.stands_in_for, _r.role == literal(REVIEWER)))
        .join(table(Person), _p.userid == _s.userid)
        .join(_leaders, _leaders.c.userid == _s.stands_in_for)
    )
    .where(
        _s.department_id == _department,
        _here,
        _s.ended_at.is_(null()),
        or_(_s.until.is_(null()), _s.until > bindparam("now", type_=_s.until.type)),
        # Who fills a form in never approves it in somebody else's name.
        ~_fills_in,
    )
)  # fmt: skip
_SEATS = union_all(_REVIEWERS, _PROXIES).order_by("rank", "kind", "place")
_REVIEWS = (
    select(_r.department_id)
    .where(
        _r.userid == bindparam("person"),
        _r.role == literal(REVIEWER),
        _r.department_id.is_not(None),
    )
    .order_by(_r.id)
)
_PLACE = (
    update(_roles)
    .where(
        _r.userid == bindparam("person"), _r.role == literal(REVIEWER),
        _r.department_id == _department,
    )
    .values(rank=bindparam("new_rank"), title=bindparam("new_title"))
)  # fmt: skip


def reviews(tx: Connection, userid: str) -> list[int]:
    """Gives the ids of the departments where somebody is a reviewer in their own name."""
    return list(tx.execute(_REVIEWS, {"person": userid}).scalars())


def seats(tx: Connection, department_id: int, now: datetime) -> list[Seat]:
    """Gives the whole chain of a department, lowest rank first, the reviewers of a rank before
    their stand-ins. Inactive people are among them, so that a rank nobody holds is seen."""
    found = tx.execute(_SEATS, {"department": department_id, "now": now})
    return [Seat(*row[:7]) for row in found]


def place(tx: Connection, userid: str, department_id: int, rank: int = 1, title: str = "") -> None:
    """Makes somebody a reviewer of the department at this rank, or moves them there."""
    people.grant(tx, userid, REVIEWER, department_id)
    values = {"person": userid, "department": department_id}
    tx.execute(_PLACE, values | {"new_rank": rank, "new_title": title})
