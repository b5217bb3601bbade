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
from bot.exercises import exercises_of
from bot.handing import decides, in_role, people_for
from bot.hats import open_desk
from bot.lifecycle import FormState
from bot.notice_board import board_of
from bot.over import nothing_open
from bot.overviews import glance_of
from bot.phrases import phrase
from bot.recalling import past_of
from bot.reminding import behind_of, hours_for, office_hours
from bot.reviewing import reviewed_case, reviewed_desk
from bot.roster import roster_of
from bot.roster_pages import roster_page_of
from bot.rounds import rounds_of
from bot.services import Services
from bot.views import case_of, waiting_of
from dialogs import appealing, reminding
from dialogs.bubbles import Bubble, Words
from dialogs.case import Desk, Person, Role
from dialogs.commands.history import is_meant as asks_history
from dialogs.desks import (
    delivering,
    notices,
    nudging,
    reviewing,
    rounds,
    stand_in,
    summing,
    waiving,
)
from dialogs.desks import roster as roster_talk
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
        words = nothing_open(turn.services, turn.tx, turn.person)
        return Answer((Words(words),), text_only=turn.person.text_only)
    standing = _locked(turn.tx, standing)
    state = read_state(standing.talk)
    actor = Actor(turn.person.userid, role, standing.form_id, turn.id)
    case = case_of(turn.services, turn.tx, standing, in_role(turn.person, role))
    if is_meant(turn.event, state):
        case = replace(case, people=people_for(turn.tx, actor.userid, standing.department_id))
    if asks_history(turn.event):
        case = replace(case, past=past_of(turn.tx, standing.form_id, case.standard))
    if reminding.is_meant(turn.event):
        case = replace(case, hours=hours_for(turn.services, turn.tx, actor.userid, turn.now))
    if role is Role.CONTACT and appealing.is_meant(turn.event, standing.talk, standing.state):
        case = reviewed_case(turn.services, turn.tx, case, standing, turn.now)
    step = turn.services.machine(state, turn.event, case, turn.now)
    return _finish(turn, actor, state, step, standing.form_id)


def desk(turn: Turn, role: Role, talk: dict[str, Any] | None, form_id: int | None = None) -> Answer:
    """A reviewer's, finance's or coordinator's turn on the forms of their concern, and on that
    of the clicked card even if it no longer waits."""
    concern = _departments(turn.roles, role)
    states = _DESK_STATES[role]
    if role is Role.REVIEWER and waiving.is_meant(turn.event, talk):
        states = (*states, FormState.DRAFTING)
    if role is Role.FINANCE and delivering.is_meant(turn.event):
        states = tuple(FormState)
    found = interviews.on_desk(turn.tx, states, concern)
    if form_id and all(each.form_id != form_id for each in found):
        clicked = interviews.one(turn.tx, form_id)
        if clicked and (concern is None or clicked.department_id in concern):
            found.append(clicked)
    asked = turn.person.userid if role is Role.REVIEWER else ""
    reviews = reviewing.is_meant(turn.event, talk) and not delivering.is_meant(turn.event)
    if role is Role.FINANCE and reviews:
        waiting = reviewed_desk(turn.services, turn.tx, concern, (turn.event, talk), turn.now)
    else:
        waiting = tuple(waiting_of(turn.services, turn.tx, each, asked) for each in found)
    names = interviews.names(turn.tx, None, Role.COORDINATOR)[Role.COORDINATOR]
    state = read_state(talk if talk and talk.get("hat") == role else None)
    roster = None
    if stand_in.is_meant(turn.event):
        roster = roster_of(turn.tx, turn.person.userid, role, concern, turn.now)
    glance = glance_of(turn.services, turn.tx, turn.person.userid, concern, turn.now)
    view = Desk(turn.person, role, waiting, tuple(names), roster, overview=glance)
    view = _with_hours(turn, view, found)
    if summing.is_meant(turn.event):
        view = replace(view, exercises=exercises_of(turn.tx, concern))
    if role is Role.COORDINATOR and rounds.is_meant(turn.event, turn.now):
        spoken_of = rounds_of(turn.services, turn.tx, concern, turn.event, turn.now)
        view = replace(view, rounds=spoken_of)
    if role is Role.COORDINATOR and notices.is_meant(turn.event, talk):
        board = board_of(turn.services, turn.tx, turn.person.userid, concern, turn.now)
        view = replace(view, notices=board)
    if role is Role.COORDINATOR and roster_talk.is_meant(turn.event):
        page = roster_page_of(turn.services, turn.tx, turn.person.userid)
        view = replace(view, roster_page=page)
    step = turn.services.desk(state, turn.event, view, turn.now)
    actor = Actor(turn.person.userid, role, None, turn.id)
    return _finish(turn, actor, state, step, None)


def _with_hours(turn: Turn, view: Desk, found: Sequence[Standing]) -> Desk:
    """The desk with when and whom to remind, where that is spoken of."""
    services, tx, now = turn.services, turn.tx, turn.now
    if view.role is Role.COORDINATOR and nudging.is_meant(turn.event):
        behind = behind_of(services, tx, found, now)
        return replace(view, hours=office_hours(services, tx, now), behind=behind)
    if reminding.is_meant(turn.event):
        return replace(view, hours=hours_for(services, tx, turn.person.userid, now))
    return view


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
    if tx.dialect.name == "sqlite":
        return standing  # its only writer is this transaction
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
