"""Figures that are far from what they should resemble."""

from __future__ import annotations

from typing import Any

import pytest

from scoring.loading import load
from scoring.plain import read_value
from scoring.scale import mended, slips
from scoring.standard import Standard


@pytest.fixture(scope="module")
def standard() -> Standard:
    return load("meijiang-2021")


def read(standard: Standard, given: dict[str, Any]) -> dict[str, Any]:
    return {name: read_value(standard.facts[name], plain) for name, plain in given.items()}


CASES: list[tuple[str, dict[str, Any], dict[str, Any], dict[str, Any], list[tuple[str, str]]]] = [
    ("like its sibling", {"procurement_plan": "100万元"}, {"procurement_actual": "98.31万元"}, {}, []),
    ("yuan for wan", {"procurement_plan": "100万元"}, {"procurement_actual": "98.31元"}, {}, [("sibling", "98.31万元")]),
    ("wan for yuan", {"procurement_plan": "100元"}, {"procurement_actual": "98.31万元"}, {}, []),
    ("yuan read as wan", {"procurement_plan": "100万元"}, {"procurement_actual": "983100万元"}, {}, [("sibling", "98.31万元")]),
    ("much smaller, no slip", {"procurement_plan": "5000万元"}, {"procurement_actual": "200元"}, {}, []),
    ("nothing to compare with", {}, {"procurement_actual": "98.31元"}, {}, []),
    ("zero is meant", {"procurement_plan": "100万元"}, {"procurement_actual": "0元"}, {}, []),
    ("as last year", {}, {"rent_amount": "8.65万元"}, {"rent_amount": "9万元"}, []),
    ("unit against last year", {}, {"rent_amount": "8.65元"}, {"rent_amount": "9万元"}, [("last_year", "8.65万元")]),
    ("a digit too many", {}, {"rent_amount": "865万元"}, {"rent_amount": "9万元"}, [("last_year", "8.65万元")]),
    ("far, and no slip suggests itself", {}, {"rent_amount": "300万元"}, {"rent_amount": "9万元"}, [("last_year", "")]),
    ("small amounts vary", {}, {"rent_amount": "5元"}, {"rent_amount": "900元"}, []),
    ("counts far from last year", {}, {"petitions_received": 900}, {"petitions_received": 12}, [("last_year", "")]),
    ("small counts vary", {}, {"petitions_received": 40}, {"petitions_received": 1}, []),
    ("a fraction for a percentage", {}, {"satisfaction_percent": "0.98"}, {}, [("fraction", "98%")]),
    (
        "a part by which the sum would hold",
        {"income_total": "2587.01万元", "income_general": "2549.57万元", "income_state_capital": "0元"},
        {"income_fund": "37.44元"},
        {},
        [("total", "37.44万元")],
    ),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_slips(standard: Standard, case: tuple[Any, ...]) -> None:
    _, answers, values, last_year, expected = case
    given = [read(standard, each) for each in (answers, values, last_year)]
    found = list(slips(standard, *given))
    assert [(s.reason, str(s.likely.plain()) if s.likely else "") for s in found] == expected


def test_a_row_far_from_the_others_is_mended_alone(standard: Standard) -> None:
    amounts = ["25万元", "30万元", "23元", "40万元"]
    rows = [{"name": f"资金{n}", "amount": amount} for n, amount in enumerate(amounts)]
    values = read(standard, {"special_funds": rows})
    found = tuple(slips(standard, {}, values, {}))
    assert [(slip.reason, slip.place) for slip in found] == [("rows", "资金2")]
    changed = mended(values, found)["special_funds"].plain()
    assert [row["amount"] for row in changed] == ["25万元", "30万元", "23万元", "40万元"]
    assert not list(slips(standard, {}, read(standard, {"special_funds": changed}), {}))
