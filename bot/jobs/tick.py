"""Does all that is due: what waits to be sent, documents to be made, later whatever has a date."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from bot.jobs.outbox import OutboxWorker
from bot.jobs.tasks import TaskWorker
from bot.services import Services
from storage import leases

# Who leads has died if it says nothing for so long: another process begins within half a minute.
LEASE = timedelta(seconds=20)
NAME = "tick"

Dated = Callable[[Services, datetime], None]
"""Something with a date (reminders, digests): looks what is due and queues it; its ledger makes
a second run harmless."""


class Ticker:
    """One process's `tick`. The outbox and the tasks are claimed row by row, so any number of
    processes may work on them; what has a date is done by the one that holds the lease."""

    def __init__(self, services: Services, dated: Sequence[Dated] = (), holder: str = "") -> None:
        self._services = services
        self._dated = dated
        self._holder = holder or f"ticker-{id(self):x}"
        self._mine_until: datetime | None = None
        self._outbox = OutboxWorker(services)
        self._tasks = TaskWorker(services)

    def tick(self, now: datetime | None = None) -> int:
        """Does what is due and gives how many things were worked on; to be called by one thread
        at a time."""
        self._do_dated(now or self._services.clock())
        worked = self.send()
        worked += self._tasks.work_due()
        return worked + self.send()

    def send(self) -> int:
        """The outbox alone; to be called by one thread at a time."""
        return self._outbox.send_due()

    def work(self) -> int:
        """All but the outbox: what is slow must not keep answers waiting. To be called by one
        thread at a time."""
        self._do_dated(self._services.clock())
        return self._tasks.work_due()

    def resign(self) -> None:
        """Leaves what has a date to another process, at once."""
        if self._mine_until:
            self._mine_until = None
            with self._services.database.begin() as tx:
                leases.release(tx, NAME, self._holder)

    def _do_dated(self, now: datetime) -> None:
        if self._dated and self._leads(now):
            for job in self._dated:
                job(self._services, now)

    def _leads(self, now: datetime) -> bool:
        """Whether this process holds the lease; it is prolonged when half of it is over."""
        if self._mine_until and now < self._mine_until - LEASE / 2:
            return True
        with self._services.database.begin() as tx:
            mine = leases.take(tx, NAME, self._holder, now, LEASE)
        self._mine_until = now + LEASE if mine else None
        return mine
