"""When something can be sent, by working hours and days off."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from dialogs.hours import Hours

ZONE = ZoneInfo("Asia/Shanghai")
HOURS = Hours(ZONE, time(9), time(17, 30), frozenset({date(2022, 5, 14), date(2022, 5, 15)}))


def at(day: int, hour: int, minute: int, second: int = 0) -> datetime:
    return datetime(2022, 5, day, hour, minute, second, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("now", "soonest"),
    [
        (at(12, 9, 0, 7), at(12, 9, 0)),  # now: seconds don't put it off for a day
        (at(12, 16, 59, 59), at(12, 16, 59)),
        (at(12, 17, 1), at(13, 9, 0)),  # too late for everybody's own minute
        (at(12, 8, 59, 59), at(12, 9, 0)),
        (at(13, 17, 45), at(16, 9, 0)),  # Friday evening
        (at(14, 10, 0), at(16, 9, 0)),
    ],
)
def test_the_soonest_moment(now: datetime, soonest: datetime) -> None:
    assert HOURS.soonest(now) == soonest
