"""清单: orders what one office is to supply; the worker makes text and file and sends them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import check_access, locked
from bot.lifecycle import By
from storage import tasks


def order_list(
    tx: Connection,
    actor: str,
    form_id: int,
    office: str,
    now: datetime,
    turn_id: int | None = None,
) -> None:
    """Orders the list once for each turn."""
    check_access(tx, actor, By.CONTACT, locked(tx, form_id))
    order = {"form_id": form_id, "userid": actor, "office": office}
    once = f"office_list:{form_id}:{office}:{turn_id or now.isoformat()}"
    tasks.add(tx, "office_list", order, once, now)
