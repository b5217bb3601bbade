"""Runs one play at a time in a thread of its own, started and stopped from the page."""

import threading
from typing import Any

from emulator.player import Player, Report
from emulator.script import Script
from emulator.world import World


class AlreadyPlaying(RuntimeError):
    """A play is running; stop it first."""


class Stage:
    """Holds the script given at the start and the present or last play."""

    def __init__(self, world: World, script: Script | None) -> None:
        self._world = world
        self._script = script
        self._player: Player | None = None
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def start(self, script: Script | None = None) -> None:
        """Starts the given script or the one from the start; ValueError if there is none."""
        with self._lock:
            if self._is_running():
                raise AlreadyPlaying("a play is running already")
            chosen = script or self._script
            if chosen is None:
                raise ValueError("no script was given")
            self._player = Player(self._world, chosen)
            self._thread = threading.Thread(target=self._player.run, daemon=True)
            self._thread.start()

    def stop(self) -> None:
        if self._player:
            self._player.stop()

    def wait(self, seconds: float) -> Report | None:
        """The report once the play has ended, or None if it still runs after so long."""
        if self._thread is None or self._player is None:
            return None
        self._thread.join(seconds)
        return None if self._is_running() else self._player.report

    def as_json(self) -> dict[str, Any]:
        """For the page: is there a script, is it running, how did it end."""
        report = self._player.report if self._player else None
        return {
            "available": self._script is not None,
            "title": self._script.title if self._script else "",
            "running": self._is_running(),
            "steps": len(report.steps) if report else 0,
            "stopped_by": report.stopped_by if report else "",
        }

    def report(self) -> dict[str, Any] | None:
        return self._player.report.as_json() if self._player else None

    def _is_running(self) -> bool:
        return self._thread is not None and self._thread.is_alive()
