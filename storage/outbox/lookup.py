"""Finding rows of the outbox again: what was sent under a key, and what a person just got."""

from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    bindparam,
    exists,
    func,
    literal_column,
    or_,
    select,
)

from storage.outbox.row import OUTBOX

_o = OUTBOX.c
_UNDER = select(_o.payload).where(_o.dedupe_key == bindparam("key"))
_same = (_o.userid == bindparam("person"), _o.payload == bindparam("payload"))


def _there(*states: str) -> ColumnElement[bool]:
    # Written out as in the partial indexes: with parameters SQLite would not use them.
    words: list[ColumnElement[str]] = [literal_column(f"'{state}'") for state in states]
    return exists().where(*_same, _o.state.in_(words))


_REPEATS = select(select(func.max(_o.id)).scalar_subquery()).where(
    or_(
        _there("pending", "claimed"),
        _there("failed", "unknown"),
        exists().where(*_same, _o.sent_at >= bindparam("since")),
    )
)


def payload_under(tx: Connection, dedupe_key: str) -> str | None:
    """Gives the message that was queued under a key."""
    found = tx.execute(_UNDER, {"key": dedupe_key}).scalar_one_or_none()
    return None if found is None else str(found)


def repeated_after(tx: Connection, userid: str, payload: str, since: datetime) -> int | None:
    """Gives the outbox's last id, a number that no earlier repeat can have been given, if the same
    message is unsent or was sent since then; None if it would be no repeat."""
    values = {"person": userid, "payload": payload, "since": since}
    found = tx.execute(_REPEATS, values).scalar_one_or_none()
    return None if found is None else int(found)
