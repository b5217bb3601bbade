"""Whole forms, from the first greeting to 送审, by text and by cards."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from scoring.conditions import applies
from scoring.engine import score
from scoring.progress import gaps
from scoring.sheet import ScoreSheet

Played = Any  # of conftest.py, which can't be imported
FORMS = ["reference-case", "small-unit", "poor-scores"]
WAYS = pytest.mark.parametrize("text_only", [True, False], ids=["text", "cards"])


def wanted(played: Played) -> dict[str, object]:
    """The answers of the file that apply to this form."""
    standard, sheet = played.talk.standard, score(played.talk.standard, played.facts)
    values = standard.effective(played.facts)
    return {
        name: value.plain()
        for name, value in played.facts.items()
        if applies(standard.facts[name], values, standard.facts, sheet)
    }


def given(played: Played) -> dict[str, object]:
    """What was answered, but for what was left blank by 跳过."""
    answers = {name: value.plain() for name, value in played.talk.answers.items()}
    return {name: _without_blanks(plain) for name, plain in answers.items() if plain != ""}


def _without_blanks(plain: Any) -> object:
    if not isinstance(plain, list) or not all(isinstance(row, dict) for row in plain):
        return plain
    return [{column: cell for column, cell in row.items() if cell != ""} for row in plain]


def sheet_of(played: Played) -> ScoreSheet:
    return score(played.talk.standard, played.talk.answers)


@WAYS
@pytest.mark.parametrize("example", FORMS)
def test_a_whole_form_is_filled_in_and_sent_in(
    played: Callable[[str, bool], Played], example: str, text_only: bool
) -> None:
    whole = played(example, text_only)
    assert given(whole) == wanted(whole)
    assert gaps(whole.talk.standard, whole.talk.answers) == ()
    assert whole.talk.effects == ["SendIn"], whole.talk.reply
    assert whole.talk.form.state == "in_review"


@WAYS
def test_the_reference_case_scores_95_45(
    played: Callable[[str, bool], Played], text_only: bool
) -> None:
    sheet = sheet_of(played("reference-case", text_only))
    assert (sheet.total.low, sheet.settled) == (Decimal("95.45"), True)


@WAYS
@pytest.mark.parametrize("example", FORMS)
def test_no_turn_is_answered_with_a_misunderstanding(
    played: Callable[[str, bool], Played], example: str, text_only: bool
) -> None:
    steps = played(example, text_only).talk.steps[1:-1]
    unread = [step.bubbles for step in steps if not step.effects]
    assert unread == []
