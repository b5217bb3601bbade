"""Findings that were let pass with a reason, and the figures for which they were."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from storage.conflicts import ConflictInsert
from storage.models import Person, table
from storage.models import Waiver as WaiverModel
from storage.rows import columns


@dataclass(frozen=True, slots=True)
class Waiver:
    """`figures` are those the finding named then; "" stands for any."""

    form_id: int
    finding: str
    by: str
    reason: str
    at: datetime
    figures: str = ""


_waivers, _people = table(WaiverModel), table(Person)


def _adding(insert: Any) -> Any:
    new = insert(_waivers)
    fresh = {name: new.excluded[name] for name in ("by", "reason", "at", "figures")}
    # The same figures again change nothing; others make the waiver a new one.
    return new.on_conflict_do_update(
        index_elements=["form_id", "finding"],
        set_=fresh,
        where=_waivers.c.figures != new.excluded.figures,
    ).returning(_waivers.c.finding)


_ADD = ConflictInsert(_adding)
_OF_FORM = (
    select(*columns(_waivers, Waiver))
    .where(_waivers.c.form_id == bindparam("form"))
    .order_by(_waivers.c.at, _waivers.c.finding)
)
_NAMED = (
    select(*columns(_waivers, Waiver), _people.c.name)
    .outerjoin(_people, _people.c.userid == _waivers.c.by)
    .where(_waivers.c.form_id == bindparam("form"))
    .order_by(_waivers.c.at, _waivers.c.finding)
)


def add(
    tx: Connection,
    form_id: int,
    finding: str,
    by: str,
    reason: str,
    now: datetime,
    figures: str = "",
) -> bool:
    """Waives a finding by its key; False, and the first reason stays, if it was waived already
    for the same figures."""
    values = {"form_id": form_id, "finding": finding, "by": by, "reason": reason, "at": now}
    return tx.execute(_ADD.on(tx), values | {"figures": figures}).first() is not None


def of_form(tx: Connection, form_id: int) -> list[Waiver]:
    """Gives the waivers of a form, oldest first."""
    return [Waiver(*row) for row in tx.execute(_OF_FORM, {"form": form_id})]


def named(tx: Connection, form_id: int) -> list[tuple[Waiver, str]]:
    """Gives the waivers of a form, each with the name of who gave it."""
    rows = tx.execute(_NAMED, {"form": form_id})
    return [(Waiver(*row[:-1]), row[-1] or row[2]) for row in rows]
