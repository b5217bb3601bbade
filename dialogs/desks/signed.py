"""线下签批 at the leader's desk: they are told of a page signed in their name, and may disown it."""

from __future__ import annotations

from datetime import datetime

from dialogs.approval import is_signed_key, signed_key
from dialogs.case import Desk, Role
from dialogs.desks.base import reply
from dialogs.effects import Disown
from dialogs.events import Chosen, Event, Said
from dialogs.states import State
from dialogs.step import Step
from dialogs.understand.command import read_fixed
from dialogs.understand.plain_text import clean
from dialogs.wording import say

KIND = "disown"


def read(state: State, event: Event, desk: Desk, now: datetime) -> Step | None:
    """不是我签的, and the words for it."""
    if desk.role is not Role.REVIEWER:
        return None
    if isinstance(event, Chosen) and is_signed_key(event.card):
        return _clicked(state, event, desk)
    if isinstance(event, Said) and state.pending.get("kind") == KIND:
        return _said(state, event.text)
    return None


def _clicked(state: State, event: Chosen, desk: Desk) -> Step:
    if event.options[:1] != ("disown",):
        return reply(state, say("signed_thanks"))
    found = next((w for w in desk.forms if signed_key(w.form.id) == event.card), None)
    if found is None:
        return reply(state, say("signed_gone"))
    pending = {"kind": KIND, "form": found.form.id, "department": found.form.department}
    return reply(state.but(pending=pending), say("signed_ask"))


def _said(state: State, text: str) -> Step:
    command, words = read_fixed(text), clean(text)
    fresh, form_id = state.but(pending={}), int(state.pending["form"])
    if command and command.name == "cancel":
        return reply(fresh, say("signed_dropped"))
    if not words:
        return reply(state, say("signed_ask"))
    step = reply(fresh, say("signed_back", department=state.pending["department"], words=words))
    return Step(step.state, (Disown(form_id, words),), step.bubbles)
