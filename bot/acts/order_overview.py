"""导出, 进度图: orders the table or the picture of all forms; the worker makes and sends it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import ActRefused
from bot.lifecycle import By
from storage import people, tasks

KIND = "overview"


def order_overview(
    tx: Connection, actor: str, what: str, now: datetime, turn_id: int | None = None
) -> None:
    """Orders `book` or `picture` for a coordinator, once for each turn: over the departments that
    they coordinate when it is made."""
    if not any(role.role == By.COORDINATOR for role in people.roles(tx, actor)):
        raise ActRefused("digest_not_yours")
    why = f"turn:{turn_id or now.isoformat()}"
    tasks.add(tx, KIND, {"userid": actor, "what": what}, f"{KIND}:{what}:{actor}:{why}", now)
