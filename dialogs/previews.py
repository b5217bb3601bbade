"""Previews at a desk that wait for one tap. Once something else was spoken of, a mere yes or a number
is no answer to them any more: the card is, and the words on its buttons."""

from __future__ import annotations

from dataclasses import replace

from dialogs.bubbles import Buttons
from dialogs.events import Event, Said
from dialogs.states import State
from dialogs.step import Step

PREVIEWS = ("nudge", "round", "archive")


def cooled(before: State, step: Step, event: Event) -> Step:
    """The step: a preview that words passed by is cold from then on, unless it was shown again."""
    after = step.state
    waits = after.pending.get("kind") in PREVIEWS and after.pending == before.pending
    shown = any(isinstance(bubble, Buttons) for bubble in step.bubbles)
    if not waits or shown or not isinstance(event, Said):
        return step
    return replace(step, state=after.but(pending={**after.pending, "cold": True}))


def is_cold(state: State) -> bool:
    """Whether something else was spoken of since the preview."""
    return bool(state.pending.get("cold"))
