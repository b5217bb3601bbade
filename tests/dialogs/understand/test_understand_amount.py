"""Amounts of money as people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.understand.amount import read_amount
from dialogs.understand.reading import Ask, Got


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("2587.01万元", "2587.01万元"),
        ("2,587.01万", "2587.01万元"),
        ("2，587.01万元", "2587.01万元"),
        ("２５８７．０１万元。", "2587.01万元"),
        (" 2587.01 万 元 ", "2587.01万元"),
        ("25,870,100元", "25870100元"),
        ("276773.33元", "276773.33元"),
        ("27万6773.33元", "276773.33元"),
        ("1亿2300万", "12300万元"),
        ("0.26亿", "0.26亿元"),
        ("100块钱", "100元"),
        ("100元整", "100元"),
        ("0元", "0元"),
        ("0万元", "0万元"),
        ("330529.2元", "330529.2元"),
    ],
)
def test_an_amount_with_a_unit(text: str, plain: str) -> None:
    got = read_amount(text, "wan")
    assert isinstance(got, Got)
    assert (got.value.plain(), got.note) == (plain, "")


@pytest.mark.parametrize("text", ["没有", "无", "零", "0", "没有收入"])
def test_nothing_is_zero_in_the_unit_of_the_question(text: str) -> None:
    got = read_amount(text, "wan")
    assert isinstance(got, Got)
    assert got.value.plain() == "0万元"


@pytest.mark.parametrize("text", ["约26万", "大概26万左右", "近26万", "差不多26万元"])
def test_about_is_taken_and_said(text: str) -> None:
    got = read_amount(text, "wan")
    assert isinstance(got, Got)
    assert (got.value.yuan, got.note) == (Decimal(260000), "about")


def test_a_bare_number_is_in_the_unit_of_the_question_and_that_is_said() -> None:
    got = read_amount("2587.01", "wan")
    assert isinstance(got, Got)
    assert (got.value.plain(), got.note) == ("2587.01万元", "unit_of_question")


@pytest.mark.parametrize(
    ("text", "unit", "code"),
    [
        ("100000", "wan", "ask_amount_unit"),
        ("2587.01", "", "ask_amount_unit"),
        ("-3万", "wan", "ask_amount_negative"),
        ("-3", "wan", "ask_amount_negative"),
        ("26.47吨", "wan", "ask_amount"),
        ("98%", "wan", "ask_amount"),
        ("两百来万吧", "wan", "ask_amount_vague"),
        ("1,00万", "wan", "ask_amount"),
        ("1.2.3万", "wan", "ask_amount"),
        ("1e5万", "wan", "ask_amount_two"),
        ("١٢万", "wan", "ask_amount"),
        ("9" * 30 + "元", "wan", "ask_amount"),
        ("", "wan", "ask_amount"),
    ],
)
def test_what_is_unclear_is_asked(text: str, unit: str, code: str) -> None:
    got = read_amount(text, unit)
    assert isinstance(got, Ask)
    assert got.code == code


@pytest.mark.parametrize(
    ("text", "unit", "expected", "plain"),
    [
        ("9999.99", "wan", None, "9999.99万元"),
        ("10000", "wan", None, ""),
        ("12000", "wan", "90000000", "12000万元"),
        ("276773.33", "wan", "300000", ""),
        ("276773.33", "wan", "3000000000", "276773.33万元"),
        ("2587.01", "wan", "2600", ""),
        ("2587.01", "wan", "26000000", "2587.01万元"),
        # Like neither, or like both: its size alone tells.
        ("98.31", "wan", "1", "98.31万元"),
        ("98.31", "yuan", "100", "98.31元"),
        ("98.31", "yuan", "1000000", ""),
        ("999", "yuan", None, ""),
        ("1000", "yuan", None, "1000元"),
        ("1.2", "yi", None, "1.2亿元"),
        ("120", "yi", None, ""),
    ],
)
def test_a_bare_number_is_believed_by_its_size(
    text: str, unit: str, expected: str | None, plain: str
) -> None:
    got = read_amount(text, unit, Decimal(expected) if expected else None)
    if not plain:
        assert isinstance(got, Ask)
        assert got.code == "ask_amount_unit"
        return
    assert isinstance(got, Got)
    assert (got.value.plain(), got.note) == (plain, "unit_of_question")


def test_both_words_and_the_missing_unit_are_said() -> None:
    got = read_amount("大约98.31左右", "wan")
    assert isinstance(got, Got)
    assert (got.value.plain(), got.note) == ("98.31万元", "about_unit_of_question")


def test_what_may_have_been_meant_is_suggested() -> None:
    unit = read_amount("98.31")
    added = read_amount("50万+48.31万")
    assert isinstance(unit, Ask)
    assert isinstance(added, Ask)
    assert (unit.numbers["first"], unit.numbers["second"]) == ("98.31万元", "98.31元")
    assert (added.code, added.numbers["amount"].plain()) == ("ask_amount_sum", "98.31万元")


@settings(derandomize=True, deadline=None)
@given(
    st.decimals(0, 1000, places=2, allow_nan=False, allow_infinity=False),
    st.sampled_from([("元", 1), ("万元", 10**4), ("亿元", 10**8)]),
)
def test_every_amount_is_exact(number: Decimal, unit: tuple[str, int]) -> None:
    got = read_amount(f"{number:,}{unit[0]}")
    assert isinstance(got, Got)
    assert got.value.yuan == number * unit[1]
