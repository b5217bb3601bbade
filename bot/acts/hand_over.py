"""转交: a contact asks a colleague to answer questions of the form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import ActRefused, being_filled, holds
from bot.acts.handed import notice_parts
from bot.acts.secrecy import refuse_secret
from bot.handing import hand_of
from bot.hats import take_off
from bot.lifecycle import By
from bot.services import Services
from dialogs.case import Role
from dialogs.hands import notices as handing_notices
from dialogs.hands.held import questions_of
from storage import forms, hands, people
from storage.forms import Form
from storage.people import Person


def hand_over(
    services: Services,
    tx: Connection,
    actor: str,
    form_id: int,
    scopes: Sequence[str],
    userid: str,
    name: str,
    note: str,
    now: datetime,
) -> list[int]:
    """Offers the scopes to a colleague, one card each, and gives the ids of the hand-overs. Who is
    not in the system yet comes in by account and name. What they have already is left out."""
    refuse_secret(note, name)
    form = being_filled(tx, actor, form_id)
    view, standard = notice_parts(services, tx, form_id)
    if not scopes or not all(questions_of(standard, scope) for scope in scopes):
        raise ActRefused("hand_scope")
    receiver = _receiver(tx, form, actor, userid, name)
    wanted = _make_room(tx, form, actor, receiver, scopes, now)
    if not wanted:
        raise ActRefused("hand_already", name=receiver.name)
    _let_in(services, tx, form, receiver, now, in_words=handing_notices.is_in_words(wanted))
    present = services.shelf.answers(tx, form_id, standard)
    made = [_offer(tx, form, actor, scope, receiver.userid, note, now) for scope in wanted]
    offers = [hand_of(hand) for hand in hands.of_form(tx, form_id) if hand.id in made]
    told = handing_notices.offered_all(view, standard, offers, present)
    services.postbox.post(tx, receiver.userid, told, now, form_id)
    return made


def _make_room(
    tx: Connection,
    form: Form,
    actor: str,
    receiver: Person,
    scopes: Sequence[str],
    now: datetime,
) -> list[str]:
    """The scopes that they don't have. What they are through with, or have given back in part,
    is over, so that it can be offered anew."""
    theirs = [hand for hand in hands.of_form(tx, form.id) if hand.receiver == receiver.userid]
    held = {hand.scope: hand for hand in theirs if hand.runs}
    over = {scope for scope, hand in held.items() if hand.done or hand.without}
    wanted = [scope for scope in dict.fromkeys(scopes) if scope in over or scope not in held]
    for scope in over & set(wanted):
        hands.end(tx, held[scope].id, actor, now)
    return wanted


def _receiver(tx: Connection, form: Form, actor: str, userid: str, name: str) -> Person:
    """The colleague, if they may be asked."""
    if userid == actor:
        raise ActRefused("hand_self")
    known = people.person(tx, userid)
    if known is None:
        if not name or not userid:
            raise ActRefused("hand_unknown", userid=userid)
        people.upsert(tx, userid, name)
        return Person(userid, name, True, False)
    if name and name != known.name:
        raise ActRefused("replace_other_name", userid=userid, name=known.name)
    if not known.active:
        raise ActRefused("hand_inactive", name=known.name)
    if holds(tx, userid, By.REVIEWER, form):
        # Nobody approves what they filled in.
        raise ActRefused("hand_reviewer", name=known.name)
    return known


def _let_in(
    services: Services,
    tx: Connection,
    form: Form,
    receiver: Person,
    now: datetime,
    *,
    in_words: bool,
) -> None:
    """They can be talked to about the form. Who gets no card answers the offer in words: with
    another hat on, these would be taken for that one's."""
    if not holds(tx, receiver.userid, By.CONTACT, form):
        people.grant(tx, receiver.userid, Role.COLLEAGUE, form.department_id)
    if in_words or receiver.plain_text_only or not services.postbox.cards:
        take_off(tx, receiver.userid, now)


def _offer(
    tx: Connection, form: Form, actor: str, scope: str, userid: str, note: str, now: datetime
) -> int:
    hand_id = hands.offer(tx, form.id, scope, actor, userid, note, now)
    data = {"hand": hand_id, "scope": scope, "to": userid}
    forms.note_event(tx, form.id, "hand_over", actor, form.state, form.state, now, data=data)
    return hand_id
