"""What the acts about hand-overs (转交) share: who may answer what, and what ends with one."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import ActRefused, check_access, standard_of, standing_of
from bot.handing import hand_of
from bot.lifecycle import By
from bot.phrases import listed, phrase
from bot.services import Services
from bot.views import view_of
from dialogs.case import FormView, Role
from dialogs.desk_cards import desk_of
from dialogs.hands import notices as handing_notices
from dialogs.hands.held import facts_of, hand_of_card, is_done
from scoring.standard import Standard
from storage import cards, hands, interviews, people
from storage.cards import Card
from storage.forms import Form
from storage.hands import Hand


def check_handed(
    services: Services, tx: Connection, actor: str, form: Form, facts: Collection[str]
) -> None:
    """Raises ActRefused unless the actor helps with the form, and has accepted questions that
    hold all of these facts."""
    check_access(tx, actor, By.COLLEAGUE, form)
    if not set(facts) <= _accepted(services, tx, actor, form):
        raise ActRefused("not_handed", names=contacts(tx, form))


def _accepted(services: Services, tx: Connection, actor: str, form: Form) -> set[str]:
    """The facts of all that the actor has accepted on the form."""
    standard = standard_of(services, tx, form.id)
    mine = [
        hand
        for hand in hands.of_form(tx, form.id)
        if hand.receiver == actor and hand.state == "accepted"
    ]
    return {fact for hand in mine for fact in facts_of(standard, hand_of(hand))}


def contacts(tx: Connection, form: Form) -> str:
    """The names of who fills in the form."""
    return listed(interviews.names(tx, form.department_id, By.CONTACT)[By.CONTACT])


def of_form(tx: Connection, form: Form, hand_id: int) -> Hand:
    """A hand-over of this form that is not over. Raises ActRefused if there is none."""
    hand = hands.get(tx, hand_id)
    if hand is None or hand.form_id != form.id or hand.state == "ended":
        raise ActRefused("hand_settled")
    return hand


def notice_parts(services: Services, tx: Connection, form_id: int) -> tuple[FormView, Standard]:
    """What every notice about a hand-over speaks of."""
    return view_of(standing_of(tx, form_id)), standard_of(services, tx, form_id)


def let_go(
    services: Services, tx: Connection, form: Form, hand: Hand, label: str, now: datetime
) -> None:
    """The receiver has it no more: its card is closed, and with their last one on the form all
    their cards and their role."""
    last = not any(h.receiver == hand.receiver and h.runs for h in hands.of_form(tx, form.id))
    stays = any(person.userid == hand.receiver for person in _contacts(tx, form))
    for card in cards.open_of(tx, hand.receiver):
        of_interview = card.form_id == form.id and desk_of(card.question) is None
        if _asks(card, hand) or (of_interview and last and not stays):
            _close(services, tx, card, label, now)
    if not hands.runs_in(tx, hand.receiver, form.department_id):
        people.revoke(tx, hand.receiver, Role.COLLEAGUE, form.department_id)


def close_card(services: Services, tx: Connection, hand: Hand, label: str, now: datetime) -> None:
    """Closes the card on which the receiver was asked; a clicked one is closed already."""
    for card in cards.open_of(tx, hand.receiver):
        if _asks(card, hand):
            _close(services, tx, card, label, now)


def tell_done(services: Services, tx: Connection, actor: str, form_id: int, now: datetime) -> None:
    """Tells the givers, once each, that nothing is left to answer of what the actor has."""
    mine = [
        hand
        for hand in hands.of_form(tx, form_id)
        if hand.receiver == actor and hand.state == "accepted" and not hand.done
    ]
    if not mine:
        return
    view, standard = notice_parts(services, tx, form_id)
    present = services.shelf.answers(tx, form_id, standard)
    for hand in mine:
        if is_done(standard, present, hand_of(hand)) and hands.note_done(tx, hand.id, now):
            told = handing_notices.done(view, standard, hand_of(hand))
            services.postbox.post(tx, hand.giver, told, now, form_id)


def tell_opened(
    services: Services, tx: Connection, form_id: int, hand_id: int, now: datetime
) -> None:
    """Tells who has accepted that what they waited for has been answered."""
    hand = hands.get(tx, hand_id)
    if hand and hand.form_id == form_id and hand.state == "accepted":
        view, standard = notice_parts(services, tx, form_id)
        present = services.shelf.answers(tx, form_id, standard)
        told = handing_notices.opened(view, standard, hand_of(hand), present)
        services.postbox.post(tx, hand.receiver, told, now, form_id)


def pass_on(
    services: Services, tx: Connection, form: Form, old: str, new: str, now: datetime
) -> None:
    """换人: the successor gives what the predecessor gave, and answers themself what they were
    given; what the predecessor was given by others goes back."""
    label = phrase("closed_hand_ended")
    view, standard = notice_parts(services, tx, form.id)
    for hand in hands.of_form(tx, form.id):
        if hand.receiver in (old, new):
            hands.end(tx, hand.id, old, now)
            let_go(services, tx, form, hand, label, now)
            if hand.receiver == old and hand.runs:
                told = handing_notices.given_back(view, standard, hand_of(hand))
                services.postbox.post(tx, hand.giver, told, now, form.id)
    hands.pass_on(tx, form.id, old, new)
    name = people.person(tx, old)
    for hand in hands.of_form(tx, form.id):
        if hand.giver == new and hand.runs and name:
            told = handing_notices.passed_on(view, standard, hand_of(hand), name.name)
            services.postbox.post(tx, hand.receiver, told, now, form.id)


def _contacts(tx: Connection, form: Form) -> list[people.Person]:
    return people.holders(tx, Role.CONTACT, form.department_id)


def _asks(card: Card, hand: Hand) -> bool:
    return hand_of_card(card.question or "") == hand.id


def _close(services: Services, tx: Connection, card: Card, label: str, now: datetime) -> None:
    cards.set_state(tx, card.task_id, "open", "stale")
    services.postbox.put_greying(tx, card.userid, card.task_id, label, now)
