"""采纳, 不采纳: finance decides on what a department said against the opinion."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import Connection

from bot.acts.base import ActRefused, holders, name_of, standing_of
from bot.acts.give_points import LONGEST_REASON, Wish, give_points, note, reviewable, scored
from bot.acts.secrecy import refuse_secret
from bot.lifecycle import By
from bot.reviewing import current
from bot.services import Services
from bot.views import view_of
from dialogs import review_notices
from scoring.reviewing import own_points
from storage import reviewing
from storage.forms import Form
from storage.reviewing import Appeal


def settle_appeal(
    services: Services,
    tx: Connection,
    actor: str,
    form_id: int,
    indicator: str,
    upheld: bool,
    points: Decimal | None,
    reply: str,
    now: datetime,
) -> None:
    """Decides with words, and tells the contacts. Where the department is right its own points
    count again, or those given here; where it isn't, the reviewed ones stay."""
    form = reviewable(tx, actor, form_id)
    found = _waiting(tx, form, indicator)
    refuse_secret(reply)
    if not reply.strip():
        raise ActRefused("settle_no_words", said=indicator)
    if len(reply.strip()) > LONGEST_REASON:
        raise ActRefused("points_reason_long", said=indicator, most=LONGEST_REASON)
    standing = standing_of(tx, form_id)
    if upheld:
        _, sheet = scored(services, tx, standing)
        if points is None and own_points(sheet[indicator]) is None:
            raise ActRefused("settle_which_points", said=indicator)
        wish = Wish(indicator, points, reply)
        give_points(services, tx, actor, form_id, form.version, [wish], now)
    if not reviewing.settle(tx, found.id, upheld, reply.strip(), actor, now):
        raise ActRefused("appeal_settled", said=indicator)
    data: dict[str, object] = {"indicator": indicator, "upheld": upheld}
    note(tx, form, "settle_appeal", actor, now, reply.strip(), data)
    told = review_notices.settled(
        view_of(standing), indicator, upheld, points, reply.strip(), name_of(tx, actor)
    )
    for userid in holders(tx, By.CONTACT, form.department_id):
        services.postbox.post(tx, userid, told, now, form_id, topic="appeal", about=standing.code)


def _waiting(tx: Connection, form: Form, indicator: str) -> Appeal:
    """What was said on the indicator against the opinion that counts."""
    opinion = current(reviewing.opinions(tx, form.id), form.version)
    appeals = reviewing.appeals(tx, form.id, opinion.id) if opinion else []
    found = next((each for each in appeals if each.indicator == indicator), None)
    if found is None:
        raise ActRefused("no_appeal", said=indicator)
    if found.upheld is not None:
        raise ActRefused("appeal_settled", said=indicator)
    return found
