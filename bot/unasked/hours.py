"""When people are told something unasked: in working hours, in a minute of their own."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zlib import crc32

HALF = 30
FIRST, LAST = 4, 26
"""The minutes of a half hour in which something leaves, away from :00 and :30, when everybody's
machines send."""


def calm(local: datetime) -> bool:
    """Whether something may leave in this minute.

    >>> from datetime import UTC
    >>> [calm(datetime(2022, 5, 9, 9, minute, tzinfo=UTC)) for minute in (0, 4, 26, 29, 33, 35)]
    [False, True, True, False, False, True]
    """
    return FIRST <= local.minute % HALF <= LAST


def own_minute(userid: str, day: date) -> timedelta:
    """How long after the slot somebody's turn comes on a day: the same in each process."""
    spread = LAST - FIRST + 1
    return timedelta(minutes=FIRST + crc32(f"{userid}:{day}".encode()) % spread)
