"""What an indicator gives that does not apply: its full points, none, or left out and rescaled."""

import json
from decimal import Decimal

import pytest

from scoring.engine import score
from scoring.loading import from_text
from scoring.rules.base import Points
from scoring.sheet import ScoreSheet
from scoring.standard import Standard
from scoring.values import Letters, NotApplicable, YesNo

SEAT = "      name: 政府采购执行率\n"


def sheet_with(standard: Standard, policy: str) -> ScoreSheet:
    """B3 (8 = 3 + 5) with an execution rate that does not apply and 3 of 5 for compliance."""
    files = json.loads(standard.text)
    files["tree.yaml"] = files["tree.yaml"].replace(
        SEAT, f"{SEAT}      not_applicable: {policy}\n", 1
    )
    changed = from_text(json.dumps(files, ensure_ascii=False))
    absent = NotApplicable("没有采购")
    answers = {
        "has_procurement": YesNo(True),
        "procurement_plan": absent,
        "procurement_actual": absent,
        "procurement_compliance": Letters(("A", "B", "C")),
    }
    return score(changed, answers)


@pytest.mark.parametrize(
    ("policy", "rate", "group"),
    [("full", "3", "6"), ("zero", "0", "3"), ("exclude", "3", "4.8")],
)
def test_policy(standard: Standard, policy: str, rate: str, group: str) -> None:
    sheet = sheet_with(standard, policy)
    assert sheet["B3-1"].state is Points.NOT_APPLICABLE
    assert sheet["B3-1"].low == sheet["B3-1"].high == Decimal(rate)
    # exclude: 3 of the 5 points that are left, scaled up to the group's 8
    assert sheet["B3"].low == sheet["B3"].high == Decimal(group)


def test_no_points_are_a_loss_to_explain(standard: Standard) -> None:
    assert "B3-1" in sheet_with(standard, "zero").lossy()
    assert "B3-1" not in sheet_with(standard, "full").lossy()
