"""涉密不上网: what is said with a secrecy marking goes nowhere, not even into the state."""

from __future__ import annotations

from dialogs.bubbles import Words
from dialogs.events import Event, Said
from dialogs.states import State
from dialogs.step import Step
from dialogs.wording import say
from scoring.sensitive import secrecy_mark


def turn_away(state: State, event: Event) -> Step | None:
    """The step for words that bear a marking: nothing is kept, and the answer repeats none of
    them. None for everything else."""
    if isinstance(event, Said) and secrecy_mark(event.text):
        return Step(state, (), (Words(say("secret_said")),))
    return None
