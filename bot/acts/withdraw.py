"""撤回: takes a form back that waits for its reviewers."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import check_access, locked, move
from bot.lifecycle import Act, By


def withdraw(tx: Connection, actor: str, form_id: int, now: datetime) -> None:
    """Leads the form back to drafting."""
    form = locked(tx, form_id)
    check_access(tx, actor, By.CONTACT, form)
    move(tx, form, Act.WITHDRAW, By.CONTACT, actor, now)
