"""改好了: the contact is done with one thing that came back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import ActRefused, check_access, locked
from bot.lifecycle import By, FormState
from bot.phrases import phrase
from storage import returned


def settle_point(
    tx: Connection, actor: str, form_id: int, indicator: str, reply: str, now: datetime
) -> None:
    """Notes it with what is answered to the words; whoever returned it reads that when the form
    is sent in again. One that is done already stays as it is."""
    form = locked(tx, form_id)
    check_access(tx, actor, By.CONTACT, form)
    if form.state != FormState.DRAFTING:
        raise ActRefused("not_drafting", state=phrase(f"state_{form.state}"))
    returned.settle(tx, form_id, indicator, actor, reply.strip(), now)
