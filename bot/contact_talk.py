"""A contact's conversation about a form outside a turn: as it stands, or as nothing were half said.

Pages, the worker and acts look at a form as its contact would in the chat. Who keeps a state
holds the person's and the form's lock, as a turn does.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection

from bot.services import Services
from bot.views import case_of
from dialogs.case import Person, Role
from dialogs.states import State, read_state
from dialogs.talk import Talk
from storage import conversations, people
from storage.interviews import Standing


def person_of(services: Services, known: people.Person, roles: Collection[Role]) -> Person:
    """A stored person as the conversation sees them; without cards everybody wants text."""
    text_only = known.plain_text_only or not services.postbox.cards
    return Person(known.userid, known.name, frozenset(roles), text_only)


def fresh(
    services: Services, tx: Connection, standing: Standing, userid: str, now: datetime
) -> Talk:
    """The talk with nothing half said: what a page shows of a form. Raises LookupError for
    somebody unknown."""
    return _talk(services, tx, standing, userid, State(), now)


def opened(
    services: Services, tx: Connection, standing: Standing, userid: str, now: datetime
) -> Talk:
    """The talk as it stands. Raises LookupError for somebody unknown."""
    state = load(tx, userid, standing.form_id)
    return _talk(services, tx, standing, userid, state, now)


def load(tx: Connection, userid: str, form_id: int) -> State:
    """What is half said; a fresh state where nobody has talked yet."""
    return read_state(conversations.load(tx, userid, form_id))


def keep(tx: Connection, userid: str, form_id: int, state: State, now: datetime) -> None:
    """Keeps what is half said."""
    conversations.keep(tx, userid, form_id, state.plain(), now)


def _talk(
    services: Services,
    tx: Connection,
    standing: Standing,
    userid: str,
    state: State,
    now: datetime,
) -> Talk:
    known = people.person(tx, userid)
    if known is None:
        raise LookupError(f"there is nobody with the userid {userid}")
    person = person_of(services, known, {Role.CONTACT})
    return Talk(state, case_of(services, tx, standing, person), now)
