"""What the chat says when something was taken over on a page: how far the form is, what is next."""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy import Connection

from bot.services import Services
from bot.views import case_of
from dialogs.bubbles import Words
from dialogs.case import Person, Role
from dialogs.replies import ask_next
from dialogs.standing import standing_line
from dialogs.states import State, load_state
from dialogs.talk import Talk
from storage import conversations, people
from storage.interviews import Standing


def standing_of_form(
    services: Services, tx: Connection, standing: Standing, userid: str, now: datetime
) -> str:
    """已完成60%，剩31项，要问5个股室…"""
    return standing_line(talk_of(services, tx, standing, userid, now, State()))


def go_on(
    services: Services,
    tx: Connection,
    standing: Standing,
    userid: str,
    lead: str,
    now: datetime,
) -> None:
    """Tells the person in the chat and asks the next question in the same message; somebody in
    the middle of a table or a correction is only told."""
    plain = conversations.load(tx, userid, standing.form_id)
    state = load_state(json.dumps(plain) if plain else None)
    if state.editing or state.pending or any(state.drafts.values()):
        services.postbox.post(tx, userid, (Words(lead),), now, standing.form_id)
        return
    talk = talk_of(services, tx, standing, userid, now, state.but(asked=""))
    step = ask_next(talk, lead)
    services.postbox.post(tx, userid, step.bubbles, now, standing.form_id)
    kept = {**(plain or {}), **json.loads(step.state.dump())}
    conversations.keep(tx, userid, standing.form_id, kept, now)


def talk_of(
    services: Services,
    tx: Connection,
    standing: Standing,
    userid: str,
    now: datetime,
    state: State,
) -> Talk:
    """The form's conversation as this person would have it now, in the given state."""
    known = people.person(tx, userid)
    name = known.name if known else userid
    text_only = not services.postbox.cards or bool(known and known.plain_text_only)
    person = Person(userid, name, frozenset({Role.CONTACT}), text_only)
    return Talk(state, case_of(services, tx, standing, person), now)
