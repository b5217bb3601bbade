"""Calls tick: at once when a turn has left something to send, and in any case every moment."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Sequence
from datetime import UTC

import structlog
from apscheduler.schedulers.background import BackgroundScheduler

from bot.jobs.tick import Dated, Ticker
from bot.logs import place_of
from bot.services import Services

log = structlog.get_logger(__name__)


class Worker:
    """The background work of a process, in threads of its own.

    APScheduler only calls tick; what is due stands in tables. A second thread waits for
    `services.wake`, so that a card follows its answer without waiting for the next call.
    """

    def __init__(self, services: Services, dated: Sequence[Dated] = ()) -> None:
        self._services = services
        self._ticker = Ticker(services, dated, f"{socket.gethostname()}-{os.getpid()}")
        self._one_at_a_time = threading.Lock()
        self._stopping = threading.Event()
        self._waker = threading.Thread(target=self._wait_and_run, name="waker", daemon=True)
        self._scheduler = BackgroundScheduler(timezone=UTC)
        self._scheduler.add_job(
            self._run,
            "interval",
            seconds=services.settings.worker_seconds,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )

    def start(self) -> None:
        self._scheduler.start()
        self._waker.start()

    def stop(self) -> None:
        """Ends after what is being worked on."""
        self._stopping.set()
        self._services.wake.set()
        self._scheduler.shutdown(wait=True)
        self._waker.join()

    def _wait_and_run(self) -> None:
        while not self._stopping.is_set():
            self._services.wake.wait()
            self._services.wake.clear()
            if not self._stopping.is_set():
                self._run()

    def _run(self) -> None:
        with self._one_at_a_time:
            try:
                self._ticker.tick()
            except Exception as error:
                # The next call tries again; what was claimed comes free with its lease.
                log.error("tick_failed", **place_of(error))
