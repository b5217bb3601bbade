"""汇报图: orders the leader's picture; the worker draws and sends it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import check_access, locked
from bot.lifecycle import By
from storage import tasks


def picture(
    tx: Connection, actor: str, form_id: int, now: datetime, turn_id: int | None = None
) -> None:
    """Orders the picture for a contact, once for each turn."""
    check_access(tx, actor, By.CONTACT, locked(tx, form_id))
    order_picture(tx, form_id, [actor], f"turn:{turn_id or now.isoformat()}", now)


def order_picture(
    tx: Connection, form_id: int, people: Sequence[str], why: str, now: datetime
) -> None:
    """Orders the picture for these people, once for each reason."""
    if people:
        order = {"form_id": form_id, "people": list(people)}
        key = f"leader_picture:{form_id}:{why}:{','.join(people)}"
        tasks.add(tx, "leader_picture", order, key, now)
