"""What is open again when single indicators come back."""

from __future__ import annotations

from pathlib import Path

import pytest

from scoring.filing import read_answers_file
from scoring.loading import load
from scoring.plain import read_value
from scoring.reopening import facts_of, open_facts, questions_of
from scoring.standard import Standard
from scoring.values import Value

EXAMPLE = Path(__file__).parents[2] / "examples" / "reference-case.yaml"


@pytest.fixture(scope="module")
def standard() -> Standard:
    return load("meijiang-2021")


@pytest.fixture(scope="module")
def answers(standard: Standard) -> dict[str, Value]:
    return read_answers_file(standard, EXAMPLE)


def test_an_indicator_opens_what_it_reads_says_and_hangs_on(standard: Standard) -> None:
    assert facts_of(standard, "B2-1") == (
        "budget_published", "accounts_published", "budget_published_at", "accounts_published_at",
        "lost_b2_1_cause", "lost_b2_1_improvement",
    )  # fmt: skip
    assert "has_procurement" in facts_of(standard, "B3-1")
    assert "special_funds" in facts_of(standard, "C1-1")  # carried from B4-1


def test_every_indicator_opens_something_that_scores(standard: Standard) -> None:
    for indicator in standard.indicators:
        opened = facts_of(standard, indicator.code)
        assert any(indicator.code in standard.feeds[fact] for fact in opened)


def test_a_group_opens_all_below_it_and_a_question_itself(standard: Standard) -> None:
    assert set(facts_of(standard, "B3")) == set(facts_of(standard, "B3-1")) | set(
        facts_of(standard, "B3-2")
    )
    assert facts_of(standard, "#duties") == ("duties",)
    assert [q.id for q in questions_of(standard, "#duties")] == ["duties"]
    assert facts_of(standard, "") == tuple(standard.facts)


@pytest.mark.parametrize("target", ["C9-9", "#nothing", "x"])
def test_an_unknown_target_is_an_error(standard: Standard, target: str) -> None:
    with pytest.raises(KeyError):
        facts_of(standard, target)


def test_the_rest_is_closed_but_what_was_never_answered(
    standard: Standard, answers: dict[str, Value]
) -> None:
    del_one = {fact: value for fact, value in answers.items() if fact != "next_steps"}
    found = open_facts(standard, ["B3-1"], del_one, ())
    assert {"procurement_plan", "procurement_actual", "next_steps"} <= found
    assert not {"assets_counted", "duties", "income_total"} & found


def test_what_hangs_on_a_changed_answer_is_open(
    standard: Standard, answers: dict[str, Value]
) -> None:
    assert "procurement_compliance" not in open_facts(standard, ["B3-1"], answers, ())
    found = open_facts(standard, ["B3-1"], answers, {"has_procurement"})
    assert "procurement_compliance" in found


def test_figures_that_contradict_each_other_are_open(
    standard: Standard, answers: dict[str, Value]
) -> None:
    assert "income_general" not in open_facts(standard, ["A1-3"], answers, ())
    wrong = {**answers, "income_total": read_value(standard.facts["income_total"], "3000万元")}
    assert "income_general" in open_facts(standard, ["A1-3"], wrong, {"income_total"})
