"""撤回: takes a form back that waits for its reviewers."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import check_access, locked, move
from bot.acts.closing import close_cards
from bot.lifecycle import Act, By
from bot.services import Services


def withdraw(services: Services, tx: Connection, actor: str, form_id: int, now: datetime) -> None:
    """Leads the form back to drafting; the reviewers' cards show figures that may change now."""
    form = locked(tx, form_id)
    check_access(tx, actor, By.CONTACT, form)
    move(tx, form, Act.WITHDRAW, By.CONTACT, actor, now)
    close_cards(services, tx, form, By.REVIEWER, Act.WITHDRAW, actor, now)
