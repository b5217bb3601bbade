"""Who is to be reminded of a form because a coordinator says so (催办)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, null, select, update

from storage.models import Nudge as NudgeModel
from storage.models import table
from storage.rows import columns


@dataclass(frozen=True, slots=True)
class Nudge:
    """`words` are those of the coordinator, `at` when they said so."""

    id: int
    form_id: int
    userid: str
    by: str
    words: str
    at: datetime


_nudges = table(NudgeModel)
_n = _nudges.c
_open = _n.settled_at.is_(null())
_since = _n.at > bindparam("since", type_=_n.at.type)
_ALL = select(*columns(_nudges, Nudge)).order_by(_n.id)
_OPEN = _ALL.where(_open, _since)
_SINCE = _ALL.where(_since)
_ADD = insert(_nudges).returning(_n.id)
_SETTLE = (
    update(_nudges)
    .where(_n.form_id == bindparam("form"), _n.userid == bindparam("person"), _open)
    .values(settled_at=bindparam("now"))
)


def add(tx: Connection, form_id: int, userid: str, by: str, words: str, now: datetime) -> int:
    """Asks that somebody be reminded of a form, and gives the row's id; an earlier wish for the
    same person and form is over with it."""
    tx.execute(_SETTLE, {"form": form_id, "person": userid, "now": now})
    values = {"form_id": form_id, "userid": userid, "by": by, "words": words, "at": now}
    return int(tx.execute(_ADD, values).scalar_one())


def open_since(tx: Connection, since: datetime) -> list[Nudge]:
    """Gives the wishes of after that moment that are not over, oldest first."""
    return [Nudge(*row) for row in tx.execute(_OPEN, {"since": since})]


def since(tx: Connection, moment: datetime) -> list[Nudge]:
    """Gives all wishes of after a moment, oldest first."""
    return [Nudge(*row) for row in tx.execute(_SINCE, {"since": moment})]
