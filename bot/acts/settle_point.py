"""改好了: the contact is done with one thing that came back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import being_filled
from storage import returned


def settle_point(
    tx: Connection, actor: str, form_id: int, indicator: str, reply: str, now: datetime
) -> None:
    """Notes it with what is answered to the words; whoever returned it reads that when the form
    is sent in again. One that is done already stays as it is."""
    being_filled(tx, actor, form_id)
    returned.settle(tx, form_id, indicator, actor, reply.strip(), now)
