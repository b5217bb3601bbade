"""What a cycle has come to: its forms, whatever the cycle's state, and how they went."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select

from storage.models import Cycle, Delivery, Department, Form, FormEvent, table


@dataclass(frozen=True, slots=True)
class CycleForm:
    """A form with its department; `deadline` is the department's own or the cycle's."""

    form_id: int
    department_id: int
    code: str
    department: str
    state: str
    version: int
    updated_at: datetime
    deadline: datetime


@dataclass(frozen=True, slots=True)
class Delivered:
    """A version handed to finance; `deadline` is that of then, None for those of before it was
    kept."""

    form_id: int
    version: int
    at: datetime
    submission: int | None
    deadline: datetime | None


@dataclass(frozen=True, slots=True)
class Acted:
    """How often an act was done with a form, and when last."""

    form_id: int
    act: str
    count: int
    last_at: datetime


_f, _c, _d = table(Form).c, table(Cycle).c, table(Department).c
_l, _e = table(Delivery).c, table(FormEvent).c
_FORMS = (
    select(
        *(_f.id, _f.department_id, _d.code, _d.name, _f.state, _f.version, _f.updated_at),
        func.coalesce(_f.extended_to, _c.deadline),
    )
    .select_from(
        table(Form)
        .join(table(Cycle), _c.id == _f.cycle_id)
        .join(table(Department), _d.id == _f.department_id)
    )
    .where(_f.cycle_id == bindparam("cycle"))
    .order_by(_d.code)
)
_DELIVERED = (
    select(_l.form_id, _l.version, _l.created_at, _l.submission, _l.deadline)
    .join(table(Form), _f.id == _l.form_id)
    .where(_f.cycle_id == bindparam("cycle"))
    .order_by(_l.form_id, _l.version)
)
_ACTED = (
    select(_e.form_id, _e.act, func.count(), func.max(_e.at))
    .join(table(Form), _f.id == _e.form_id)
    .where(_f.cycle_id == bindparam("cycle"), _e.act.in_(bindparam("acts", expanding=True)))
    .group_by(_e.form_id, _e.act)
)


def forms(tx: Connection, cycle_id: int) -> list[CycleForm]:
    """Gives all forms of a cycle, open or closed, by the departments' codes."""
    return [CycleForm(*row) for row in tx.execute(_FORMS, {"cycle": cycle_id})]


def delivered(tx: Connection, cycle_id: int) -> dict[int, list[Delivered]]:
    """Gives what was handed to finance, by form, the first version first."""
    found: dict[int, list[Delivered]] = {}
    for row in tx.execute(_DELIVERED, {"cycle": cycle_id}):
        found.setdefault(row.form_id, []).append(Delivered(*row))
    return found


def acted(tx: Connection, cycle_id: int, acts: Collection[str]) -> dict[tuple[int, str], Acted]:
    """Gives how often these acts were done, by form and act."""
    rows = tx.execute(_ACTED, {"cycle": cycle_id, "acts": list(acts)})
    return {(row.form_id, row.act): Acted(*row) for row in rows}
