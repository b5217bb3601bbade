"""Findings that were let pass with a reason."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from storage.conflicts import ConflictInsert
from storage.models import Waiver as WaiverModel
from storage.models import table
from storage.rows import columns


@dataclass(frozen=True, slots=True)
class Waiver:
    form_id: int
    finding: str
    by: str
    reason: str
    at: datetime


_waivers = table(WaiverModel)
_ADD = ConflictInsert(
    lambda insert: (
        insert(_waivers)
        .on_conflict_do_nothing(index_elements=["form_id", "finding"])
        .returning(_waivers.c.finding)
    )
)
_OF_FORM = (
    select(*columns(_waivers, Waiver))
    .where(_waivers.c.form_id == bindparam("form"))
    .order_by(_waivers.c.at, _waivers.c.finding)
)


def add(tx: Connection, form_id: int, finding: str, by: str, reason: str, now: datetime) -> bool:
    """Waives a finding by its key; False, and the first reason stays, if it was waived already."""
    values = {"form_id": form_id, "finding": finding, "by": by, "reason": reason, "at": now}
    return tx.execute(_ADD.on(tx), values).first() is not None


def of_form(tx: Connection, form_id: int) -> list[Waiver]:
    return [Waiver(*row) for row in tx.execute(_OF_FORM, {"form": form_id})]
