"""Percentages, counts and scores."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dialogs.understand.figure import read_count, read_number, read_percent
from dialogs.understand.reading import Ask, Got


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("98.31%", "98.31"),
        ("98.31％", "98.31"),
        ("百分之96.5", "96.5"),
        ("100", "100"),
        ("0", "0"),
        ("0.5%", "0.5"),
        ("2", "2"),
        ("九成", "90"),
    ],
)
def test_a_percentage(text: str, number: str) -> None:
    got = read_percent(text)
    assert isinstance(got, Got)
    assert got.value.value == Decimal(number)


def test_a_fraction_is_asked_about() -> None:
    got = read_percent("0.98")
    assert isinstance(got, Ask)
    assert (got.code, got.numbers["percent"]) == ("ask_percent_fraction", Decimal(98))


@pytest.mark.parametrize("text", ["很高", "百分之九八", "", "98分", "98万"])
def test_no_percentage(text: str) -> None:
    got = read_percent(text)
    assert isinstance(got, Ask)
    assert got.code == "ask_percent"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("421", 421),
        ("421件", 421),
        ("1,024", 1024),
        ("３个", 3),
        ("没有", 0),
        ("都说清了", 0),
        ("两个", 2),
        ("十", 10),
        ("3 家。", 3),
    ],
)
def test_a_count(text: str, count: int) -> None:
    got = read_count(text)
    assert isinstance(got, Got)
    assert got.value.value == count


@pytest.mark.parametrize("text", ["3.5", "-1", "若干", "", "9" * 20, "三四个"])
def test_no_count(text: str) -> None:
    assert isinstance(read_count(text), Ask)


@pytest.mark.parametrize(("text", "number"), [("9.5分", "9.5"), ("10", "10"), ("-1", "-1")])
def test_a_score(text: str, number: str) -> None:
    got = read_number(text)
    assert isinstance(got, Got)
    assert got.value.value == Decimal(number)


@pytest.mark.parametrize("text", ["满分", "", "9" * 30])
def test_no_score(text: str) -> None:
    assert isinstance(read_number(text), Ask)
