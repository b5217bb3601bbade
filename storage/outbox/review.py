"""Looking over the outbox: how much somebody was sent, and what got stuck."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, func, literal_column, select

from storage.models import Turn, table
from storage.outbox.row import COLUMNS, OUTBOX, OutboxRow

_o = OUTBOX.c
_t = table(Turn).c
_stuck = and_(
    _o.state.in_([literal_column("'failed'"), literal_column("'unknown'")]),
    _o.set_aside_at.is_(None),
)

# A greyed card makes no new bubble, nor does an empty passive reply.
_BUBBLES = (
    select(func.count())
    .where(
        _o.userid == bindparam("person"),
        _o.sent_at >= bindparam("since"),
        _o.kind != "update_card",
    )
    .scalar_subquery()
)
_PASSIVE = (
    select(func.count())
    .where(_t.userid == bindparam("person"), _t.received_at >= bindparam("since"), _t.reply != "")
    .scalar_subquery()
)
_SENT_SINCE = select(_BUBBLES + _PASSIVE)
_STUCK = select(*COLUMNS).where(_stuck).order_by(_o.id).limit(500)

_SENT = (
    select(_o.userid, _o.sent_at, _o.topic, _o.about)
    .where(_o.state == "sent", _o.kind != "update_card")
    .order_by(_o.sent_at, _o.id)
)
_UNSENT = select(func.count()).where(
    _o.state.in_([literal_column("'pending'"), literal_column("'claimed'")])
)


@dataclass(frozen=True, slots=True)
class SentMessage:
    """What left for whom and when: `topic` is what kind of thing it was, `about` which
    departments it concerned."""

    userid: str
    sent_at: datetime
    topic: str
    about: str


def sent_messages(tx: Connection) -> list[SentMessage]:
    """Gives all that left, oldest first; card updates are no messages."""
    return [SentMessage(*row) for row in tx.execute(_SENT)]


def unsent(tx: Connection) -> int:
    """Counts what waits to be sent."""
    return int(tx.execute(_UNSENT).scalar_one())


def sent_since(tx: Connection, userid: str, since: datetime) -> int:
    """Counts the bubbles a person got since then, whichever process sent them: sent rows, and
    turns answered passively. Card updates don't count."""
    return int(tx.execute(_SENT_SINCE, {"person": userid, "since": since}).scalar_one())


def stuck(tx: Connection) -> list[OutboxRow]:
    """Gives the rows that failed or whose fate is unknown, oldest first, at most 500."""
    return [OutboxRow(*row) for row in tx.execute(_STUCK)]
