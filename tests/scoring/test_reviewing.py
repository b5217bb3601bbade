"""The score sheet with finance's points instead of the department's own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal

import pytest

from scoring.engine import score
from scoring.loading import from_text
from scoring.reviewing import changes, fault_of, own_points, reviewed, undecided
from scoring.standard import Standard
from scoring.values import NotApplicable, Offline, Value

Answers = Mapping[str, Value]


def test_groups_and_total_follow(standard: Standard, reference: Answers) -> None:
    own = score(standard, reference)
    given = {"B3-1": Decimal("1.5"), "A1-3": Decimal(4)}
    sheet = reviewed(standard, own, given)
    assert (sheet["B3-1"].low, sheet["A1-3"].low) == (Decimal("1.5"), Decimal(4))
    moved = sum((given[c] - own[c].low for c in given), Decimal(0))
    assert sheet.total.low == sheet.total.high == own.total.low + moved
    assert sheet["B"].low == own["B"].low + given["B3-1"] - own["B3-1"].low
    assert sheet["C"] == own["C"]
    assert not sheet["A1-3"].losses
    assert [loss.code for loss in sheet["B3-1"].losses] == ["reviewed"]


def test_nothing_given_is_the_department_s_own(standard: Standard, reference: Answers) -> None:
    own = score(standard, reference)
    assert reviewed(standard, own, {}) == own
    same = {code: own[code].low for code in own.indicators}
    assert reviewed(standard, own, same) == own


def test_what_was_handed_in_on_paper_is_settled_by_finance(
    standard: Standard, reference: Answers
) -> None:
    own = score(standard, {**reference, "income_adjusted_budget": Offline()})
    assert own_points(own["A1-3"]) is None
    assert undecided(own, {}) == ("A1-3",)
    given = {"A1-3": Decimal(0)}
    assert undecided(own, given) == ()
    sheet = reviewed(standard, own, given)
    assert sheet.total.low == sheet.total.high
    (change,) = changes(standard, own, given)
    assert (change.code, change.own, change.points) == ("A1-3", None, Decimal(0))


def test_points_bring_back_what_was_left_out(standard: Standard, reference: Answers) -> None:
    files = json.loads(standard.text)
    marker = "rule: {kind: steps, actual: income_total"
    assert marker in files["tree.yaml"]
    files["tree.yaml"] = files["tree.yaml"].replace(
        marker, "not_applicable: exclude\n      " + marker, 1
    )
    questions = files["questionnaire.yaml"]
    at = questions.index("income_adjusted_budget:")
    files["questionnaire.yaml"] = questions[:at] + questions[at:].replace(
        "na: false", "na: true", 1
    )
    other = from_text(json.dumps(files))
    own = score(other, {**reference, "income_adjusted_budget": NotApplicable("没有调整预算")})
    assert own["A1-3"].excluded
    sheet = reviewed(other, own, {"A1-3": Decimal(1)})
    assert not sheet["A1-3"].excluded
    assert sheet["A1"].low == sum(sheet[c].low for c in ("A1-1", "A1-2", "A1-3"))


@pytest.mark.parametrize(
    ("code", "points", "fault"),
    [
        ("A1-3", "0", ""),
        ("A1-3", "4", ""),
        ("A1-3", "4.00", ""),
        ("A1-3", "2.75", ""),
        ("A1-3", "4.01", "over"),
        ("A1-3", "-0.01", "over"),
        ("A1-3", "NaN", "over"),
        ("A1-3", "Infinity", "over"),
        ("A1-3", "2.755", "fine"),
        ("A1", "3", "unknown"),
        ("Z9-9", "3", "unknown"),
    ],
)
def test_points_that_an_indicator_can_have(
    standard: Standard, code: str, points: str, fault: str
) -> None:
    assert fault_of(standard, code, Decimal(points)) == fault


def test_changes_stand_in_the_order_of_the_tree(standard: Standard, reference: Answers) -> None:
    own = score(standard, reference)
    given = {"C4-2": Decimal(1), "A1-1": Decimal(1), "A1-2": own["A1-2"].low}
    assert [each.code for each in changes(standard, own, given)] == ["A1-1", "C4-2"]
