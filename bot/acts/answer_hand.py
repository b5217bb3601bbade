"""接受 or 不接受: a colleague answers whether they will fill in what was handed to them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import ActRefused, check_drafting, coordinators, locked
from bot.acts.handed import close_card, let_go, notice_parts, of_form
from bot.acts.secrecy import refuse_secret
from bot.handing import hand_of
from bot.phrases import phrase
from bot.services import Services
from dialogs.hands import notices as handing_notices
from storage import forms, hands


def answer_hand(
    services: Services,
    tx: Connection,
    actor: str,
    form_id: int,
    hand_id: int,
    yes: bool,
    words: str,
    now: datetime,
) -> None:
    """Notes the yes or the no of who was asked and tells who asked; after a no they have nothing
    more to do with the form. Only while it is filled in."""
    refuse_secret(words)
    form = locked(tx, form_id)
    hand = of_form(tx, form, hand_id)
    if hand.receiver != actor:
        raise ActRefused("not_yours", names=coordinators(tx, form))
    check_drafting(form.state)
    if not hands.answer(tx, hand_id, yes, words, now):
        raise ActRefused("hand_settled")
    label = phrase("closed_hand_answered")
    close_card(services, tx, hand, label, now)
    if not yes:
        let_go(services, tx, form, hand, label, now)
    act, data = "accept_hand" if yes else "decline_hand", {"hand": hand_id, "scope": hand.scope}
    forms.note_event(tx, form_id, act, actor, form.state, form.state, now, data=data)
    answered = hands.get(tx, hand_id)
    if answered:
        say = handing_notices.accepted if yes else handing_notices.declined
        told = say(*notice_parts(services, tx, form_id), hand_of(answered))
        services.postbox.post(tx, hand.giver, told, now, form_id)
