"""Members whom no message reaches: the coordinators learn it, so that nobody waits in vain."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import holders, name_of
from bot.lifecycle import By
from bot.phrases import phrase
from bot.services import Services
from dialogs.bubbles import Words
from storage import ledger, people


def tell_of_unreachable(services: Services, tx: Connection, userid: str, now: datetime) -> None:
    """Tells the coordinators of the member's departments, once a day; of a coordinator who can't
    be reached, only the others."""
    day = now.astimezone(services.settings.zone).date()
    if not ledger.once(tx, f"unreachable:{userid.lower()}:{day}", now):
        return
    departments = dict.fromkeys(role.department_id or 0 for role in people.roles(tx, userid))
    told = dict.fromkeys(
        coordinator
        for department in departments or (0,)
        for coordinator in holders(tx, By.COORDINATOR, department)
        if coordinator.lower() != userid.lower()
    )
    words = Words(phrase("unreachable", name=name_of(tx, userid), userid=userid))
    for coordinator in told:
        services.postbox.post(tx, coordinator, (words,), now)
