"""Several values in one message."""

from __future__ import annotations

import pytest

from dialogs.understand.amount import read_amount
from dialogs.understand.fields import Field, deal, partial_names
from dialogs.understand.reading import Got

PLAN, ACTUAL = "政府采购计划金额合计", "实际采购金额"


def money(piece: str) -> bool:
    return isinstance(read_amount(piece, "wan"), Got)


TWO = [
    Field("plan", (PLAN,), money, False, partial_names(PLAN, [ACTUAL])),
    Field("actual", (ACTUAL,), money, False, partial_names(ACTUAL, [PLAN])),
]
CAUSE, BETTER = "采购合规性扣分原因", "采购合规性改进措施"
TEXTS = [
    Field("cause", (CAUSE,), bool, True, partial_names(CAUSE, [BETTER])),
    Field("better", (BETTER,), bool, True, partial_names(BETTER, [CAUSE])),
]


@pytest.mark.parametrize(
    "text",
    [
        "100万 98.31万",
        "100万，98.31万",
        "100万、98.31万元",
        "100万\n98.31万",
        "100 万元  98.31 万元",
        "计划100万 实际98.31万",
        "实际98.31万，计划100万",
        "实际采购金额：98.31万元；政府采购计划金额合计：100万元",
        "政府采购计划金额合计是100万，实际采购金额为98.31万",
    ],
)
def test_figures_find_their_fields(text: str) -> None:
    dealt = deal(text, TWO)
    assert dealt.left == ()
    values = {name: read_amount(piece, "wan") for name, piece in dealt.pieces.items()}
    assert {n: str(got.value.yuan) for n, got in values.items() if isinstance(got, Got)} in (
        {"plan": "1000000", "actual": "983100.00"},
        {"actual": "983100.00", "plan": "1000000"},
    )


def test_thousands_are_no_separator() -> None:
    assert dict(deal("1,000元 2,000元", TWO).pieces) == {"plan": "1000元", "actual": "2000元"}


def test_what_finds_no_place_is_left() -> None:
    assert deal("100万 98.31万 3万", TWO).left == ("3万",)
    assert deal("100万 98.31万 以上", TWO).left == ("以上",)


def test_named_fields_are_known() -> None:
    assert deal("实际采购金额98.31万", TWO).named == {"actual"}


@pytest.mark.parametrize(
    "text",
    [
        "供货推迟。\n提前签约。",
        "原因：供货推迟。\n措施：提前签约。",
        "改进措施：提前签约。\n扣分原因：供货推迟。",
    ],
)
def test_texts_by_line_or_by_name(text: str) -> None:
    assert dict(deal(text, TEXTS).pieces) == {"cause": "供货推迟。", "better": "提前签约。"}


def test_a_single_field_takes_everything() -> None:
    assert dict(deal("甲，乙；丙", TEXTS[:1]).pieces) == {"cause": "甲，乙；丙"}
