"""Members whom no message reaches: the coordinators learn it, and who handed something to them,
so that nobody waits in vain."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import holders, name_of
from bot.acts.handed import notice_parts
from bot.handing import hand_of
from bot.lifecycle import By
from bot.phrases import phrase
from bot.services import Services
from dialogs.bubbles import Words
from dialogs.hands import notices as handing_notices
from storage import hands, ledger, people


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
    _tell_givers(services, tx, userid, now)


def _tell_givers(services: Services, tx: Connection, userid: str, now: datetime) -> None:
    """Whoever handed something to the member may ask somebody else."""
    for hand in hands.running_with(tx, userid):
        told = handing_notices.unreachable(*notice_parts(services, tx, hand.form_id), hand_of(hand))
        services.postbox.post(tx, hand.giver, told, now, hand.form_id)
