"""What is half said in each talk, as versioned JSON that dialogs writes and reads."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select

from storage.conflicts import ConflictInsert
from storage.models import Conversation, table

NO_FORM = 0
"""The form of the talk that belongs to none: what a desk waits for, and the hat worn."""

_conversations = table(Conversation)
_LOAD = select(_conversations.c.state).where(
    _conversations.c.userid == bindparam("person"), _conversations.c.form_id == bindparam("form")
)
_DROP = delete(_conversations).where(
    _conversations.c.userid == bindparam("person"), _conversations.c.form_id == bindparam("form")
)


def _keeping(insert: Any) -> Any:
    new = insert(_conversations)
    return new.on_conflict_do_update(
        index_elements=["userid", "form_id"],
        set_={"state": new.excluded.state, "updated_at": new.excluded.updated_at},
    )


_KEEP = ConflictInsert(_keeping)


def load(tx: Connection, userid: str, form_id: int) -> dict[str, Any] | None:
    """Gives the stored state; form_id 0 is the talk that belongs to no form."""
    return tx.execute(_LOAD, {"person": userid, "form": form_id}).scalar_one_or_none()


def keep(tx: Connection, userid: str, form_id: int, state: dict[str, Any], now: datetime) -> None:
    values = {"userid": userid, "form_id": form_id, "state": state, "updated_at": now}
    tx.execute(_KEEP.on(tx), values)


def drop(tx: Connection, userid: str, form_id: int) -> None:
    """Forgets what was half said, for somebody who is done with the form."""
    tx.execute(_DROP, {"person": userid, "form": form_id})
