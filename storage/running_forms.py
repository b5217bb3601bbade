"""The forms of open cycles with all that decides about when somebody hears of them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from storage.models import Cycle, Department, Form, table


@dataclass(frozen=True, slots=True)
class RunningForm:
    """`since` is when its state, or whose turn it is, last changed; `deadline` the department's
    own (`extended_to`) or the cycle's; `due_at` when it is to be back, for one that was returned."""

    form_id: int
    department_id: int
    code: str
    department: str
    state: str
    rank: int
    version: int
    since: datetime
    due_at: datetime | None
    deadline: datetime
    extended_to: datetime | None
    cycle_id: int
    cycle: str
    year: int
    opens_at: datetime
    plan: dict[str, Any]
    plan_version: int
    standard_hash: str


_f, _c, _d = table(Form).c, table(Cycle).c, table(Department).c
_RUNNING: Any = (
    select(
        _f.id, _d.id, _d.code, _d.name, _f.state, _f.rank, _f.version, _f.updated_at, _f.due_at,
        func.coalesce(_f.extended_to, _c.deadline), _f.extended_to, _c.id, _c.name, _c.year,
        _c.opens_at, _c.plan, _c.plan_version, _c.standard_hash,
    )
    .select_from(
        table(Form)
        .join(table(Cycle), _c.id == _f.cycle_id)
        .join(table(Department), _d.id == _f.department_id)
    )
    .where(_c.state == "open", _d.active)
    .order_by(_f.updated_at, _f.id)
)  # fmt: skip
_OF_CODES = _RUNNING.where(_d.code.in_(bindparam("codes", expanding=True)))


def running(tx: Connection, codes: Collection[str] = ()) -> list[RunningForm]:
    """Gives the forms of open cycles and active departments, longest waiting first; with codes
    those of these departments only."""
    if not codes:
        return [RunningForm(*row) for row in tx.execute(_RUNNING)]
    return [RunningForm(*row) for row in tx.execute(_OF_CODES, {"codes": list(codes)})]
