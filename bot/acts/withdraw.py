"""撤回: takes a form back that waits for its reviewers, at whatever rank it is."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import check_access, locked, move
from bot.acts.closing import close_cards
from bot.chain import approver
from bot.lifecycle import Act, By
from bot.phrases import listed
from bot.services import Services
from bot.views import view_of
from dialogs import approval
from storage import approvals, interviews


def withdraw(services: Services, tx: Connection, actor: str, form_id: int, now: datetime) -> None:
    """Leads the form back to drafting. The approvals given so far are dropped, for they were
    given to other figures perhaps, and who gave them is told."""
    form = locked(tx, form_id)
    check_access(tx, actor, By.CONTACT, form)
    dropped = approvals.standing(tx, form_id)
    move(tx, form, Act.WITHDRAW, By.CONTACT, actor, now)
    close_cards(services, tx, form, By.REVIEWER, Act.WITHDRAW, actor, now)
    standing = interviews.one(tx, form_id)
    if not dropped or standing is None:
        return
    told = approval.withdrawn(view_of(standing), listed([approver(each) for each in dropped]))
    for userid in dict.fromkeys(each.for_whom for each in dropped):
        services.postbox.post(tx, userid, told, now)
