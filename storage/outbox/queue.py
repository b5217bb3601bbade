"""The queue itself: rows go in, and workers claim them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    and_,
    bindparam,
    case,
    exists,
    literal_column,
    or_,
    select,
    update,
)

from storage.conflicts import ConflictInsert
from storage.outbox.row import COLUMNS, OUTBOX, OutboxRow

# What waits for no time must not depend on the clock either, which may be set back.
AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)

_o = OUTBOX.c
_other = OUTBOX.alias("other")
_now = bindparam("now", type_=_o.not_before.type)


def _unsent(rows: Any) -> ColumnElement[bool]:
    """Written out as in the partial indexes: with parameters SQLite would not use them."""
    words: list[ColumnElement[str]] = [literal_column("'pending'"), literal_column("'claimed'")]
    condition: ColumnElement[bool] = rows.state.in_(words)
    return condition


def _in_line(rows: Any) -> ColumnElement[bool]:
    """Ready, or tried before: what holds its place against younger rows."""
    return and_(_unsent(rows), or_(rows.claims > 0, rows.not_before <= _now))


_running = and_(_other.c.state == literal_column("'claimed'"), _other.c.claimed_until > _now)
_not_this_persons_turn = exists().where(
    _other.c.userid == _o.userid,
    _in_line(_other.c),
    or_(_other.c.id < _o.id, and_(_other.c.id != _o.id, _running)),
)
_DUE = (
    select(_o.id, _o.first_tried_at)
    .where(
        _unsent(_o),
        _o.not_before <= _now,
        or_(_o.state == literal_column("'pending'"), _o.claimed_until <= _now),
        ~_not_this_persons_turn,
    )
    .order_by(_o.not_before, _o.id)
    .limit(bindparam("limit", type_=Integer))
    .with_for_update(skip_locked=True)
)
_CLAIM = (
    update(OUTBOX)
    .where(_o.id.in_(bindparam("ids", expanding=True)))
    .values(
        state="claimed",
        claimed_by=bindparam("worker"),
        claimed_until=bindparam("until"),
        attempts=_o.attempts + 1,
        claims=_o.claims + 1,
        first_tried_at=case((_o.first_tried_at.is_(None), _now), else_=_o.first_tried_at),
    )
    .returning(*COLUMNS)
)
_ADD = ConflictInsert(
    lambda insert: (
        insert(OUTBOX).on_conflict_do_nothing(index_elements=["dedupe_key"]).returning(_o.id)
    )
)
_SAME = select(_o.id).where(_o.dedupe_key == bindparam("key"))
_IN_LINE = select(exists().where(_o.userid == bindparam("person"), _in_line(_o)))
_ANY_UNSENT = select(exists().where(_o.userid == bindparam("person"), _unsent(_o)))


def add(
    tx: Connection,
    userid: str,
    payload: str,
    kind: str,
    now: datetime,
    not_before: datetime | None = None,
    file_key: str | None = None,
    dedupe_key: str | None = None,
    topic: str = "",
    about: str = "",
    unasked_id: int | None = None,
) -> int:
    """Queues a message and gives its row's id; a dedupe key used before gives the row of then.
    Without `not_before` it is sent as soon as possible.

    `kind` is send, update_card or upload+send (then `file_key` is uploaded first); `topic`,
    `about` and `unasked_id` are kept as they are.
    """
    row = {"userid": userid, "payload": payload, "kind": kind, "created_at": now}
    row |= {"not_before": not_before or AT_ONCE, "file_key": file_key, "dedupe_key": dedupe_key}
    row |= {"topic": topic, "about": about, "unasked_id": unasked_id}
    new = tx.execute(_ADD.on(tx), row).scalar_one_or_none()
    if new is not None:
        return int(new)
    return int(tx.execute(_SAME, {"key": dedupe_key}).scalar_one())


def has_pending(tx: Connection, userid: str, now: datetime | None = None) -> bool:
    """Says whether anything unsent stands before what the person is told next.

    With `now`, rows put off until later don't count; without it every unsent row does.
    """
    if now is None:
        return bool(tx.execute(_ANY_UNSENT, {"person": userid}).scalar_one())
    return bool(tx.execute(_IN_LINE, {"person": userid, "now": now}).scalar_one())


def claim(
    tx: Connection, worker: str, now: datetime, limit: int, lease: timedelta
) -> list[OutboxRow]:
    """Gives a worker the rows it is to send now: at most one a person, each person's oldest.

    A row whose worker hasn't reported back within the lease is given out again, with the old
    `first_tried_at`: it may have arrived. The stored one begins with this claim at the latest,
    in case that this worker dies. Commit before sending. PostgreSQL's workers skip what another
    one is just claiming.
    """
    due = tx.execute(_DUE, {"now": now, "limit": limit}).all()
    if not due:
        return []
    tried = {row.id: row.first_tried_at for row in due}
    values = {"ids": list(tried), "worker": worker, "until": now + lease, "now": now}
    found = [OutboxRow(*row) for row in tx.execute(_CLAIM, values)]
    rows = {row.id: replace(row, first_tried_at=tried[row.id]) for row in found}
    return [rows[each] for each in tried if each in rows]
