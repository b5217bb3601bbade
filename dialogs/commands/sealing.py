"""盖章: the contact says that the paper is sealed, and which version code stands on it."""

from __future__ import annotations

from dialogs.bubbles import Words
from dialogs.effects import NameSeal
from dialogs.paper import way_to_seal
from dialogs.replies import repeat
from dialogs.states import State
from dialogs.step import Step
from dialogs.talk import Talk
from dialogs.understand.code import LONGEST, looks_like_code
from dialogs.understand.command import Command
from dialogs.wording import say

_ASKED = "seal_code"
_BEFORE = ("drafting", "in_review", "approved")


def seal(talk: Talk, command: Command) -> Step:
    """盖章: asks for the code on the paper; says so where no sealed paper is wanted."""
    form = talk.case.form
    if form.needs_seal:
        state = talk.state.but(pending={"kind": _ASKED})
        words = say("seal_ask", example=say("seal_example"), way=way_to_seal(talk))
        return Step(state, (), (Words(words),))
    if not form.paper:
        return repeat(talk, say("seal_not_wanted"))
    if form.state in _BEFORE:
        return repeat(talk, say("seal_not_yet"))
    link = talk.case.links.get("seal", "")
    return repeat(talk, say("seal_done", way=say("seal_replace_way", link=link) if link else ""))


def named(talk: Talk, text: str, command: Command | None) -> Step | None:
    """A version code typed while the form waits for its seal; what follows photos are of this
    paper. Whether it is the right one is said by the act."""
    if not talk.case.form.needs_seal or command:
        return None
    asked = talk.state.pending.get("kind") == _ASKED and len(text) <= LONGEST
    if not asked and not looks_like_code(text):
        return None
    return Step(waiting_for_photos(talk.state, text), (NameSeal(text),), ())


def waiting_for_photos(state: State, code: str) -> State:
    """The state in which photos are taken for sealed pages that bear this code."""
    return state.but(pending={"kind": "photo", "purpose": "seal", "target": code})
