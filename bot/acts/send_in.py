"""送审: hands a form to its reviewers."""

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
from bot.lifecycle import Act, By
from bot.readiness import check_ready
from bot.services import Services
from bot.views import waiting_of
from dialogs import notices


def send_in(services: Services, tx: Connection, actor: str, form_id: int, now: datetime) -> None:
    """Asks every reviewer of the department; refused while anything is missing or contradicts."""
    form = locked(tx, form_id)
    check_access(tx, actor, By.CONTACT, form)
    check_move(form, Act.SEND_IN, By.CONTACT)
    reviewers = holders(tx, By.REVIEWER, form.department_id)
    if not reviewers:
        raise ActRefused("no_reviewer", names=coordinators(tx, form))
    waiting = waiting_of(services, tx, standing_of(tx, form_id))
    check_ready(tx, form_id, waiting.standard, waiting.answers)
    move(tx, form, Act.SEND_IN, By.CONTACT, actor, now)
    waiting = waiting_of(services, tx, standing_of(tx, form_id))
    for reviewer in reviewers:
        services.postbox.post(tx, reviewer, notices.review_request(waiting), now, form_id)
