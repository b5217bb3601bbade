"""The queue itself: rows go in, and workers claim them."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    and_,
    bindparam,
    exists,
    func,
    literal_column,
    or_,
    select,
    text,
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
_due = (
    _unsent(_o),
    _o.not_before <= _now,
    or_(_o.state == literal_column("'pending'"), _o.claimed_until <= _now),
    ~_not_this_persons_turn,
)
_DUE = (
    select(_o.id, _o.userid)
    .where(*_due)
    .order_by(_o.not_before, _o.id)
    .limit(bindparam("limit", type_=Integer))
    .with_for_update(skip_locked=True)
)
# PostgreSQL's workers claim at the same time, and each sees the queue as it was when its look
# began: two could take two rows of one person. So they lock the people first, without waiting,
# and then look again.
_LOCK_PEOPLE = text(
    "SELECT who FROM unnest(CAST(:people AS text[])) AS who"
    " WHERE pg_try_advisory_xact_lock(7316001, hashtext(who))"
)
_CLAIM = (
    update(OUTBOX)
    .where(_o.id.in_(bindparam("ids", expanding=True)), *_due)
    .values(
        state="claimed",
        claimed_by=bindparam("worker"),
        claimed_until=bindparam("until"),
        attempts=_o.attempts + 1,
        claims=_o.claims + 1,
    )
    .returning(*COLUMNS)
)
_HOLD = (
    update(OUTBOX)
    .where(
        _o.id == bindparam("row"),
        _o.state == literal_column("'claimed'"),
        _o.claims == bindparam("claim"),
    )
    .values(claimed_until=bindparam("until"))
    .returning(_o.id)
)
_BEGIN = _HOLD.values(first_tried_at=func.coalesce(_o.first_tried_at, _now))
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

    A row whose worker hasn't reported back within the lease is given out again; where
    `first_tried_at` is set, it may have arrived. Commit before sending. PostgreSQL's workers skip
    what another one is just claiming.
    """
    due = tx.execute(_DUE, {"now": now, "limit": limit}).all()
    if due and tx.dialect.name == "postgresql":
        people = tx.execute(_LOCK_PEOPLE, {"people": [row.userid for row in due]}).scalars()
        mine = set(people)
        due = [row for row in due if row.userid in mine]
    if not due:
        return []
    ids = [row.id for row in due]
    values = {"ids": ids, "worker": worker, "until": now + lease, "now": now}
    found = {row.id: OutboxRow(*row) for row in tx.execute(_CLAIM, values)}
    return [found[each] for each in ids if each in found]


def begin(tx: Connection, row: OutboxRow, now: datetime, lease: timedelta) -> bool:
    """Notes that the row is being sent from now on: whoever finds it after a crash knows that it
    may have arrived. False if it isn't the caller's any more: then it must not be sent. Commit
    before sending."""
    values = {"row": row.id, "claim": row.claims, "now": now, "until": now + lease}
    return tx.execute(_BEGIN, values).first() is not None


def hold(tx: Connection, row: OutboxRow, now: datetime, lease: timedelta) -> bool:
    """Prolongs the lease of a row that takes long (an upload). False if it isn't the caller's."""
    values = {"row": row.id, "claim": row.claims, "until": now + lease}
    return tx.execute(_HOLD, values).first() is not None
