"""What came back with words: indicators one by one, or the form as a whole.

The points of one return share their moment. Those of the latest one say what of the form is
open again; they stay on record when they are settled.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, insert, select, update

from storage.models import AnswerEvent, Person, ReturnedPoint, table
from storage.rows import columns

WHOLE = ""
"""The indicator of a point that stands for the whole form."""


@dataclass(frozen=True, slots=True)
class Point:
    """`role` is that in which it was returned; `settled_at` when the contact was done with it,
    and `reply` what they answered."""

    id: int
    form_id: int
    indicator: str
    words: str
    by: str
    role: str
    at: datetime
    settled_at: datetime | None
    settled_by: str | None
    reply: str


_points, _people, _events = table(ReturnedPoint), table(Person), table(AnswerEvent)
_p = _points.c

_ADD = insert(_points)
_OF_FORM = (
    select(*columns(_points, Point), func.coalesce(_people.c.name, _p.by))
    .outerjoin(_people, _people.c.userid == _p.by)
    .where(_p.form_id == bindparam("form"))
    .order_by(_p.id)
)
_newest = select(func.max(_p.at)).where(_p.form_id == bindparam("form")).scalar_subquery()
_LATEST = _OF_FORM.where(_p.at == _newest)
_SETTLE = (
    update(_points)
    .where(
        _p.form_id == bindparam("form"),
        _p.indicator == bindparam("which"),
        _p.settled_at.is_(None),
    )
    .values(settled_at=bindparam("now"), settled_by=bindparam("who"), reply=bindparam("said"))
    .returning(_p.id)
)
_SETTLE_ALL = (
    update(_points)
    .where(_p.form_id == bindparam("form"), _p.settled_at.is_(None))
    .values(settled_at=bindparam("now"), settled_by=bindparam("who"))
)
_CHANGED = (
    select(_events.c.fact)
    .where(_events.c.form_id == bindparam("form"), _events.c.at >= _newest)
    .distinct()
)


def add(
    tx: Connection,
    form_id: int,
    points: Sequence[tuple[str, str]],
    by: str,
    role: str,
    now: datetime,
) -> None:
    """Returns these indicators with their words; what was open before is closed, it belongs to
    an earlier return. Hold the form's lock."""
    settle_all(tx, form_id, by, now)
    common = {"form_id": form_id, "by": by, "role": role, "at": now}
    tx.execute(_ADD, [common | {"indicator": code, "words": words} for code, words in points])


def latest(tx: Connection, form_id: int) -> list[tuple[Point, str]]:
    """Gives the points of the latest return in the order given, each with the name of who
    returned it; none if the form never came back."""
    return _named(tx, _LATEST, form_id)


def of_form(tx: Connection, form_id: int) -> list[tuple[Point, str]]:
    """Gives all that ever came back, oldest first, each with the name of who returned it."""
    return _named(tx, _OF_FORM, form_id)


def changed_since(tx: Connection, form_id: int) -> set[str]:
    """Gives the facts that were answered since the latest return."""
    return set(tx.execute(_CHANGED, {"form": form_id}).scalars())


def settle(
    tx: Connection, form_id: int, indicator: str, by: str, reply: str, now: datetime
) -> bool:
    """Notes that the contact is done with a point; False if it isn't open."""
    values = {"form": form_id, "which": indicator, "who": by, "said": reply, "now": now}
    return tx.execute(_SETTLE, values).first() is not None


def settle_all(tx: Connection, form_id: int, by: str, now: datetime) -> None:
    """Notes that whatever is open is done."""
    tx.execute(_SETTLE_ALL, {"form": form_id, "who": by, "now": now})


def _named(tx: Connection, statement: object, form_id: int) -> list[tuple[Point, str]]:
    rows = tx.execute(statement, {"form": form_id})  # type: ignore[call-overload]
    return [(Point(*row[:-1]), row[-1]) for row in rows]
