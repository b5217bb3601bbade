"""收到: somebody confirms that they have got a notice."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import ActRefused
from bot.phrases import listed, phrase
from bot.services import Services
from dialogs.notice_lines import notice_of_card
from storage import cards, interviews, notices


def confirm_notice(
    services: Services, tx: Connection, actor: str, notice_id: int, now: datetime
) -> None:
    """Notes it, once, and greys the cards that still ask for it. Raises ActRefused for a notice
    that was not for the actor."""
    if not notices.is_for(tx, notice_id, actor):
        names = interviews.names(tx, None, "coordinator")["coordinator"]
        raise ActRefused("not_yours", names=listed(names))
    notices.confirm(tx, notice_id, actor, now)
    for card in cards.open_of(tx, actor):
        if notice_of_card(card.question or "") == notice_id:
            cards.set_state(tx, card.task_id, "open", "stale")
            label = phrase("closed_notice")
            services.postbox.put_greying(tx, actor, card.task_id, label, now)
