"""Counting what happened within the last minutes, hours or days of the shared clock."""

import threading
from collections import Counter, defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from emulator.clock import Clock


class RateWindow:
    """At most `limit` events for a key within `span`; the window slides."""

    def __init__(self, clock: Clock, limit: int, span: timedelta) -> None:
        self._clock = clock
        self.limit = limit
        self._span = span
        self._lock = threading.Lock()
        self._events: defaultdict[str, deque[datetime]] = defaultdict(deque)

    def take(self, key: str, count: int = 1) -> bool:
        """Counts `count` events and says True; over the limit counts nothing and says False."""
        with self._lock:
            events = self._fresh(key)
            if len(events) + count > self.limit:
                return False
            events.extend([self._clock()] * count)
            return True

    def count(self, key: str) -> int:
        with self._lock:
            return len(self._fresh(key))

    def _fresh(self, key: str) -> deque[datetime]:
        events = self._events[key]
        edge = self._clock() - self._span
        while events and events[0] <= edge:
            events.popleft()
        return events


class Quota:
    """At most `limit` events within `span`; one more, and nothing passes for a whole `span`."""

    def __init__(self, clock: Clock, limit: int, span: timedelta) -> None:
        self._clock = clock
        self._span = span
        self._window = RateWindow(clock, limit, span)
        self._shut_until: datetime | None = None

    def take(self) -> bool:
        """Counts one and says True; False if it is over, or was just now."""
        now = self._clock()
        if self._shut_until is not None and now < self._shut_until:
            return False
        if self._window.take(""):
            return True
        self._shut_until = now + self._span
        return False


class Gauge:
    """How much of each key is under way at this moment; at most `limit` at once."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._lock = threading.Lock()
        self._running: Counter[str] = Counter()

    @contextmanager
    def one(self, key: str) -> Iterator[bool]:
        """Counts one for as long as the block runs; gives False if there were too many already."""
        with self._lock:
            has_room = self._running[key] < self._limit
            self._running[key] += has_room
        try:
            yield has_room
        finally:
            with self._lock:
                self._running[key] -= has_room


class Repeats:
    """Remembers requests by content, for enable_duplicate_check."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._seen: dict[str, datetime] = {}

    def seen(self, key: str, interval: timedelta) -> bool:
        """True if the same key was first seen less than `interval` ago; else remembers it."""
        now = self._clock()
        first = self._seen.get(key)
        if first is not None and now - first < interval:
            return True
        self._seen[key] = now
        return False
