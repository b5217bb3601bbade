"""Calls tick: at once when a turn has left something to send, and in any case every moment."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable, Sequence
from datetime import UTC
from uuid import uuid4

import structlog
from apscheduler.schedulers.background import BackgroundScheduler

from bot.jobs.tick import Dated, Ticker
from bot.logs import place_of
from bot.services import Services

log = structlog.get_logger(__name__)


class Worker:
    """The background work of a process, in threads of its own: one sends, one does the rest, so
    that no document that is being made keeps an answer waiting.

    APScheduler only calls them; what is due stands in tables. Two more threads wait for
    `services.wake`, so that a card follows its answer without waiting for the next call.
    """

    def __init__(self, services: Services, dated: Sequence[Dated] = ()) -> None:
        self._services = services
        holder = f"{socket.gethostname()}-{os.getpid()}-{uuid4().hex[:8]}"
        self._ticker = Ticker(services, dated, holder)
        self._stopping = threading.Event()
        self._send = _Alone(self._ticker.send)
        self._work = _Alone(self._do_work)
        self._more_work = threading.Event()
        self._threads = [
            threading.Thread(target=target, name=name, daemon=True)
            for name, target in (("sender", self._keep_sending), ("labourer", self._keep_working))
        ]
        self._scheduler = BackgroundScheduler(timezone=UTC)
        for job in (self._send, self._work):
            self._scheduler.add_job(
                job,
                "interval",
                seconds=services.settings.worker_seconds,
                coalesce=True,
                max_instances=1,
                misfire_grace_time=None,
            )

    def start(self) -> None:
        self._scheduler.start()
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Ends after what is being worked on, and lets another process lead."""
        self._stopping.set()
        self._services.wake.set()
        self._more_work.set()
        self._scheduler.shutdown(wait=True)
        for thread in self._threads:
            thread.join()
        _Alone(self._ticker.resign)()

    def _keep_sending(self) -> None:
        while not self._stopping.is_set():
            self._services.wake.wait()
            self._services.wake.clear()
            self._more_work.set()
            if not self._stopping.is_set():
                self._send()

    def _keep_working(self) -> None:
        while not self._stopping.is_set():
            self._more_work.wait()
            self._more_work.clear()
            if not self._stopping.is_set():
                self._work()

    def _do_work(self) -> None:
        if self._ticker.work():
            self._services.wake.set()  # what was made is to be sent


class _Alone:
    """Runs something one call at a time; a call that fails is logged and tried again by the next
    one, and what was claimed comes free with its lease."""

    def __init__(self, run: Callable[[], object]) -> None:
        self._run = run
        self._lock = threading.Lock()

    def __call__(self) -> None:
        with self._lock:
            try:
                self._run()
            except Exception as error:
                log.error("tick_failed", **place_of(error))
