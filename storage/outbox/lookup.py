"""Finding rows of the outbox again: what was sent under a key, and what a person just got."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, exists, func, or_, select

from storage.outbox.row import OUTBOX

_o = OUTBOX.c
_UNDER = select(_o.payload).where(_o.dedupe_key == bindparam("key"))
_LAST = select(func.max(_o.id)).where(_o.userid == bindparam("person"))
_REPEATS = select(_LAST.scalar_subquery()).where(
    exists().where(
        _o.userid == bindparam("person"),
        or_(_o.sent_at.is_(None), _o.sent_at >= bindparam("since")),
        _o.payload == bindparam("payload"),
    )
)


def payload_under(tx: Connection, dedupe_key: str) -> str | None:
    """Gives the message that was queued under a key."""
    found = tx.execute(_UNDER, {"key": dedupe_key}).scalar_one_or_none()
    return None if found is None else str(found)


def repeated_after(tx: Connection, userid: str, payload: str, since: datetime) -> int | None:
    """Gives the id of the person's last row if the same message is unsent or was sent since then;
    None if it would be no repeat."""
    values = {"person": userid, "payload": payload, "since": since}
    found = tx.execute(_REPEATS, values).scalar_one_or_none()
    return None if found is None else int(found)
