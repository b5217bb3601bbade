"""The time that documents bear in their properties."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time

from scoring.standard import Standard
from scoring.values import Day, Value


def made_on(standard: Standard, answers: Mapping[str, Value]) -> datetime:
    """The day of filling in (UTC), or the end of the year in question: never the clock's time."""
    given = answers.get("filled_on")
    day = given.value if isinstance(given, Day) else date(standard.year, 12, 31)
    return datetime.combine(day, time(), UTC)
