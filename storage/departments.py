"""The departments and what people call them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, select

from storage.conflicts import ConflictInsert
from storage.models import Department as DepartmentModel
from storage.models import Form, table


@dataclass(frozen=True, slots=True)
class Department:
    id: int
    code: str
    name: str
    short_names: tuple[str, ...]


_departments = table(DepartmentModel)
_ALL = select(
    _departments.c.id, _departments.c.code, _departments.c.name, _departments.c.short_names
)
_GET = _ALL.where(_departments.c.id == bindparam("department"))
_BY_CODE = _ALL.where(_departments.c.code == bindparam("code"))
_OF_FORM = (
    select(_departments.c.code)
    .join(table(Form), table(Form).c.department_id == _departments.c.id)
    .where(table(Form).c.id == bindparam("form"))
)
_IN_ORDER = _ALL.order_by(_departments.c.code)
_ACTIVE = _IN_ORDER.where(_departments.c.active)


def _upserting(insert: Any) -> Any:
    new = insert(_departments)
    return new.on_conflict_do_update(
        index_elements=["code"],
        set_={"name": new.excluded.name, "short_names": new.excluded.short_names},
    ).returning(_departments.c.id)


_UPSERT = ConflictInsert(_upserting)


def upsert(tx: Connection, code: str, name: str, short_names: Sequence[str] = ()) -> int:
    """Adds a department or brings its names up to date; gives its id."""
    values = {"code": code, "name": name, "short_names": list(short_names)}
    return int(tx.execute(_UPSERT.on(tx), values).scalar_one())


def get(tx: Connection, department_id: int) -> Department | None:
    row = tx.execute(_GET, {"department": department_id}).first()
    return _department(row) if row else None


def by_code(tx: Connection, code: str) -> Department | None:
    row = tx.execute(_BY_CODE, {"code": code}).first()
    return _department(row) if row else None


def code_of_form(tx: Connection, form_id: int) -> str:
    """Gives the code of a form's department; "" if there is no such form."""
    return str(tx.execute(_OF_FORM, {"form": form_id}).scalar_one_or_none() or "")


def all_of_them(tx: Connection) -> list[Department]:
    """Gives all departments, by code."""
    return [_department(row) for row in tx.execute(_IN_ORDER)]


def active_ones(tx: Connection) -> list[Department]:
    """Gives the departments that take part, by code."""
    return [_department(row) for row in tx.execute(_ACTIVE)]


def _department(row: Any) -> Department:
    department_id, code, name, short_names = row
    return Department(department_id, code, name, tuple(short_names))
