"""退回: a reviewer or finance gives a form back with words, whole or single indicators of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import (
    ActRefused,
    check_access,
    holders,
    locked,
    move,
    name_of,
    standard_of,
    standing_of,
)
from bot.acts.closing import close_cards
from bot.calendar import calendar_of
from bot.chain import approver
from bot.lifecycle import Act, By
from bot.phrases import listed
from bot.returning import returned_of
from bot.services import Services
from bot.views import view_of
from dialogs import approval, notices
from scoring.reopening import WHOLE, facts_of
from scoring.standard import Standard
from storage import approvals, forms, returned
from storage.approvals import Approval

Points = Sequence[tuple[str, str]]
"""What comes back alone: indicators (or `#` and a question's id), each with its words."""


def send_back(
    services: Services,
    tx: Connection,
    actor: str,
    form_id: int,
    words: str,
    now: datetime,
    points: Points = (),
) -> None:
    """A reviewer sends the form back to its contacts; with points, only these are open again."""
    _give_back(services, tx, actor, form_id, words, now, points, Act.SEND_BACK, By.REVIEWER)


def return_form(
    services: Services,
    tx: Connection,
    actor: str,
    form_id: int,
    words: str,
    now: datetime,
    points: Points = (),
) -> None:
    """Finance returns a delivered form; the next delivery is a new version."""
    _give_back(services, tx, actor, form_id, words, now, points, Act.RETURN_FORM, By.FINANCE)


def _give_back(
    services: Services,
    tx: Connection,
    actor: str,
    form_id: int,
    words: str,
    now: datetime,
    points: Points,
    act: Act,
    by: By,
) -> None:
    form = locked(tx, form_id)
    check_access(tx, actor, by, form)
    standard = standard_of(services, tx, form_id)
    _check_points(standard, words, points)
    told = [(target, said.strip()) for target, said in points] or [(WHOLE, words.strip())]
    data = {"points": [list(point) for point in told]} if points else None
    dropped = approvals.standing(tx, form_id)
    move(tx, form, act, by, actor, now, words.strip(), data)
    returned.add(tx, form_id, told, actor, by, now)
    days, zone = services.settings.returned_working_days, services.settings.zone
    last = calendar_of(tx).due(now, days, zone)
    forms.set_due(tx, form_id, last)
    close_cards(services, tx, form, by, act, actor, now)
    _tell(services, tx, form_id, standard, words.strip(), actor, now)
    tell_dropped(services, tx, form_id, dropped, actor, now)


def tell_dropped(
    services: Services,
    tx: Connection,
    form_id: int,
    dropped: Sequence[Approval],
    actor: str,
    now: datetime,
) -> None:
    """Who had approved, but for the actor, learns that it no longer counts."""
    names = listed([approver(each) for each in dropped])
    told = approval.came_back(view_of(standing_of(tx, form_id)), name_of(tx, actor), names)
    for userid in dict.fromkeys(each.for_whom for each in dropped if each.for_whom != actor):
        services.postbox.post(tx, userid, told, now, form_id)


def _check_points(standard: Standard, words: str, points: Points) -> None:
    if not points and not words.strip():
        raise ActRefused("no_words")
    for target, said in points:
        try:
            facts_of(standard, target)
        except KeyError:
            raise ActRefused("no_such_indicator", said=target) from None
        if not said.strip() or target == WHOLE:
            raise ActRefused("no_words")


def _tell(
    services: Services,
    tx: Connection,
    form_id: int,
    standard: Standard,
    words: str,
    actor: str,
    now: datetime,
) -> None:
    standing = standing_of(tx, form_id)
    view = view_of(standing)
    points = returned_of(tx, standing)
    told = notices.sent_back(view, words, name_of(tx, actor), standard, points)
    for userid in holders(tx, By.CONTACT, standing.department_id):
        services.postbox.post(tx, userid, told, now, form_id)
