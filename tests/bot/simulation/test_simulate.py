"""A cycle in seconds, judged by calendars that stand here and not in the product."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.cli import main

# The State Council's arrangement for the autumn of 2026.
FREE = {date(2026, 9, day) for day in (25, 26, 27)} | {date(2026, 10, day) for day in range(1, 8)}
WORKED = {date(2026, 9, 20), date(2026, 10, 10)}


def simulate(*options: str) -> tuple[Result, list[dict[str, Any]]]:
    result = CliRunner().invoke(main, ["simulate", "--json", *options], catch_exceptions=False)
    start = result.stdout.index("[")
    return result, json.loads(result.stdout[start:])


def is_worked(day: date) -> bool:
    return day in WORKED or (day not in FREE and day.weekday() < 5)


def unasked(messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    kinds = ("reminder", "digest", "escalation")
    return [each for each in messages if each["kind"].startswith(kinds)]


def check_hours(messages: list[dict[str, Any]], worked: Any) -> None:
    assert unasked(messages)
    had: Counter[tuple[str, date]] = Counter()
    for each in unasked(messages):
        at = datetime.fromisoformat(each["at"])
        assert at.utcoffset() == timedelta(hours=8)
        assert worked(at.date()), each
        assert "09:00" <= f"{at:%H:%M}" < "17:30", each
        assert at.minute not in (0, 30), each
        had[each["to"], at.date()] += 1
    assert max(had.values()) <= 3


@pytest.mark.slow
def test_over_national_day(tmp_path: Path) -> None:
    picture = tmp_path / "cycle.png"
    days = ("--open", "2026-09-01", "--deadline", "2026-10-20", "--picture", str(picture))
    result, messages = simulate("--departments", "10", "--seed", "7", *days)
    assert result.exit_code == 0, result.stderr
    check_hours(messages, is_worked)
    assert picture.read_bytes().startswith(b"\x89PNG")
    # The one who never begins: 10, 5, 3, 1 working days before, twice on the day, daily after.
    got: dict[str, list[str]] = {}
    for each in messages:
        if each["kind"] == "reminder_deadline":
            got.setdefault(each["to"], []).append(each["at"][5:10])
    longest = max(got.values(), key=len)
    assert longest[:7] == ["09-30", "10-13", "10-15", "10-19", "10-20", "10-20", "10-21"]


@pytest.mark.slow
def test_a_year_that_nobody_has_announced() -> None:
    """Monday to Friday, and it is said so."""
    days = ("--open", "2098-01-06", "--deadline", "2098-02-20")
    result, messages = simulate("--departments", "10", "--seed", "3", *days)
    assert result.exit_code == 0, result.stderr
    assert "2098" in result.stderr
    check_hours(messages, lambda day: day.weekday() < 5)


@pytest.mark.slow
def test_a_deadline_on_the_day_after_the_opening() -> None:
    days = ("--open", "2026-09-01", "--deadline", "2026-09-02")
    result, messages = simulate("--departments", "4", "--seed", "5", *days)
    assert result.exit_code == 0, result.stderr
    check_hours(messages, is_worked)


@pytest.mark.slow
def test_everybody_has_something_to_do() -> None:
    """With a department of each temperament there is a message of each kind of the cycle."""
    days = ("--open", "2026-09-01", "--deadline", "2026-10-20")
    result, messages = simulate("--departments", "13", "--seed", "4", *days)
    assert result.exit_code == 0, result.stderr
    check_hours(messages, is_worked)
    kinds = {each["kind"] for each in messages}
    assert kinds >= {
        "notice_opening", "notice_deadline", "reminder_deadline", "reminder_returned",
        "reminder_nudge", "reminder_handed", "reminder_appeal", "reminder_review",
        "reminder_delivery", "digest_daily", "digest_weekly", "delivery", "opinion", "appeal",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("opens", "deadline", "told"),
    [
        ("2026-10-20", "2026-09-01", "截止日期要在开始日期之后"),
        ("2026-10-20", "2026-10-20", "截止日期要在开始日期之后"),
        ("0001-01-01", "0001-02-01", "2001年到2100年"),
        ("2100-12-01", "9999-12-31", "2001年到2100年"),
        ("2026-10-01", "2026-10-05", "一个工作日也没有"),
        ("2026-01-01", "2027-06-01", "最长模拟400天"),
    ],
)
def test_days_that_make_no_cycle_are_refused(opens: str, deadline: str, told: str) -> None:
    result = CliRunner().invoke(main, ["simulate", "--open", opens, "--deadline", deadline])
    assert result.exit_code == 2
    assert told in result.stderr
