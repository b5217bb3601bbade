"""The forms of open cycles that wait for somebody, for reminders."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from storage.models import Cycle, Department, Form, table


@dataclass(frozen=True, slots=True)
class WaitingForm:
    """`since` is when its state, or whose turn it is, last changed; `due_at` when it is to be
    back, for one that was returned."""

    form_id: int
    department_id: int
    department: str
    year: int
    rank: int
    since: datetime
    due_at: datetime | None


_f, _c, _d = table(Form).c, table(Cycle).c, table(Department).c
_IN_STATE = (
    select(_f.id, _d.id, _d.name, _c.year, _f.rank, _f.updated_at, _f.due_at)
    .select_from(
        table(Form)
        .join(table(Cycle), _c.id == _f.cycle_id)
        .join(table(Department), _d.id == _f.department_id)
    )
    .where(_c.state == "open", _f.state == bindparam("wanted"))
    .order_by(_f.updated_at, _f.id)
)
_RETURNED = _IN_STATE.where(_f.due_at.is_not(None))


def in_state(tx: Connection, state: str) -> list[WaitingForm]:
    """Gives the forms in this state, longest waiting first."""
    return [WaitingForm(*row) for row in tx.execute(_IN_STATE, {"wanted": state})]


def returned(tx: Connection) -> list[WaitingForm]:
    """Gives the forms that came back and are being mended."""
    return [WaitingForm(*row) for row in tx.execute(_RETURNED, {"wanted": "drafting"})]
