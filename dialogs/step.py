"""What a step of the conversation gives."""

from __future__ import annotations

from dataclasses import dataclass

from dialogs.bubbles import Bubble
from dialogs.effects import Effect
from dialogs.states import State


@dataclass(frozen=True)
class Step:
    """The new state, what is to be done, and what the person is shown, in order."""

    state: State
    effects: tuple[Effect, ...] = ()
    bubbles: tuple[Bubble, ...] = ()
