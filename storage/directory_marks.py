"""How our people stand in the directory of WeChat Work, as it was last seen."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Integer, bindparam, exists, or_, select

from storage.conflicts import ConflictInsert
from storage.models import Colleague, DirectoryMark, Person, Role, table
from storage.rows import columns

REACHED = ("fine", "renamed")
"""How somebody stands whom messages reach."""


@dataclass(frozen=True, slots=True)
class Mark:
    """`standing` is fine, renamed, left, disabled or unseen (outside the app's range, or not yet
    activated); `name` is the directory's; `since` is when this was first seen. `told_at` is set
    where it is nothing to tell anybody."""

    userid: str
    standing: str
    name: str
    since: datetime
    checked_at: datetime
    told_at: datetime | None = None


_marks, _people = table(DirectoryMark), table(Person)
_p = _people.c
_in_roster = or_(
    exists().where(table(Role).c.userid == _p.userid),
    exists().where(table(Colleague).c.userid == _p.userid),
)
_WATCHED = (
    select(_p.userid, _p.name)
    .where(_p.active, _in_roster, _p.userid > bindparam("after"))
    .order_by(_p.userid)
    .limit(bindparam("most", type_=Integer))
)
_ALL = (
    select(*columns(_marks, Mark))
    .join(_people, _p.userid == _marks.c.userid)
    .where(_p.active, _in_roster)
    .order_by(_marks.c.userid)
)


def _upserting(insert: Any) -> Any:
    new = insert(_marks)
    fresh = ("standing", "name", "since", "checked_at", "told_at")
    return new.on_conflict_do_update(
        index_elements=["userid"], set_={each: new.excluded[each] for each in fresh}
    )


_UPSERT = ConflictInsert(_upserting)


def watched(tx: Connection, after: str, most: int) -> list[tuple[str, str]]:
    """Gives the active people of the roster (userid, name), by userid, from the one after."""
    rows = tx.execute(_WATCHED, {"after": after, "most": most})
    return [(row[0], row[1]) for row in rows]


def of_roster(tx: Connection) -> dict[str, Mark]:
    """Gives how the active people of the roster stand, by userid; those never asked for aren't
    there."""
    return {row[0]: Mark(*row) for row in tx.execute(_ALL)}


def unreachable(tx: Connection) -> set[str]:
    """Gives the userids of the active people of the roster whom no message reaches."""
    marks = of_roster(tx).values()
    return {mark.userid for mark in marks if mark.standing not in REACHED}


def keep(tx: Connection, marks: Sequence[Mark]) -> None:
    """Writes how people stand now."""
    if marks:
        tx.execute(_UPSERT.on(tx), [asdict(mark) for mark in marks])
