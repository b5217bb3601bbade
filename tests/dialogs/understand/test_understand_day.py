"""Calendar days with and without a year; the many ways of writing stand in tests/utterances."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.understand.day import read_day
from dialogs.understand.reading import Ask, Got

TODAY = date(2022, 6, 1)
DAYS = st.dates(date(2000, 1, 1), date(2050, 12, 31))


def read(text: str, today: date = TODAY, ahead: bool = False) -> tuple[str, str]:
    """The day and the note, or "" and the code of what is asked."""
    got = read_day(text, today, ahead)
    return ("", got.code) if isinstance(got, Ask) else (got.value.plain(), got.note)


@settings(derandomize=True, deadline=None, max_examples=50)
@given(DAYS, DAYS)
def test_a_day_with_its_year_is_read_on_any_day(day: date, today: date) -> None:
    for text in (day.isoformat(), f"{day:%Y%m%d}", f"{day:%Y年%m月%d日}", f"{day:%Y/%m/%d}"):
        assert read(text, today) == (day.isoformat(), "")


@settings(derandomize=True, deadline=None, max_examples=50)
@given(DAYS)
def test_a_day_that_is_past_this_year_is_of_this_year(today: date) -> None:
    text = f"{today.month}月{today.day}日"
    assert read(text, today) == (today.isoformat(), "year_assumed")


@pytest.mark.parametrize(
    ("text", "note"),
    [("5.27", "year_assumed"), ("1号", "month_assumed"), ("周五", "week_assumed")],
)
def test_what_is_left_out_is_filled_in_and_said(text: str, note: str) -> None:
    assert read(text)[1] == note


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2022年2月30日", "ask_date_impossible"),
        ("20221301", "ask_date_impossible"),
        ("5.32", "ask_date_impossible"),
        ("31号", "ask_date_impossible"),
        ("1022-05-27", "ask_date_impossible"),
        ("12月20日", "ask_date_which"),
        ("27号", "ask_date_which"),
        ("5/6/2022", "ask_date_which"),
        ("5月1日到5月3日", "ask_date_two"),
        ("五月中旬", "ask_date_day"),
        ("2022年5月", "ask_date_day"),
        ("2022-05-27 周一", "ask_date_weekday"),
        ("12.5.22", "ask_date_year"),
        ("", "ask_date"),
        ("2022", "ask_date"),
        ("昨天吧", "ask_date"),
    ],
)
def test_what_is_not_certain_is_asked(text: str, code: str) -> None:
    assert read(text) == ("", code)


def test_both_days_are_said_where_either_may_be_meant() -> None:
    got = read_day("12月20日", TODAY)
    assert isinstance(got, Ask)
    assert (got.numbers["first"], got.numbers["second"]) == (date(2021, 12, 20), date(2022, 12, 20))


def test_a_day_to_come_needs_no_asking() -> None:
    assert read("12月20日", ahead=True) == ("2022-12-20", "year_assumed")
    assert read("27号", ahead=True) == ("2022-06-27", "month_assumed")


def test_the_end_of_a_month_knows_leap_years() -> None:
    assert read("2月底", date(2024, 3, 1)) == ("2024-02-29", "end_assumed")
    assert isinstance(read_day("2月29日", date(2023, 3, 1)), Ask)
    assert isinstance(read_day("2月29日", date(2024, 3, 1)), Got)
