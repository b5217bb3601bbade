"""The inbound messages: each is worked on once, and a retry gets the same reply."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select, update

from storage.conflicts import ConflictInsert
from storage.models import Turn as TurnModel
from storage.models import table
from storage.rows import columns


@dataclass(frozen=True, slots=True)
class Turn:
    """`reply` is the passive text; "" was an empty body, None means not answered yet."""

    id: int
    key: str
    userid: str
    received_at: datetime
    kind: str
    reply: str | None


_turns = table(TurnModel)
_SEEN = select(*columns(_turns, Turn)).where(_turns.c.key == bindparam("key"))
_KEEP = ConflictInsert(
    lambda insert: (
        insert(_turns).on_conflict_do_nothing(index_elements=["key"]).returning(_turns.c.id)
    )
)
_SET_REPLY = update(_turns).where(_turns.c.id == bindparam("turn")).values(reply=bindparam("reply"))


def seen(tx: Connection, key: str) -> Turn | None:
    """Gives the turn that an earlier delivery of the same message made."""
    row = tx.execute(_SEEN, {"key": key}).first()
    return Turn(*row) if row else None


def keep(tx: Connection, key: str, userid: str, kind: str, now: datetime) -> int | None:
    """Begins a turn and gives its id, or None if the message is there already.

    Call it first and `seen` only after a None: while another transaction works on the same
    message, PostgreSQL makes this one wait for it.
    """
    values = {"key": key, "userid": userid, "kind": kind, "received_at": now}
    return tx.execute(_KEEP.on(tx), values).scalar_one_or_none()


def set_reply(tx: Connection, turn_id: int, reply: str) -> None:
    """Keeps what a retry must be answered with; "" for an empty body."""
    tx.execute(_SET_REPLY, {"turn": turn_id, "reply": reply})
