"""The forms of exercises that are over, for who asks about them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from storage.models import Cycle, Department, Form, Role, table


@dataclass(frozen=True, slots=True)
class ClosedForm:
    """`closed_at` is None where that was not kept yet."""

    department: str
    state: str
    cycle: str
    closed_at: datetime | None


_f, _c, _d, _r = table(Form).c, table(Cycle).c, table(Department).c, table(Role).c
_LAST = (
    select(_d.name, _f.state, _c.name, _c.closed_at)
    .select_from(
        table(Form)
        .join(table(Cycle), _c.id == _f.cycle_id)
        .join(table(Department), _d.id == _f.department_id)
        .join(table(Role), _r.department_id == _f.department_id)
    )
    .where(_c.state == "closed", _r.role == "contact", _r.userid == bindparam("person"))
    .order_by(_c.opens_at.desc(), _f.id.desc())
    .limit(1)
)


def last_of_contact(tx: Connection, userid: str) -> ClosedForm | None:
    """Gives the form that a person filled in last, of an exercise that is over."""
    row = tx.execute(_LAST, {"person": userid}).first()
    return ClosedForm(*row) if row else None
