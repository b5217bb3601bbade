"""One step of a conversation: the interview of a contact, or a desk's."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from bot.acts.base import ActRefused
from bot.carrying import carry_out
from bot.carrying.actor import Actor
from bot.handing import decides, in_role, people_for
from bot.hats import open_desk
from bot.lifecycle import FormState
from bot.phrases import listed, phrase
from bot.recalling import past_of
from bot.roster import roster_of
from bot.services import Services
from bot.views import case_of, waiting_of
from dialogs.bubbles import Bubble, Words
from dialogs.case import Desk, Person, Role
from dialogs.commands.history import is_meant as asks_history
from dialogs.desks import stand_in, waiving
from dialogs.effects import PreferText, RecordAnswer
from dialogs.events import Event, Said
from dialogs.hands.wishes import is_meant
from dialogs.photos import CARD as PHOTO_CARD
from dialogs.states import State, read_state
from dialogs.step import Step
from storage import cards, conversations, forms, interviews
from storage.conversations import NO_FORM
from storage.interviews import Standing
from storage.people import Role as RoleRow

_DESK_STATES: Mapping[Role, tuple[FormState, ...]] = {
    Role.REVIEWER: (FormState.IN_REVIEW,),
    Role.FINANCE: (FormState.DELIVERED,),
    Role.COORDINATOR: tuple(FormState),
}


@dataclass(frozen=True)
class Answer:
    """What is said in answer to a turn, about which form; `header` names the hat to somebody who
    has several."""

    bubbles: Sequence[Bubble] = ()
    form_id: int | None = None
    text_only: bool = False
    header: str = ""
    overtaken: Sequence[str] = ()
    """Task ids of cards whose question was just answered in words."""


@dataclass(frozen=True)
class Turn:
    """A person's event within its transaction; `wears` is the key of the hat worn, "" for
    somebody with a single one."""

    services: Services
    tx: Connection
    id: int
    person: Person
    roles: Sequence[RoleRow]
    event: Event
    now: datetime
    wears: str = ""


def leave_desk(turn: Turn, talk: dict[str, Any] | None) -> None:
    """Who goes on with the interview owes the desk no more words: the next ones answer what
    the interview asks."""
    if open_desk(talk):
        left = {**(talk or {}), "pending": {}}
        conversations.keep(turn.tx, turn.person.userid, NO_FORM, left, turn.now)


def interview(turn: Turn, standing: Standing | None, role: Role = Role.CONTACT) -> Answer:
    """A contact's turn on their form, or a colleague's on what was handed to them; None where
    there is nothing for them."""
    if standing is None and role is Role.COLLEAGUE:
        code = "hands_none_said" if isinstance(turn.event, Said) else "hands_none"
        words = phrase(code, name=turn.person.name)
        return Answer((Words(words),), text_only=turn.person.text_only)
    if standing is None:
        names = interviews.names(turn.tx, None, Role.COORDINATOR)[Role.COORDINATOR]
        words = phrase("no_form", name=turn.person.name, names=listed(names))
        return Answer((Words(words),), text_only=turn.person.text_only)
    standing = _locked(turn.tx, standing)
    state = read_state(standing.talk)
    actor = Actor(turn.person.userid, role, standing.form_id, turn.id)
    case = case_of(turn.services, turn.tx, standing, in_role(turn.person, role))
    if is_meant(turn.event, state):
        case = replace(case, people=people_for(turn.tx, actor.userid, standing.department_id))
    if asks_history(turn.event):
        case = replace(case, past=past_of(turn.tx, standing.form_id, case.standard))
    step = turn.services.machine(state, turn.event, case, turn.now)
    return _finish(turn, actor, state, step, standing.form_id)


def desk(turn: Turn, role: Role, talk: dict[str, Any] | None, form_id: int | None = None) -> Answer:
    """A reviewer's, finance's or coordinator's turn on the forms of their concern, and on that
    of the clicked card even if it no longer waits."""
    concern = _departments(turn.roles, role)
    states = _DESK_STATES[role]
    if role is Role.REVIEWER and waiving.is_meant(turn.event, talk):
        states = (*states, FormState.DRAFTING)
    found = interviews.on_desk(turn.tx, states, concern)
    if form_id and all(each.form_id != form_id for each in found):
        clicked = interviews.one(turn.tx, form_id)
        if clicked and (concern is None or clicked.department_id in concern):
            found.append(clicked)
    asked = turn.person.userid if role is Role.REVIEWER else ""
    waiting = tuple(waiting_of(turn.services, turn.tx, each, asked) for each in found)
    names = interviews.names(turn.tx, None, Role.COORDINATOR)[Role.COORDINATOR]
    state = read_state(talk if talk and talk.get("hat") == role else None)
    roster = None
    if stand_in.is_meant(turn.event):
        roster = roster_of(turn.tx, turn.person.userid, role, concern, turn.now)
    view = Desk(turn.person, role, waiting, tuple(names), roster)
    step = turn.services.desk(state, turn.event, view, turn.now)
    actor = Actor(turn.person.userid, role, None, turn.id)
    return _finish(turn, actor, state, step, None)


def _finish(turn: Turn, actor: Actor, before: State, step: Step, form_id: int | None) -> Answer:
    text_only = turn.person.text_only
    try:
        carry_out(turn.services, turn.tx, actor, step.effects, turn.now)
    except ActRefused as refusal:
        # The state stays as it was: nothing of this step has happened.
        return Answer((Words(refusal.words),), form_id, text_only)
    if step.state != before or form_id is None:
        _keep(turn, actor, step.state, form_id)
    for effect in step.effects:
        if isinstance(effect, PreferText):
            text_only = effect.text_only or not turn.services.postbox.cards
    overtaken = _overtaken(turn, step, form_id)
    return Answer(step.bubbles, form_id, text_only, overtaken=overtaken)


def _keep(turn: Turn, actor: Actor, state: State, form_id: int | None) -> None:
    plain = state.plain()
    if form_id is None:
        plain["hat"] = actor.role
        if turn.wears:
            plain["wears"] = turn.wears
    conversations.keep(turn.tx, actor.userid, form_id or NO_FORM, plain, turn.now)


def _overtaken(turn: Turn, step: Step, form_id: int | None) -> list[str]:
    """Cards that still invite a click although their question was just answered in words."""
    recorded = any(isinstance(effect, RecordAnswer) for effect in step.effects)
    if form_id is None or not recorded or not isinstance(turn.event, Said):
        return []
    return [
        card.task_id
        for card in cards.open_of(turn.tx, turn.person.userid)
        if card.form_id == form_id
        and not decides(card.question)
        and not (card.question or "").startswith(PHOTO_CARD)
    ]


def _locked(tx: Connection, standing: Standing) -> Standing:
    """The form's state as it is once nobody else can change it."""
    form = forms.get(tx, standing.form_id, lock=True)
    if form and (form.state, form.version) != (standing.state, standing.version):
        fresh = interviews.one(tx, standing.form_id)
        if fresh:
            return replace(fresh, talk=standing.talk)
    return standing


def _departments(roles: Collection[RoleRow], role: Role) -> list[int] | None:
    """The departments for which the person holds the role; None for all."""
    held = [row.department_id for row in roles if row.role == role]
    return None if None in held else [each for each in held if each is not None]
