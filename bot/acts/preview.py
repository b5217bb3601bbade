"""预览: orders a draft of the report for the asker; the worker makes and sends it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import check_access, locked
from bot.lifecycle import By
from storage import tasks


def preview(
    tx: Connection, actor: str, form_id: int, now: datetime, turn_id: int | None = None
) -> None:
    """Orders the draft once for each turn."""
    check_access(tx, actor, By.CONTACT, locked(tx, form_id))
    order = {"form_id": form_id, "userid": actor}
    tasks.add(tx, "preview", order, f"preview:{form_id}:{turn_id or now.isoformat()}", now)
