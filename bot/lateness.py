"""By how many working days a version came after its deadline."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.calendar import Calendar
from storage.deliveries import Delivery


def days_late(
    handed: datetime, deadline: datetime | None, calendar: Calendar, zone: ZoneInfo
) -> int | None:
    """The working days after the deadline's day, 0 for less than one; None if it was in time.

    `handed` is when the last yes was said: a department is not late because the documents, or
    a server that was down, took their time.
    """
    if deadline is None or handed <= deadline:
        return None
    days = deadline.astimezone(zone).date(), handed.astimezone(zone).date()
    return calendar.working_days_between(*days)


def lateness(delivery: Delivery, calendar: Calendar, zone: ZoneInfo) -> int | None:
    """The same of a delivered version, for the deadline of then."""
    handed = delivery.approved_at or delivery.created_at
    return days_late(handed, delivery.deadline, calendar, zone)
