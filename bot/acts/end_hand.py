"""A hand-over, or one question of it, is taken back by a contact or given back by the colleague."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import ActRefused, check_access, locked, standard_of
from bot.acts.handed import let_go, notice_parts, of_form
from bot.acts.secrecy import refuse_secret
from bot.handing import hand_of
from bot.lifecycle import By
from bot.phrases import phrase
from bot.services import Services
from dialogs.hands import notices as handing_notices
from dialogs.hands.held import questions_in
from storage import forms, hands
from storage.forms import Form
from storage.hands import Hand


def end_hand(
    services: Services,
    tx: Connection,
    actor: str,
    form_id: int,
    hand_id: int,
    words: str,
    question: str,
    now: datetime,
) -> None:
    """Ends it, or lets one `question` leave it ("" for none), wherever the form is, and tells the
    other side. The receiver gives back; any contact of the form takes back."""
    refuse_secret(words)
    form = locked(tx, form_id)
    hand = of_form(tx, form, hand_id)
    gives_back = hand.receiver == actor
    if not gives_back:
        check_access(tx, actor, By.CONTACT, form)
    elif not hand.runs:
        raise ActRefused("hand_settled")
    left = _left(services, tx, hand, question)
    if left and question:
        hands.leave_out(tx, hand_id, [*hand.without, question])
    else:
        question = ""
        hands.end(tx, hand_id, actor, now)
        let_go(services, tx, form, hand, phrase("closed_hand_ended"), now)
    act = "give_hand_back" if gives_back else "take_hand_back"
    data = {"hand": hand_id, "scope": hand.scope, "question": question}
    forms.note_event(tx, form_id, act, actor, form.state, form.state, now, data=data)
    _tell(services, tx, form, hand, gives_back, words, question, now)


def _left(services: Services, tx: Connection, hand: Hand, question: str) -> set[str]:
    """The questions that stay with the receiver once this one is out. Raises ActRefused for one
    that they don't have."""
    there = set(questions_in(standard_of(services, tx, hand.form_id), hand_of(hand)))
    if question and question not in there:
        raise ActRefused("hand_settled")
    return there - {question}


def _tell(
    services: Services,
    tx: Connection,
    form: Form,
    hand: Hand,
    gives_back: bool,
    words: str,
    question: str,
    now: datetime,
) -> None:
    """Who declined needn't be told that it is taken back."""
    told_about = (*notice_parts(services, tx, form.id), hand_of(hand), words, question)
    if gives_back:
        told = handing_notices.given_back(*told_about)
        services.postbox.post(tx, hand.giver, told, now, form.id)
    elif hand.runs:
        told = handing_notices.taken_back(*told_about)
        services.postbox.post(tx, hand.receiver, told, now, form.id)
