"""What the report still needs, in the order of the questions."""

from collections.abc import Mapping

from scoring.progress import Gap, complete, gaps
from scoring.standard import Standard
from scoring.values import Count, Letters, NotApplicable, Offline, Rows, Text, Value, YesNo


def gaps_of(standard: Standard, answers: Mapping[str, Value]) -> tuple[Gap, ...]:
    return gaps(standard, answers)


def without(answers: Mapping[str, Value], *facts: str) -> dict[str, Value]:
    return {fact: value for fact, value in answers.items() if fact not in facts}


def test_nothing_answered_starts_with_the_first_question(standard: Standard) -> None:
    found = gaps_of(standard, {})
    assert [gap.fact for gap in found[:8]] == list(standard.questions[0].facts)
    assert "procurement_plan" not in {gap.fact for gap in found}, "its gate is the gap"


def test_a_missing_answer_is_the_only_gap(
    standard: Standard, reference: Mapping[str, Value]
) -> None:
    answers = without(reference, "carryover_opening", "next_steps")
    assert gaps_of(standard, answers) == (Gap("carryover_opening"), Gap("next_steps"))
    assert not complete(standard, answers)


def test_optional_answers_are_no_gaps(standard: Standard, reference: Mapping[str, Value]) -> None:
    assert gaps_of(standard, without(reference, "rent_paid_on", "budget_published_at")) == ()
    assert gaps_of(standard, {**reference, "budget_published_at": Text("")}) == ()


def test_an_empty_text_is_a_gap(standard: Standard, reference: Mapping[str, Value]) -> None:
    assert gaps_of(standard, {**reference, "next_steps": Text("")}) == (Gap("next_steps"),)


def test_paper_and_absence_are_answers(standard: Standard, reference: Mapping[str, Value]) -> None:
    answers = {**reference, "next_steps": Offline(), "assets_counted": NotApplicable("新设机构")}
    assert gaps_of(standard, answers) == ()


def test_cells_and_too_few_rows(standard: Standard, reference: Mapping[str, Value]) -> None:
    cells = {"name": Text("党建"), "done": YesNo(True), "description": Text("")}
    rows = Rows((cells, {"name": Text("工业")}))
    assert gaps_of(standard, {**reference, "key_tasks": rows}) == (
        Gap("key_tasks", 0, "description"),
        Gap("key_tasks", 1, "done"),
        Gap("key_tasks", 1, "description"),
    )
    assert gaps_of(standard, {**reference, "key_tasks": Rows(())}) == (Gap("key_tasks"),)
    assert gaps_of(standard, {**reference, "affiliates": Rows(())}) == ()


def test_lost_points_need_a_cause_and_an_improvement(
    standard: Standard, reference: Mapping[str, Value]
) -> None:
    answers = {**reference, "compliance_findings": Count(1), "compliance_kinds": Letters(("A",))}
    assert gaps_of(standard, answers) == (
        Gap("lost_b1_2_cause"),
        Gap("lost_b1_2_improvement"),
    )


def test_a_gate_opens_its_questions(standard: Standard, reference: Mapping[str, Value]) -> None:
    found = gaps_of(standard, {**reference, "has_disposal": YesNo(True)})
    assert found == (Gap("disposal_amount"), Gap("disposal_paid_in_time"))
    assert gaps_of(standard, without(reference, "has_rent")) == (Gap("has_rent"),)
