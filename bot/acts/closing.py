"""Cards that ask for a decision that has been taken: they go stale and are greyed, best effort."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import holders, name_of
from bot.lifecycle import Act, By
from bot.phrases import phrase
from bot.routing import desk_of_card
from bot.services import Services
from dialogs.case import Role
from storage import cards
from storage.forms import Form


def close_cards(
    services: Services, tx: Connection, form: Form, desk: By, act: Act, actor: str, now: datetime
) -> None:
    """Closes the open cards about the form at everybody who holds the desk. A click that comes
    all the same finds its card stale and decides nothing."""
    label = phrase(f"closed_{act}", name=name_of(tx, actor))
    for userid in holders(tx, desk, form.department_id):
        for card in cards.open_of(tx, userid):
            if card.form_id == form.id and desk_of_card(card.question or "") == Role(desk):
                cards.set_state(tx, card.task_id, "open", "stale")
                services.postbox.put_greying(tx, userid, card.task_id, label, now)
