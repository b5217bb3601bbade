"""What came of a claimed row. Each gives False, and does nothing, if the row isn't the caller's
any more because its lease ran out and another worker has it."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, update

from storage.outbox.row import OUTBOX, OutboxRow

_o = OUTBOX.c
_mine = (
    _o.id == bindparam("row"),
    _o.state == "claimed",
    _o.claims == bindparam("claim"),
)
_released = {"claimed_by": None, "claimed_until": None}
_failure = update(OUTBOX).where(*_mine).values(last_error=bindparam("error"), **_released)

# Whoever says so: a message that is sent must not be sent again.
_SENT = (
    update(OUTBOX)
    .where(_o.id == bindparam("row"), _o.state != "sent")
    .values(
        state="sent",
        sent_at=bindparam("now"),
        msgid=bindparam("message"),
        response_code=bindparam("code"),
        last_error=None,
        **_released,
    )
    .returning(_o.id)
)
_FAILED = _failure.values(state="failed").returning(_o.id)
_UNKNOWN = _failure.values(state="unknown").returning(_o.id)
_MAYBE = _failure.values(state="pending", not_before=bindparam("later")).returning(_o.id)
# An earlier try that may have arrived still may have, whatever came of this one.
_RETRY = _failure.values(
    state="pending", not_before=bindparam("later"), first_tried_at=bindparam("tried_before")
).returning(_o.id)
_POSTPONE = (
    update(OUTBOX)
    .where(*_mine)
    .values(
        state="pending",
        not_before=bindparam("later"),
        attempts=_o.attempts - 1,
        last_error=bindparam("error"),
        first_tried_at=bindparam("tried_before"),
        **_released,
    )
    .returning(_o.id)
)
# What goes in its place has never been sent.
_REPLACE = (
    update(OUTBOX)
    .where(*_mine)
    .values(
        state="pending",
        payload=bindparam("instead"),
        attempts=0,
        first_tried_at=None,
        last_error=bindparam("error"),
        **_released,
    )
    .returning(_o.id)
)
_MEDIA = update(OUTBOX).where(*_mine).values(media_id=bindparam("media")).returning(_o.id)


def mark_sent(
    tx: Connection,
    row: OutboxRow,
    now: datetime,
    msgid: str | None = None,
    response_code: str | None = None,
) -> bool:
    """The message has arrived. Counts even from a worker whose lease ran out."""
    values = {"row": row.id, "now": now, "message": msgid, "code": response_code}
    return tx.execute(_SENT, values).first() is not None


def mark_retry(
    tx: Connection, row: OutboxRow, not_before: datetime, error: str, unknown: bool = False
) -> bool:
    """It didn't work and is to be tried again; until then the person's later rows wait.

    `unknown` says that it may have arrived all the same (a time-out after sending): then
    `first_tried_at` stays, so that the worker sees when resending stops being safe.
    """
    values = _ours(row) | {"later": not_before, "error": error}
    if unknown:
        return tx.execute(_MAYBE, values).first() is not None
    return tx.execute(_RETRY, values | _before(row)).first() is not None


def postpone(
    tx: Connection, row: OutboxRow, not_before: datetime, error: str | None = None
) -> bool:
    """It never left (the person has had enough for this minute, or nobody could be reached): no
    try is counted. Without an error the last one stays."""
    values = _ours(row) | _before(row) | {"later": not_before, "error": error or row.last_error}
    return tx.execute(_POSTPONE, values).first() is not None


def replace(tx: Connection, row: OutboxRow, payload: str, error: str) -> bool:
    """Another message goes in its place and at its place in the queue."""
    values = _ours(row) | {"instead": payload, "error": error}
    return tx.execute(_REPLACE, values).first() is not None


def mark_failed(tx: Connection, row: OutboxRow, error: str) -> bool:
    """It can never arrive; the person's later rows go on."""
    return tx.execute(_FAILED, _ours(row) | {"error": error}).first() is not None


def mark_unknown(tx: Connection, row: OutboxRow, error: str) -> bool:
    """Nobody knows whether it arrived, and resending is no longer safe; later rows go on."""
    return tx.execute(_UNKNOWN, _ours(row) | {"error": error}).first() is not None


def keep_media(tx: Connection, row: OutboxRow, media_id: str | None) -> bool:
    """Stores the uploaded file's media id before sending, so that a resend is byte-identical.

    None forgets an id that has expired.
    """
    return tx.execute(_MEDIA, _ours(row) | {"media": media_id}).first() is not None


def _ours(row: OutboxRow) -> dict[str, object]:
    return {"row": row.id, "claim": row.claims}


def _before(row: OutboxRow) -> dict[str, object]:
    return {"tried_before": row.first_tried_at}
