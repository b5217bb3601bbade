from itertools import product

import pytest

from bot.lifecycle import MOVES, Act, By, FormState, after, may
from bot.phrases import knows

POSSIBLE = {
    ("drafting", "send_in", "contact"): "in_review",
    ("in_review", "withdraw", "contact"): "drafting",
    ("in_review", "send_back", "reviewer"): "drafting",
    ("in_review", "approve", "reviewer"): "approved",
    ("in_review", "sign_by_hand", "contact"): "approved",
    ("in_review", "disown", "reviewer"): "drafting",
    ("approved", "disown", "reviewer"): "drafting",
    ("delivered", "disown", "reviewer"): "drafting",
    ("approved", "deliver", "system"): "delivered",
    ("delivered", "accept", "finance"): "accepted",
    ("delivered", "return_form", "finance"): "drafting",
}


@pytest.mark.parametrize(("state", "act", "by"), list(product(FormState, Act, By)))
def test_every_cell(state: FormState, act: Act, by: By) -> None:
    assert after(state, act, by) == POSSIBLE.get((state, act, by))


def test_every_state_but_the_first_is_reached_and_every_one_but_the_last_is_left() -> None:
    assert set(MOVES.values()) == set(FormState)
    assert {state for state, _, _ in MOVES} == set(FormState) - {FormState.ACCEPTED}


def test_who_may_at_all() -> None:
    assert may(Act.ACCEPT, By.FINANCE)
    assert not may(Act.ACCEPT, By.CONTACT)


def test_states_and_acts_have_names() -> None:
    assert all(knows(f"state_{state}") for state in FormState)
    assert all(knows(f"act_{act}") for act in Act)
