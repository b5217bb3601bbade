"""Carries out what a step of the conversation asks for: each effect by its act."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from bot.carrying import colleague, contact, desk
from bot.carrying.actor import Actor
from bot.services import Services
from dialogs.case import Role
from dialogs.effects import Effect

_OWN = {Role.CONTACT: contact.do, Role.COLLEAGUE: colleague.do}


def carry_out(
    services: Services,
    tx: Connection,
    actor: Actor,
    effects: Sequence[Effect],
    now: datetime,
) -> None:
    """Does all of them or, raising ActRefused, none: a single act checks before it writes,
    several stand in a savepoint."""
    do = _OWN.get(actor.role, desk.do)
    if len(effects) == 1:
        do(services, tx, actor, effects[0], now)
    elif effects:
        with tx.begin_nested():
            for effect in effects:
                do(services, tx, actor, effect, now)
