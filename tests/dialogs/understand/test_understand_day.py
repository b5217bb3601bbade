"""Calendar days with and without a year."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.understand.day import read_day
from dialogs.understand.reading import Ask, Got

TODAY = date(2022, 6, 1)


@pytest.mark.parametrize(
    "text",
    [
        "2022-05-27",
        "2022.5.27",
        "2022/5/27",
        "2022年5月27日",
        "２０２２年５月２７号",
        "20220527",
        "2022 年 5 月 27 日。",
    ],
)
def test_a_day_with_a_year(text: str) -> None:
    assert read_day(text, TODAY) == Got(read_value(date(2022, 5, 27)), "")


def read_value(day: date) -> object:
    got = read_day(day.isoformat(), TODAY)
    assert isinstance(got, Got)
    return got.value


@pytest.mark.parametrize("text", ["5月27日", "5.27", "5/27"])
def test_a_day_without_a_year_is_in_this_year_and_that_is_said(text: str) -> None:
    got = read_day(text, TODAY)
    assert isinstance(got, Got)
    assert (got.value.value, got.note) == (date(2022, 5, 27), "year_assumed")


@pytest.mark.parametrize(("text", "day"), [("今天", 1), ("昨天", 31), ("明天", 2)])
def test_a_day_beside_today(text: str, day: int) -> None:
    got = read_day(text, TODAY)
    assert isinstance(got, Got)
    assert got.value.value.day == day


@pytest.mark.parametrize("text", ["2022年2月30日", "2月30日", "2021-13-01", "20221301"])
def test_a_day_that_is_not_in_the_calendar(text: str) -> None:
    got = read_day(text, TODAY)
    assert isinstance(got, Ask)
    assert got.code == "ask_date_impossible"


@pytest.mark.parametrize("text", ["月底", "", "2022", "上周五", "22年"])
def test_no_day(text: str) -> None:
    got = read_day(text, TODAY)
    assert isinstance(got, Ask)
    assert got.code == "ask_date"
