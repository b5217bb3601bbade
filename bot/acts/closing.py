"""Cards that ask for a decision that has been taken: they go stale and are greyed, best effort."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import name_of
from bot.lifecycle import Act, By
from bot.phrases import phrase
from bot.services import Services
from dialogs.approval import is_signed_key
from dialogs.case import Role
from dialogs.desk_cards import desk_of
from storage import cards
from storage.forms import Form

_FORWARD = (Act.APPROVE, Act.SIGN_BY_HAND)


def close_cards(
    services: Services, tx: Connection, form: Form, desk: By, act: Act, actor: str, now: datetime
) -> None:
    """Closes all open cards about the form that belong to the desk, also those of people who
    stood in there. A click that comes all the same finds its card stale and decides nothing."""
    label = phrase(f"closed_{act}", name=name_of(tx, actor))
    for card in cards.open_about(tx, form.id):
        key = card.question or ""
        # Who is said to have signed may deny it for as long as the form goes forward.
        kept = is_signed_key(key) and act in _FORWARD
        if desk_of(key) == Role(desk) and not kept:
            cards.set_state(tx, card.task_id, "open", "stale")
            services.postbox.put_greying(tx, card.userid, card.task_id, label, now)
