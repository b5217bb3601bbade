"""The units below a department, and the figures that each of them has given for a form."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Text, bindparam, cast, func, insert, select

from storage.conflicts import ConflictInsert
from storage.models import Unit as UnitModel
from storage.models import UnitFigure, table
from storage.rows import columns


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit below a department; one that is no longer active counts no more."""

    id: int
    department_id: int
    code: str
    name: str
    active: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """The figure that counts: the last one that a unit gave for a fact."""

    unit_id: int
    fact: str
    value: Any
    actor: str
    at: datetime


_units, _figures = table(UnitModel), table(UnitFigure)
_f = _figures.c


def _upserting(insert_: Any) -> Any:
    new = insert_(_units)
    return new.on_conflict_do_update(
        index_elements=["department_id", "code"],
        set_={"name": new.excluded.name, "active": new.excluded.active},
    ).returning(_units.c.id)


_UPSERT = ConflictInsert(_upserting)
_OF_DEPARTMENT = (
    select(*columns(_units, Unit))
    .where(_units.c.department_id == bindparam("department"), _units.c.active)
    .order_by(_units.c.code)
)
_ADD = insert(_figures)
_last = (
    select(func.max(_f.id).label("id"))
    .where(_f.form_id == bindparam("form"))
    .group_by(_f.unit_id, _f.fact)
    .subquery()
)
_PRESENT = (
    select(_f.unit_id, _f.fact, cast(_f.value, Text), _f.actor, _f.at)
    .join(_last, _last.c.id == _f.id)
    .order_by(_f.unit_id, _f.id)
)


def upsert(tx: Connection, department_id: int, code: str, name: str, active: bool = True) -> int:
    """Adds a unit or brings its name up to date; one that is no longer active keeps its figures
    on record, but they count no more. Gives its id."""
    values = {"department_id": department_id, "code": code, "name": name, "active": active}
    return int(tx.execute(_UPSERT.on(tx), values).scalar_one())


def of_department(tx: Connection, department_id: int) -> list[Unit]:
    """Gives the active units below a department, by code."""
    return [Unit(*row) for row in tx.execute(_OF_DEPARTMENT, {"department": department_id})]


def record(
    tx: Connection,
    form_id: int,
    unit_id: int,
    values: Mapping[str, Any],
    raw: str,
    actor: str,
    now: datetime,
) -> None:
    """Writes plain values by fact, None taking one back. Hold the form's lock."""
    shared = {"form_id": form_id, "unit_id": unit_id, "raw": raw, "actor": actor, "at": now}
    rows = [shared | {"fact": fact, "value": value} for fact, value in values.items()]
    if rows:
        tx.execute(_ADD, rows)


def figures(tx: Connection, form_id: int) -> list[Figure]:
    """Gives what counts now: for each unit and fact the last figure, if it was not taken back."""
    rows = tx.execute(_PRESENT, {"form": form_id})
    return [Figure(u, f, json.loads(v), a, at) for u, f, v, a, at in rows if v is not None]
