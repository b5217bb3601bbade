"""退回: a reviewer or finance gives a form back with words."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import (
    ActRefused,
    check_access,
    holders,
    locked,
    move,
    name_of,
    standing_of,
)
from bot.acts.closing import close_cards
from bot.lifecycle import Act, By
from bot.services import Services
from bot.views import view_of
from dialogs import notices


def send_back(
    services: Services, tx: Connection, actor: str, form_id: int, words: str, now: datetime
) -> None:
    """A reviewer sends the form back to its contacts."""
    _give_back(services, tx, actor, form_id, words, now, Act.SEND_BACK, By.REVIEWER)


def return_form(
    services: Services, tx: Connection, actor: str, form_id: int, words: str, now: datetime
) -> None:
    """Finance returns a delivered form; the next delivery is a new version."""
    _give_back(services, tx, actor, form_id, words, now, Act.RETURN_FORM, By.FINANCE)


def _give_back(
    services: Services,
    tx: Connection,
    actor: str,
    form_id: int,
    words: str,
    now: datetime,
    act: Act,
    by: By,
) -> None:
    form = locked(tx, form_id)
    check_access(tx, actor, by, form)
    if not words.strip():
        raise ActRefused("no_words")
    move(tx, form, act, by, actor, now, words.strip())
    close_cards(services, tx, form, by, act, actor, now)
    view = view_of(standing_of(tx, form_id))
    name = name_of(tx, actor)
    for userid in holders(tx, By.CONTACT, form.department_id):
        services.postbox.post(
            tx, userid, notices.sent_back(view, words.strip(), name), now, form_id
        )
