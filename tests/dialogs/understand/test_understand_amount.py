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
        ("1亿2300万", "123000000元"),
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


@pytest.mark.parametrize("text", ["约26万", "大概26万左右", "26万多", "差不多26万元"])
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
        ("两百来万吧", "wan", "ask_amount"),
        ("1,00万", "wan", "ask_amount"),
        ("1.2.3万", "wan", "ask_amount"),
        ("1e5万", "wan", "ask_amount"),
        ("١٢万", "wan", "ask_amount"),
        ("9" * 30 + "元", "wan", "ask_amount"),
        ("", "wan", "ask_amount"),
    ],
)
def test_what_is_unclear_is_asked(text: str, unit: str, code: str) -> None:
    got = read_amount(text, unit)
    assert isinstance(got, Ask)
    assert got.code == code


def test_99999_in_wan_is_still_believed() -> None:
    assert isinstance(read_amount("99999", "wan"), Got)


@settings(derandomize=True, deadline=None)
@given(
    st.decimals(0, 10**9, places=2, allow_nan=False, allow_infinity=False),
    st.sampled_from([("元", 1), ("万元", 10**4), ("亿元", 10**8)]),
)
def test_every_amount_is_exact(number: Decimal, unit: tuple[str, int]) -> None:
    got = read_amount(f"{number:,}{unit[0]}")
    assert isinstance(got, Got)
    assert got.value.yuan == number * unit[1]
