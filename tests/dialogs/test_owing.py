"""What somebody still owes, and how long it takes them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest

from dialogs.case import Hand, Known, Person, Role
from dialogs.owing import lines, owed
from dialogs.pace import ENOUGH, Answered, minutes, pace, usual_seconds
from dialogs.states import State
from dialogs.talk import Talk
from scoring.standard import Standard

NOW = datetime(2022, 6, 1, 2, tzinfo=UTC)
WENQING = Known("wenqing", "温晴")


def talk_of(made: Any) -> Talk:
    return Talk(State(), made.case, made.now)


def answered(
    standard: Standard, gaps: Sequence[float], question: str = "procurement"
) -> list[Answered]:
    """Answers to one and the same question with these gaps, in seconds, between them."""
    asked = next(q for q in standard.questions if q.id == question)
    at, found = NOW, [Answered((asked,), NOW)]
    for gap in gaps:
        at += timedelta(seconds=gap)
        found.append(Answered((asked,), at))
    return found


def test_the_pace_is_what_was_taken_compared_with_the_usual(standard: Standard) -> None:
    asked = next(q for q in standard.questions if q.id == "procurement")
    usual = usual_seconds(asked, standard.facts)
    given = answered(standard, [2 * usual] * ENOUGH)
    assert pace(given, standard.facts) == 2
    # A night and a coffee are no pace.
    given = answered(standard, [2 * usual] * ENOUGH + [3600 * 15, 660])
    assert pace(given, standard.facts) == 2


@pytest.mark.parametrize("gaps", [[], [60.0] * (ENOUGH - 1), [0.0] * 9, [7000.0] * 9])
def test_too_little_tells_no_pace(standard: Standard, gaps: list[float]) -> None:
    assert pace(answered(standard, gaps), standard.facts) is None


def test_the_pace_has_bounds(standard: Standard) -> None:
    assert pace(answered(standard, [1] * 20), standard.facts) == Fraction(1, 4)
    assert pace(answered(standard, [600] * 20, "above_standard"), standard.facts) == 4


def test_minutes_are_never_none_and_in_steps(standard: Standard) -> None:
    yes_no = [q for q in standard.questions if q.id == "above_standard"]
    assert minutes(yes_no, standard.facts) == 1
    every = minutes(standard.questions, standard.facts)
    assert every % 5 == 0
    assert minutes(standard.questions, standard.facts, Fraction(2)) >= 2 * every - 5


def test_what_is_missing_by_name(converse: Callable[..., Any]) -> None:
    found = owed(talk_of(converse({"procurement_actual": None}, "reference-case.yaml")))
    assert len(found.missing) == 1
    assert "采购" in found.missing[0]
    told = lines(found)
    assert f"（{found.done}/{found.total}）" in told[0]
    assert "关系到3分" in told[1]
    assert found.points == 3


def test_an_empty_form_is_all_missing(converse: Callable[..., Any]) -> None:
    found = owed(talk_of(converse()))
    assert len(found.missing) == found.total
    assert found.points == 100
    assert "等" in lines(found)[0]


def test_a_full_form_is_only_to_be_sent_in(converse: Callable[..., Any]) -> None:
    found = owed(talk_of(converse(example="reference-case.yaml")))
    assert found.is_full
    assert lines(found)[0] == "题都填完了，回「送审」就行。"
    assert "佐证材料还差" in lines(found)[1]


def test_what_a_colleague_has_is_not_the_contacts(converse: Callable[..., Any]) -> None:
    made = converse({"procurement_actual": None, "duties": None}, "reference-case.yaml")
    chenyu = Known("chenyu", "陈宇")
    made.hands = (Hand(1, "question:procurement", chenyu, WENQING, "accepted"),)
    found = owed(talk_of(made))
    assert found.hands == (("温晴", 1),)
    assert not any("采购" in name for name in found.missing)
    assert "同事还没填：温晴1题" in lines(found)
    made.person = Person("wenqing", "温晴", frozenset({Role.COLLEAGUE}))
    theirs = owed(talk_of(made))
    assert len(theirs.missing) == 1
    assert theirs.hands == ()


def test_only_what_colleagues_have_is_left(converse: Callable[..., Any]) -> None:
    made = converse({"procurement_actual": None}, "reference-case.yaml")
    made.hands = (Hand(1, "question:procurement", Known("chenyu", "陈宇"), WENQING, "offered"),)
    found = owed(talk_of(made))
    assert not found.is_full
    assert lines(found)[0].startswith("同事还没填")
