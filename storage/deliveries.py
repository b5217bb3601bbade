"""The versions handed to finance, each of them once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, or_, select, true

from storage.conflicts import ConflictInsert
from storage.models import Cycle, Department, Form, FormEvent, table
from storage.models import Delivery as DeliveryModel


@dataclass(frozen=True, slots=True)
class Delivery:
    """A version with the number of the submission it was made from and the version code printed
    on it; None and "" for those of before there were any.

    `deadline` is that of then, `evidence_key` the evidence in one file. `approved_at` is when the
    last yes was said: what counts for the deadline, because the documents take their time.
    """

    form_id: int
    version: int
    created_at: datetime
    files: tuple[str, ...]
    submission: int | None = None
    code: str = ""
    deadline: datetime | None = None
    evidence_key: str | None = None
    approved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A form that was delivered at least once, with its last version; of all cycles."""

    form_id: int
    cycle: str
    year: int
    code: str
    department: str
    state: str
    last: Delivery


_deliveries = table(DeliveryModel)
_l, _e = _deliveries.c, table(FormEvent).c
_f, _c, _d = table(Form).c, table(Cycle).c, table(Department).c
_ADD = ConflictInsert(
    lambda insert: (
        insert(_deliveries)
        .on_conflict_do_nothing(index_elements=["form_id", "version"])
        .returning(_deliveries.c.version)
    )
)
_approved_at = (
    select(func.max(_e.at))
    .where(
        _e.form_id == _l.form_id,
        _e.to_state == "approved",
        _e.from_state != _e.to_state,
        _e.at <= _l.created_at,
    )
    .scalar_subquery()
)
_COLUMNS = (
    _l.form_id, _l.version, _l.created_at, _l.files, _l.submission, _l.code, _l.deadline,
    _l.evidence_key, _approved_at,
)  # fmt: skip
_OF_FORM = select(*_COLUMNS).where(_l.form_id == bindparam("form")).order_by(_l.version)
_LISTED = (
    select(_f.id, _c.name, _c.year, _d.code, _d.name, _f.state, *_COLUMNS)
    .select_from(
        _deliveries.join(table(Form), (_f.id == _l.form_id) & (_f.version == _l.version))
        .join(table(Cycle), _c.id == _f.cycle_id)
        .join(table(Department), _d.id == _f.department_id)
    )
    .where(
        or_(
            bindparam("everywhere", type_=true().type),
            _f.department_id.in_(bindparam("departments", expanding=True)),
        ),
    )
    .order_by(_c.opens_at.desc(), _c.id.desc(), _d.code, _f.id)
)


def add(
    tx: Connection,
    form_id: int,
    version: int,
    files: Sequence[str],
    now: datetime,
    submission: int | None = None,
    code: str = "",
    deadline: datetime | None = None,
    evidence_key: str | None = None,
) -> bool:
    """Notes a version and its files' keys; False if that version was delivered before."""
    values = {"form_id": form_id, "version": version, "files": list(files), "created_at": now}
    values |= {"submission": submission, "code": code}
    values |= {"deadline": deadline, "evidence_key": evidence_key}
    return tx.execute(_ADD.on(tx), values).first() is not None


def of_form(tx: Connection, form_id: int) -> list[Delivery]:
    """Gives a form's deliveries by version."""
    return [_delivery(*row) for row in tx.execute(_OF_FORM, {"form": form_id})]


def listed(tx: Connection, departments: Collection[int] | None) -> list[Listed]:
    """Gives the delivered forms of these departments (None: of all), the newest cycle first."""
    values = {"everywhere": departments is None, "departments": list(departments or ())}
    return [Listed(*row[:6], _delivery(*row[6:])) for row in tx.execute(_LISTED, values)]


def _delivery(
    form_id: int, version: int, created_at: datetime, files: Sequence[str], *more: object
) -> Delivery:
    return Delivery(form_id, version, created_at, tuple(files), *more)  # type: ignore[arg-type]
