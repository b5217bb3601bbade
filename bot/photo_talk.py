"""The contact's conversation as the worker meets it when a photo has been stored.

A photo is fetched after its turn is over, so what is asked about it can't be said in that turn.
The conversation is opened as a turn would: person and form are locked before.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import ActRefused
from bot.services import Services
from bot.views import case_of
from dialogs import photos
from dialogs.case import Person, Role
from dialogs.states import load_state
from dialogs.step import Step
from dialogs.talk import Talk
from storage import conversations, interviews, people


def opened(services: Services, tx: Connection, userid: str, form_id: int, now: datetime) -> Talk:
    """The person's talk about the form as it stands."""
    person, standing = people.person(tx, userid), interviews.one(tx, form_id)
    if person is None or standing is None:
        raise ActRefused("no_such_form")
    text_only = person.plain_text_only or not services.postbox.cards
    view = Person(userid, person.name, frozenset({Role.CONTACT}), text_only)
    stored = conversations.load(tx, userid, form_id)
    state = load_state(json.dumps(stored) if stored else None)
    return Talk(state, case_of(services, tx, standing, view), now)


def chosen(talk: Talk) -> list[str]:
    """The items that the person has named while the photo was being stored."""
    pending = talk.state.pending
    return list(pending.get("chosen", ())) if pending.get("kind") == photos.PENDING else []


def ask(services: Services, tx: Connection, talk: Talk, ids: Sequence[int], now: datetime) -> None:
    """Asks for which items these photos are."""
    _take(services, tx, talk, photos.ask(talk, min(ids), max(ids), len(ids)), now)


def say_filed(
    services: Services, tx: Connection, talk: Talk, items: Collection[str], now: datetime
) -> None:
    """Says where a photo was filed."""
    _take(services, tx, talk, photos.filed_at_once(talk, items), now)


def say_known(
    services: Services, tx: Connection, talk: Talk, items: Collection[str], now: datetime
) -> None:
    """Says that the photo was there before, and for which items."""
    _take(services, tx, talk, photos.known(talk, items), now)


def _take(services: Services, tx: Connection, talk: Talk, step: Step, now: datetime) -> None:
    """Keeps the state and says what the step says."""
    userid, form_id = talk.case.person.userid, talk.case.form.id
    if step.state != talk.state:
        plain = json.loads(step.state.dump())
        conversations.keep(tx, userid, form_id, plain, now)
    services.postbox.post(tx, userid, step.bubbles, now, form_id)
