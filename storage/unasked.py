"""What people were told without asking, each message with its reasons."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from storage.models import Card, OutboxMessage, table
from storage.models import Unasked as UnaskedModel
from storage.rows import columns


@dataclass(frozen=True, slots=True)
class Unasked:
    """One message: `reasons` are keys in the ledger; `started_at` says that a part of it left."""

    id: int
    userid: str
    day: str
    kind: str
    about: str
    reasons: list[str]
    messages: int
    created_at: datetime
    started_at: datetime | None
    dropped_at: datetime | None


_unasked = table(UnaskedModel)
_u, _o, _c = _unasked.c, table(OutboxMessage).c, table(Card).c
_ALL = select(*columns(_unasked, Unasked))
_GET = _ALL.where(_u.id == bindparam("which"))
_SINCE = _ALL.where(_u.created_at >= bindparam("since")).order_by(_u.id)
_ADD = insert(_unasked).returning(_u.id)
_COUNTS = (
    select(_u.userid, func.sum(_u.messages))
    .where(_u.day == bindparam("today"), _u.dropped_at.is_(None))
    .where(_u.userid.in_(bindparam("people", expanding=True)))
    .group_by(_u.userid)
)
_START = (
    update(_unasked)
    .where(_u.id == bindparam("which"), _u.started_at.is_(None))
    .values(started_at=bindparam("now"))
)
_DROP = (
    update(_unasked)
    .where(_u.id == bindparam("which"), _u.started_at.is_(None), _u.dropped_at.is_(None))
    .values(dropped_at=bindparam("now"))
    .returning(_u.id)
)
_mine = _o.unasked_id == bindparam("which")
_DROP_CARDS = delete(table(Card)).where(_c.task_id.in_(select(_o.dedupe_key).where(_mine)))
_DROP_ROWS = delete(table(OutboxMessage)).where(_mine)


def add(
    tx: Connection,
    userid: str,
    day: str,
    kind: str,
    about: str,
    reasons: Sequence[str],
    messages: int,
    now: datetime,
) -> int:
    """Notes a message that is being queued, on a local day; gives its id."""
    values: dict[str, object] = {"userid": userid, "day": day, "kind": kind, "about": about}
    values |= {"reasons": list(reasons), "messages": messages, "created_at": now}
    return int(tx.execute(_ADD, values).scalar_one())


def get(tx: Connection, unasked_id: int) -> Unasked | None:
    row = tx.execute(_GET, {"which": unasked_id}).first()
    return Unasked(*row) if row else None


def since(tx: Connection, moment: datetime) -> list[Unasked]:
    """Gives what was queued since then, also what was dropped again, oldest first."""
    return [Unasked(*row) for row in tx.execute(_SINCE, {"since": moment})]


def counts(tx: Connection, userids: Sequence[str], day: str) -> dict[str, int]:
    """Gives how many messages each of these people got, or will get, on a day."""
    rows = tx.execute(_COUNTS, {"people": list(userids), "today": day})
    return {userid: int(count) for userid, count in rows}


def start(tx: Connection, unasked_id: int, now: datetime) -> None:
    """Notes that the first part of it leaves; it can't be dropped any more."""
    tx.execute(_START, {"which": unasked_id, "now": now})


def drop(tx: Connection, unasked_id: int, now: datetime) -> bool:
    """Takes it out of the outbox, if no part of it has left; False if one has."""
    if tx.execute(_DROP, {"which": unasked_id, "now": now}).first() is None:
        return False
    tx.execute(_DROP_CARDS, {"which": unasked_id})
    tx.execute(_DROP_ROWS, {"which": unasked_id})
    return True
