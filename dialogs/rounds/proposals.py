"""What a coordinator is shown before anything changes: from what to what, for how many; and what
one tap then carries out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zlib import crc32

from dialogs.bubbles import Bubble, Buttons, Choice, Words
from dialogs.cards import LABEL_LIMIT, NOTE_LIMIT, TITLE_LIMIT
from dialogs.case import Role
from dialogs.desk_cards import key_at
from dialogs.previews import is_cold
from dialogs.rounds.orders import RoundOrder, plain_of, read_order
from dialogs.states import State
from dialogs.step import Step
from dialogs.understand.command import read_fixed
from dialogs.understand.parts import says_not
from dialogs.understand.plain_text import bare_words
from dialogs.understand.yesno import says_yes
from dialogs.wording import join, say, shortened

KIND = "round"
STANDS = timedelta(minutes=10)
"""How long a yes in words means the last preview; a tap does until something has changed."""


@dataclass(frozen=True)
class Option:
    """One way to say yes: what stands on the button, what is done, and what is said then."""

    label: str
    order: RoundOrder
    done: str


@dataclass(frozen=True)
class Proposal:
    """A change that waits for a tap; `no` is the button that drops it."""

    title: str
    lines: tuple[str, ...]
    options: tuple[Option, ...]
    no: str

    @property
    def text(self) -> str:
        """What it changes, a line each."""
        return "\n".join(line for line in self.lines if line)


def put(state: State, role: Role, found: Proposal | str, now: datetime) -> Step:
    """Shows a proposal, or says why there is none."""
    if isinstance(found, str):
        # What was proposed before is no longer what a yes would mean.
        fresh = state.but(pending={}) if state.pending.get("kind") == KIND else state
        return Step(fresh, (), (Words(found),))
    options = [
        {"label": o.label, "order": plain_of(o.order), "done": o.done} for o in found.options
    ]
    number = crc32(json.dumps(options, sort_keys=True).encode())
    key = key_at(role, KIND, f"{number:x}")
    pending = {"kind": KIND, "key": key, "at": now.isoformat(), "options": options}
    pending |= {"no": found.no}
    return Step(state.but(pending=pending), (), _shown(found, key))


def _shown(found: Proposal, key: str) -> tuple[Bubble, ...]:
    choices = [
        Choice(str(n), shortened(option.label, LABEL_LIMIT))
        for n, option in enumerate(found.options)
    ]
    title, note = shortened(found.title, TITLE_LIMIT), found.text
    before: tuple[Bubble, ...] = ()
    if len(note) > NOTE_LIMIT:
        before = (Words(f"{found.title}\n{note}"),)
        note = shortened(next(filter(None, found.lines)), NOTE_LIMIT)
    return (*before, Buttons(key, title, note, (*choices, Choice("no", found.no))))


def tapped(state: State, key: str, option: str) -> Step:
    """What a tap on a card does; one on an older card does nothing."""
    if state.pending.get("kind") != KIND or state.pending.get("key") != key:
        return Step(state, (), (Words(say("round_old")),))
    return _decided(state, option)


def pressed(state: State, text: str) -> Step | None:
    """What the label or the number of a button does that is typed; None for other words."""
    if state.pending.get("kind") != KIND:
        return None
    labels = [*_labels(state), state.pending["no"]]
    said = bare_words(text)
    numbers = [] if is_cold(state) else [str(n) for n in range(1, len(labels) + 1)]
    if said not in (*labels, *numbers):
        return None
    at = labels.index(said) if said in labels else numbers.index(said)
    return _decided(state, str(at))


def answered(state: State, text: str, now: datetime) -> Step | None:
    """What a yes or no does while a proposal waits; None for words about other things."""
    if state.pending.get("kind") != KIND:
        return None
    command = read_fixed(text)
    cancels = says_not(text) or (command is not None and command.name == "cancel")
    yes = False if cancels else says_yes(text)
    if yes is None or (yes and is_cold(state)):
        return None
    labels = _labels(state)
    if yes and now - datetime.fromisoformat(state.pending["at"]) > STANDS:
        return Step(state.but(pending={}), (), (Words(say("round_too_long_ago")),))
    if yes and len(labels) > 1:
        # Asked again, it is no older than the question.
        asked = {**state.pending, "asked": state.pending.get("asked", 0) + 1}
        words = Words(say("round_which", labels=join(labels)))
        return Step(state.but(pending=asked), (), (words,))
    return _decided(state, "0" if yes else "no")


def _labels(state: State) -> list[str]:
    return [option["label"] for option in state.pending["options"]]


def _decided(state: State, option: str) -> Step:
    options: list[Mapping[str, Any]] = state.pending["options"]
    fresh = state.but(pending={})
    if not option.isdigit() or int(option) >= len(options):
        return Step(fresh, (), (Words(say("round_dropped")),))
    chosen = options[int(option)]
    return Step(fresh, (read_order(chosen["order"]),), (Words(chosen["done"]),))
