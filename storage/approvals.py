"""Who said yes to which submission of a form, in their own name or in somebody else's."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, null, select, update

from storage.conflicts import ConflictInsert
from storage.models import Approval as ApprovalModel
from storage.models import Person, table


@dataclass(frozen=True, slots=True)
class Approval:
    """One standing yes. `for_whom` differs from `by` for a stand-in (代审) and for a page signed
    by hand (线下签批), whose photo has the key `file_key`."""

    id: int
    submission: int
    rank: int
    by: str
    by_name: str
    for_whom: str
    for_name: str
    file_key: str | None
    at: datetime


_approvals = table(ApprovalModel)
_a = _approvals.c
_by, _whom = table(Person).alias("approver"), table(Person).alias("leader")
_ADD = ConflictInsert(
    lambda insert: insert(_approvals).on_conflict_do_nothing().returning(_approvals.c.id)
)
_STANDING = (
    select(
        _a.id, _a.submission, _a.rank, _a.by, func.coalesce(_by.c.name, _a.by), _a.for_whom,
        func.coalesce(_whom.c.name, _a.for_whom), _a.file_key, _a.at,
    )
    .select_from(
        _approvals.outerjoin(_by, _by.c.userid == _a.by).outerjoin(
            _whom, _whom.c.userid == _a.for_whom
        )
    )
    .where(_a.form_id == bindparam("form"), _a.dropped_at.is_(null()))
    .order_by(_a.rank)
)  # fmt: skip
_DROP = (
    update(_approvals)
    .where(_a.form_id == bindparam("form"), _a.dropped_at.is_(null()))
    .values(dropped_at=bindparam("now"))
    .returning(_a.id)
)


def add(
    tx: Connection,
    form_id: int,
    submission: int,
    rank: int,
    by: str,
    for_whom: str,
    now: datetime,
    file_key: str | None = None,
) -> int | None:
    """Keeps a yes and gives its id; None, and nothing kept, if this rank has one already."""
    values: dict[str, Any] = {"form_id": form_id, "submission": submission, "rank": rank}
    values |= {"by": by, "for_whom": for_whom, "file_key": file_key, "at": now}
    found = tx.execute(_ADD.on(tx), values).scalar_one_or_none()
    return None if found is None else int(found)


def standing(tx: Connection, form_id: int) -> list[Approval]:
    """Gives the approvals that count, lowest rank first."""
    return [Approval(*row) for row in tx.execute(_STANDING, {"form": form_id})]


def drop(tx: Connection, form_id: int, now: datetime) -> int:
    """Ends the approvals of a form that goes back; they stay on record. Gives how many."""
    return len(tx.execute(_DROP, {"form": form_id, "now": now}).all())
