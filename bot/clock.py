"""The present moment: this machine's, or that of a clock file shared with the emulator."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

Clock = Callable[[], datetime]
"""Gives the present moment as an aware UTC datetime."""


def real_clock() -> datetime:
    """The time of this machine."""
    return datetime.now(UTC)


class FileClock:
    """Reads the steered time of a demonstration; the emulator's side writes the file.

    The file holds ``{"shown": ISO time with offset, "real": Unix seconds, "speed": number}``
    and means ``now = shown + (real_now - real) * speed``. While it isn't there yet, the real
    time is given.
    """

    def __init__(self, path: str | Path, real: Callable[[], float] = time.time) -> None:
        self._path = Path(path)
        self._real = real

    def __call__(self) -> datetime:
        try:
            raw = json.loads(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return datetime.fromtimestamp(self._real(), UTC)
        shown = datetime.fromisoformat(raw["shown"]).astimezone(UTC)
        return shown + timedelta(seconds=(self._real() - raw["real"]) * raw["speed"])


def clock_of(clock_file: str | None) -> Clock:
    """The clock that a setting asks for."""
    return FileClock(clock_file) if clock_file else real_clock
