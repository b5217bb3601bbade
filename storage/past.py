"""The history of a form's answers as people ask for it: who recorded what when, newest first."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select

from storage.answers import Json
from storage.models import AnswerEvent, Person, table

MOST = 2000
"""The newest events that are looked at: more than anybody reads, and enough to know what stood
before each of those."""


@dataclass(frozen=True, slots=True)
class PastAnswer:
    """One answer as given, with the name of who gave it; value None took it back. A purged one
    has lost value and raw text."""

    fact: str
    value: Json | None
    by: str
    at: datetime
    raw: str
    purged: bool


_e, _p = table(AnswerEvent), table(Person)
_OF_FORM = (
    select(
        _e.c.fact,
        _e.c.value,
        func.coalesce(_p.c.name, _e.c.actor),
        _e.c.at,
        _e.c.raw,
        _e.c.purged_at.is_not(None),
    )
    .select_from(_e.outerjoin(_p, _p.c.userid == _e.c.actor))
    .where(_e.c.form_id == bindparam("form"))
    .order_by(_e.c.id.desc())
    .limit(bindparam("most"))
)


def of_form(tx: Connection, form_id: int, most: int = MOST) -> list[PastAnswer]:
    """Gives the newest answers to a form, newest first."""
    return [PastAnswer(*row) for row in tx.execute(_OF_FORM, {"form": form_id, "most": most})]
