"""Carries out what a step of the conversation asks for: each effect by its act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.acts.accept import accept
from bot.acts.approve import approve
from bot.acts.base import ActRefused
from bot.acts.preview import preview
from bot.acts.record_answer import record_answer
from bot.acts.return_form import return_form, send_back
from bot.acts.send_in import send_in
from bot.acts.withdraw import withdraw
from bot.services import Services
from dialogs.case import Role
from dialogs.effects import (
    Accept,
    Approve,
    Effect,
    PreferText,
    Preview,
    RecordAnswer,
    SendBack,
    SendIn,
    Withdraw,
)
from storage import people


@dataclass(frozen=True)
class Actor:
    """Who acts in this turn, in which role, on which form (None at a desk)."""

    userid: str
    role: Role
    form_id: int | None
    turn_id: int


def carry_out(
    services: Services,
    tx: Connection,
    actor: Actor,
    effects: Sequence[Effect],
    now: datetime,
) -> None:
    """Does all of them or, raising ActRefused, none: a single act checks before it writes,
    several stand in a savepoint."""
    if len(effects) == 1:
        _carry_out(services, tx, actor, effects[0], now)
    elif effects:
        with tx.begin_nested():
            for effect in effects:
                _carry_out(services, tx, actor, effect, now)


def _carry_out(
    services: Services, tx: Connection, actor: Actor, effect: Effect, now: datetime
) -> None:
    who = actor.userid
    match effect:
        case RecordAnswer(values=values, raw=raw):
            record_answer(tx, who, _form(actor), values, raw, now, actor.turn_id)
        case SendIn():
            send_in(services, tx, who, _form(actor), now)
        case Withdraw():
            withdraw(services, tx, who, _form(actor), now)
        case Preview():
            preview(tx, who, _form(actor), now, actor.turn_id)
        case Approve(form_id=form_id):
            approve(services, tx, who, form_id, now)
        case SendBack(form_id=form_id, words=words):
            give_back = return_form if actor.role is Role.FINANCE else send_back
            give_back(services, tx, who, form_id, words, now)
        case Accept(form_id=form_id):
            accept(services, tx, who, form_id, now)
        case PreferText(text_only=text_only):
            people.set_plain_text_only(tx, who, text_only)


def _form(actor: Actor) -> int:
    if actor.form_id is None:
        raise ActRefused("no_such_form")
    return actor.form_id
