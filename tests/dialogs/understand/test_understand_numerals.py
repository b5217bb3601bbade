"""Numbers in characters: what an independent writer of numerals writes is read back exactly."""

from __future__ import annotations

from decimal import Decimal

import cn2an
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.understand.amount import read_amount
from dialogs.understand.numerals import alike, read_quantity
from dialogs.understand.reading import Ask


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.integers(0, 10**12), st.sampled_from(["low", "up"]))
def test_integers_are_read_back(number: int, style: str) -> None:
    quantity = read_quantity(alike(cn2an.an2cn(number, style)))
    assert quantity is not None
    assert (quantity.value, quantity.loose) == (number, False)


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.decimals(0, 10**8, places=2, allow_nan=False, allow_infinity=False))
def test_cheques_are_read_back(number: Decimal) -> None:
    got = read_amount(cn2an.an2cn(f"{number}", "rmb"))
    assert not isinstance(got, Ask)
    assert got.value.yuan == number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("两万五", 25000),
        ("三千五", 3500),
        ("一百五", 150),
        ("三亿二", 320_000_000),
        ("二十五", 25),
        ("一百零五", 105),
        ("一百十二", 112),
        ("2千5", 2500),
    ],
)
def test_an_end_left_out_as_in_speech(text: str, value: int) -> None:
    quantity = read_quantity(text)
    assert quantity is not None
    assert quantity.value == value


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "百",
            "千万",
            "三四",
            "九八",
            "二〇二二",
            "一百零",
            "零零",
            "点五",
            "九点",
            "万",
            "亿万",
        ),
        *(
            "1万50",
            "27.5万6773",
            "1万20000",
            "3亿2000",
            "二百五万",
            "一千千",
            "007",
            "1,23",
            "1.2.3",
        ),
        *("一百五十万万", "两万五万", "百二", "五百千", "1.5百2十", "0万5", "三十十", "一百万五"),
    ],
)
def test_no_proper_number(text: str) -> None:
    assert read_quantity(text) is None


@pytest.mark.parametrize("text", ["两万五", "三千五", "27万5"])
def test_a_left_out_end_before_a_unit_is_unclear(text: str) -> None:
    assert read_quantity(text) is not None
    assert read_quantity(text, ended=True) is None
