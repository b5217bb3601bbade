"""By how many working days a version came too late."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.calendar import Calendar
from bot.lateness import days_late, lateness
from storage.deliveries import Delivery

ZONE = ZoneInfo("Asia/Shanghai")


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)


@pytest.mark.parametrize(
    ("handed", "deadline", "days"),
    [
        ("2022-05-31T17:59", "2022-05-31T18:00", None),
        ("2022-05-31T18:00", "2022-05-31T18:00", None),
        ("2022-05-31T18:01", "2022-05-31T18:00", 0),
        ("2022-06-01T09:00", "2022-05-31T18:00", 1),
        # Dragon Boat Festival: 3 to 5 June.
        ("2022-06-05T12:00", "2022-06-02T18:00", 0),
        ("2022-06-06T12:00", "2022-06-02T18:00", 1),
        # Before National Day, with 8 and 9 October worked.
        ("2022-10-10T09:00", "2022-09-30T18:00", 3),
        # The day here, not in UTC.
        ("2022-06-02T00:30", "2022-06-01T23:59", 1),
        # A year that nobody has announced: Monday to Friday.
        ("2044-05-09T09:00", "2044-05-06T18:00", 1),
    ],
)
def test_working_days_after_the_deadline(handed: str, deadline: str, days: int | None) -> None:
    assert days_late(local(handed), local(deadline), Calendar(), ZONE) == days


def test_what_the_coordinators_say_of_a_day_counts() -> None:
    overlay = Calendar({date(2022, 6, 4): True})
    assert days_late(local("2022-06-05T12:00"), local("2022-06-02T18:00"), overlay, ZONE) == 1


def test_the_last_yes_counts_not_the_making_of_documents() -> None:
    deadline, later = local("2022-05-31T18:00"), local("2022-06-02T09:00")
    in_time = Delivery(1, 1, later, (), deadline=deadline, approved_at=local("2022-05-31T17:00"))
    assert lateness(in_time, Calendar(), ZONE) is None
    assert lateness(Delivery(1, 1, later, (), deadline=deadline), Calendar(), ZONE) == 2
    assert lateness(Delivery(1, 1, later, ()), Calendar(), ZONE) is None
