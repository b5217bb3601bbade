"""清除 at a desk: a reviewer or coordinator agrees to an erasure or not, by card or in words."""

from __future__ import annotations

from datetime import datetime

from dialogs.bubbles import Words
from dialogs.case import Desk, Role
from dialogs.desks.base import reply
from dialogs.effects import SettlePurge
from dialogs.events import Chosen, Event, Said
from dialogs.purging import AGREE, KIND
from dialogs.states import State
from dialogs.step import Step
from dialogs.understand.purging import asks, read_decision
from dialogs.wording import say

_MAY = (Role.REVIEWER, Role.COORDINATOR)
_PARTS = 4


def read(state: State, event: Event, desk: Desk, now: datetime) -> Step | None:
    """The step of a decision about an erasure; None for everything else."""
    if desk.role not in _MAY:
        return None
    if isinstance(event, Chosen):
        parts = event.card.split(":")
        if len(parts) != _PARTS or parts[2] != KIND or not parts[3].isdecimal():
            return None
        return _settled(state, event.options[:1] == (AGREE,), int(parts[3]))
    if not isinstance(event, Said):
        return None
    decision = read_decision(event.text)
    if decision:
        return _settled(state, decision.yes, decision.number)
    if asks(event.text) and not state.pending:
        links = desk.forms[0].links if len(desk.forms) == 1 else {}
        return reply(state, say("purge_how", address=links.get(KIND, "")))
    return None


def _settled(state: State, yes: bool, number: int | None) -> Step:
    words = say("purge_agreeing" if yes else "purge_refusing")
    return Step(state, (SettlePurge(number, yes),), (Words(words),))
