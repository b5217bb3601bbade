"""通过: a reviewer approves a form; its delivery is ordered in the same transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import (
    ActRefused,
    check_access,
    check_move,
    coordinators,
    holders,
    locked,
    move,
    standing_of,
)
from bot.acts.closing import close_cards
from bot.lifecycle import Act, By
from bot.services import Services
from bot.views import view_of
from dialogs import notices
from storage import tasks


def approve(services: Services, tx: Connection, actor: str, form_id: int, now: datetime) -> None:
    """Tells the contacts; the worker makes the documents and hands them to finance. Refused
    while there is nobody at finance to hand them to."""
    form = locked(tx, form_id)
    check_access(tx, actor, By.REVIEWER, form)
    check_move(form, Act.APPROVE, By.REVIEWER)
    if not holders(tx, By.FINANCE, form.department_id):
        raise ActRefused("no_finance", names=coordinators(tx, form))
    move(tx, form, Act.APPROVE, By.REVIEWER, actor, now)
    close_cards(services, tx, form, By.REVIEWER, Act.APPROVE, actor, now)
    version = form.version + 1
    order = {"form_id": form_id, "version": version}
    tasks.add(tx, "delivery", order, f"delivery:{form_id}:{version}", now)
    view = view_of(standing_of(tx, form_id))
    for contact in holders(tx, By.CONTACT, form.department_id):
        services.postbox.post(tx, contact, notices.approved(view), now, form_id)
