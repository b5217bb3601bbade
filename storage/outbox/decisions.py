"""What somebody decides about messages: looked for, sent once more, or set aside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, func, literal_column, select, update

from storage.outbox.row import COLUMNS, OUTBOX, OutboxRow

_o = OUTBOX.c
STUCK = ("failed", "unknown")
WAITING = ("pending", "claimed")
SET_ASIDE = "set aside by an operator"
RESTORED = "may have been sent after the backup was made"

_this = _o.id == bindparam("row")
_GET = select(*COLUMNS, _o.claimed_by, _o.claimed_until).where(_this)
_again = {"state": "pending", "attempts": 0, "first_tried_at": None, "media_id": None}
_REQUEUE = (
    update(OUTBOX)
    .where(_this, _o.state.in_([literal_column(f"'{state}'") for state in STUCK]))
    .values(not_before=bindparam("now"), set_aside_at=None, **_again)
    .returning(_o.id)
)
# What is just being sent can't be held back any more.
_SET_ASIDE = (
    update(OUTBOX)
    .where(_this, _o.set_aside_at.is_(None), _o.state.in_(("pending", *STUCK)))
    .values(
        state="failed",
        set_aside_at=bindparam("now"),
        last_error=func.coalesce(_o.last_error, SET_ASIDE),
    )
    .returning(_o.id)
)
_DOUBT = (
    update(OUTBOX)
    .where(_o.state.in_(WAITING))
    .values(state="unknown", claimed_by=None, claimed_until=None, last_error=RESTORED)
    .returning(_o.id)
)
_COUNTS = (
    select(_o.state, func.count(), func.min(_o.created_at))
    .where(
        _o.state.in_([literal_column(f"'{state}'") for state in (*WAITING, *STUCK)]),
        _o.set_aside_at.is_(None),
    )
    .group_by(_o.state)
)


@dataclass(frozen=True, slots=True)
class Sought:
    """Which messages are meant: those in these states, if they also fit what else is given.
    `error` is a part of the last error."""

    states: Sequence[str] = STUCK
    userid: str = ""
    error: str = ""
    since: datetime | None = None
    until: datetime | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        wanted: list[ColumnElement[bool]] = [
            # Written out as in the partial indexes: with parameters SQLite would not use them.
            _o.state.in_([literal_column(f"'{state}'") for state in self.states]),
            _o.set_aside_at.is_(None),
        ]
        if self.userid:
            wanted.append(func.lower(_o.userid) == self.userid.lower())
        if self.error:
            wanted.append(_o.last_error.contains(self.error, autoescape=True))
        if self.since:
            wanted.append(_o.created_at >= self.since)
        if self.until:
            wanted.append(_o.created_at < self.until)
        return wanted


@dataclass(frozen=True, slots=True)
class Held:
    """One message with who is sending it, if somebody is."""

    row: OutboxRow
    claimed_by: str | None
    claimed_until: datetime | None


@dataclass(frozen=True, slots=True)
class Amount:
    """How many messages are in a state, and since when the oldest of them."""

    count: int
    oldest: datetime


def find(tx: Connection, sought: Sought, limit: int = 500) -> list[OutboxRow]:
    """Gives the messages that are meant, oldest first."""
    query = select(*COLUMNS).where(*sought.conditions()).order_by(_o.id).limit(limit)
    return [OutboxRow(*row) for row in tx.execute(query)]


def get(tx: Connection, row_id: int) -> Held | None:
    """Gives one message."""
    found: Any = tx.execute(_GET, {"row": row_id}).first()
    return Held(OutboxRow(*found[:-2]), *found[-2:]) if found else None


def amounts(tx: Connection) -> dict[str, Amount]:
    """Counts what is unsent or stuck, by state."""
    return {state: Amount(count, oldest) for state, count, oldest in tx.execute(_COUNTS)}


def requeue(tx: Connection, row_id: int, now: datetime) -> bool:
    """Sends a stuck row once more, by somebody's decision. False if it isn't stuck."""
    return tx.execute(_REQUEUE, {"row": row_id, "now": now}).first() is not None


def doubt_unsent(tx: Connection) -> int:
    """Notes of all that waits that it may have been sent already; gives how many these are."""
    return len(tx.execute(_DOUBT).all())


def set_aside(tx: Connection, row_id: int, now: datetime) -> bool:
    """It need not be sent any more, by somebody's decision; the person's later rows go on. False
    if it is sent, just being sent, or set aside before."""
    return tx.execute(_SET_ASIDE, {"row": row_id, "now": now}).first() is not None
