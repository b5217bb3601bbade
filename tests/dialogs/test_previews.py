"""A preview at a desk and the yes to it: once something else was spoken of, only the card counts."""

from __future__ import annotations

import pytest

from dialogs import previews
from dialogs.bubbles import Buttons, Choice, Words
from dialogs.events import Chosen, Said
from dialogs.states import State
from dialogs.step import Step

WAITS = State(pending={"kind": "nudge", "at": "x"})
CARD = Buttons("k", "t", "n", (Choice("yes", "y"),))


@pytest.mark.parametrize(
    ("before", "step", "cold"),
    [
        (WAITS, Step(WAITS, (), (Words("进度"),)), True),
        (State(), Step(WAITS, (), (CARD,)), False),  # it has just been shown
        (WAITS, Step(WAITS, (), (CARD,)), False),  # shown again
        (
            WAITS,
            Step(WAITS.but(pending={"kind": "nudge", "at": "y"}), (), ()),
            False,
        ),  # a newer one
        (WAITS, Step(State(), (), ()), False),  # answered
    ],
)
def test_what_passes_a_preview_by_cools_it(before: State, step: Step, cold: bool) -> None:
    assert previews.is_cold(previews.cooled(before, step, Said("谁没动")).state) is cold


def test_a_tap_on_another_card_does_not() -> None:
    step = previews.cooled(WAITS, Step(WAITS, (), ()), Chosen("other", ("a",)))
    assert not previews.is_cold(step.state)
