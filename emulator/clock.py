"""The time as the emulated service sees it: aware UTC, steerable, shared through a small file.

Shared file (JSON, UTF-8), written atomically, read by every process that wants the same time::

    {"shown": "2026-03-02T01:00:00+00:00", "real": 1772413200.0, "speed": 60}

``now = shown + (real_now - real) * speed`` where ``shown`` is an ISO time with an offset,
``real`` and ``real_now`` are Unix seconds of this machine, and ``speed`` is a number (1 = real
time, 60 = a minute a second, 0 = stopped).
"""

import json
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol


class Clock(Protocol):
    """Gives the present moment as an aware UTC datetime."""

    def __call__(self) -> datetime: ...


class SteerableClock(Clock, Protocol):
    """A clock that can be moved on and whose speed can be changed."""

    @property
    def speed(self) -> float: ...

    def set_speed(self, speed: float) -> None: ...

    def advance(self, by: timedelta) -> None: ...

    def set(self, moment: datetime) -> None: ...


class ManualClock:
    """A clock that moves only when told to; for tests."""

    def __init__(self, start: datetime) -> None:
        self._now = _aware(start)
        self.speed = 0.0

    def __call__(self) -> datetime:
        return self._now

    def set_speed(self, speed: float) -> None:
        """Remembers the speed only: a manual clock never runs by itself."""
        self.speed = speed

    def advance(self, by: timedelta) -> None:
        self._now += by

    def set(self, moment: datetime) -> None:
        self._now = _aware(moment)


@dataclass(frozen=True)
class _Reading:
    shown: datetime
    real: float
    speed: float

    def at(self, real_now: float) -> datetime:
        return self.shown + timedelta(seconds=(real_now - self.real) * self.speed)


class FileClock:
    """A clock kept in a file, so that several processes can share it; format in the module text.

    A missing file is made, showing real time at speed 1. `real` gives Unix seconds and is a
    parameter so that tests need not wait.
    """

    def __init__(self, path: Path | str, real: Callable[[], float] = time.time) -> None:
        self._path = Path(path)
        self._real = real
        self._lock = threading.Lock()
        if not self._path.exists():
            now = real()
            self._write(_Reading(datetime.fromtimestamp(now, UTC), now, 1.0))

    def __call__(self) -> datetime:
        return self._read().at(self._real())

    @property
    def speed(self) -> float:
        return self._read().speed

    def set_speed(self, speed: float) -> None:
        """From now on time runs at `speed`; the moment shown does not jump."""
        if not 0 <= speed <= 100_000:
            raise ValueError(f"clock speed {speed} is not between 0 and 100000")
        with self._lock:
            real = self._real()
            self._write(_Reading(self._read().at(real), real, float(speed)))

    def advance(self, by: timedelta) -> None:
        with self._lock:
            real = self._real()
            old = self._read()
            self._write(_Reading(old.at(real) + by, real, old.speed))

    def set(self, moment: datetime) -> None:
        with self._lock:
            self._write(_Reading(_aware(moment), self._real(), self._read().speed))

    def _read(self) -> _Reading:
        raw = json.loads(self._path.read_text(encoding="utf-8"))
        shown = _aware(datetime.fromisoformat(raw["shown"]))
        return _Reading(shown, float(raw["real"]), float(raw["speed"]))

    def _write(self, reading: _Reading) -> None:
        content = {
            "shown": reading.shown.isoformat(),
            "real": reading.real,
            "speed": reading.speed,
        }
        self._path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._path.with_name(f"{self._path.name}.{os.getpid()}.tmp")
        fresh.write_text(json.dumps(content), encoding="utf-8")
        fresh.replace(self._path)


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"clock time {moment.isoformat()} has no offset; write it with +00:00")
    return moment.astimezone(UTC)
