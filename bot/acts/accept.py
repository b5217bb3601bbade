"""接收: finance accepts a delivered form."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import check_access, holders, locked, move, standing_of
from bot.acts.closing import close_cards
from bot.lifecycle import Act, By
from bot.paper import with_paper
from bot.services import Services
from bot.views import view_of
from dialogs import notices


def accept(services: Services, tx: Connection, actor: str, form_id: int, now: datetime) -> None:
    """Ends the form's way, tells its contacts and closes the cards that still ask for it."""
    form = locked(tx, form_id)
    check_access(tx, actor, By.FINANCE, form)
    move(tx, form, Act.ACCEPT, By.FINANCE, actor, now)
    close_cards(services, tx, form, By.FINANCE, Act.ACCEPT, actor, now)
    standing = standing_of(tx, form_id)
    view = with_paper(services.settings, standing, view_of(standing))
    for contact in holders(tx, By.CONTACT, form.department_id):
        services.postbox.post(tx, contact, notices.accepted(view), now, form_id)
