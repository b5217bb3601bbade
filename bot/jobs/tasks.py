"""Works on tasks: what is too slow for a reply, each kind in a file of its own under work/."""

from __future__ import annotations

from datetime import timedelta

import structlog

from bot.jobs.holding import holding
from bot.jobs.work import KINDS
from bot.logs import place_of
from bot.services import Services
from bot.wecom.errors import CallFailed, is_no_fault
from storage import tasks
from storage.database import DatabaseDown
from storage.tasks import Task

log = structlog.get_logger(__name__)

# What a killed worker costs; it is prolonged while the work is done.
LEASE = timedelta(seconds=60)
LONGEST = timedelta(minutes=10)
MOST_TRIES = 5
FIRST_WAIT = timedelta(seconds=10)
SILENCE = timedelta(seconds=60)


class TaskWorker:
    """Claims tasks and works on them; doing one twice does no harm."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def work_due(self) -> int:
        """Works until nothing is due; gives how many tasks were worked on."""
        worked = 0
        while task := self._claim():
            self._work(task)
            worked += 1
        return worked

    def _claim(self) -> Task | None:
        with self._services.database.begin() as tx:
            claimed = tasks.claim(tx, self._services.clock(), 1, LEASE)
        return claimed[0] if claimed else None

    def _work(self, task: Task) -> None:
        try:
            with holding(lambda: self._hold(task), LEASE, LONGEST):
                KINDS[task.kind].run(self._services, task)
        except DatabaseDown:
            raise
        except CallFailed as error:
            if KINDS[task.kind].waits_for_service and is_no_fault(error):
                self._wait_for_service(task, error)
            else:
                self._failed(task, error)
        except Exception as error:
            self._failed(task, error)
        else:
            self._services.metrics.tasks.labels(kind=task.kind, outcome="done").inc()

    def _hold(self, task: Task) -> bool:
        with self._services.database.begin() as tx:
            return tasks.hold(tx, task, self._services.clock() + LEASE)

    def _wait_for_service(self, task: Task, error: CallFailed) -> None:
        """WeChat Work can't be reached or lets nobody in: no try is counted."""
        with self._services.database.begin() as tx:
            tasks.postpone(tx, task.id, self._services.clock() + SILENCE, str(error))
        self._services.metrics.tasks.labels(kind=task.kind, outcome="waits").inc()

    def _failed(self, task: Task, error: Exception) -> None:
        log.error("task_failed", task=task.id, kind=task.kind, **place_of(error))
        self._put_off(task, type(error).__name__)

    def _put_off(self, task: Task, error: str) -> None:
        now = self._services.clock()
        with self._services.database.begin() as tx:
            if task.attempts < MOST_TRIES:
                tasks.retry(tx, task.id, now + FIRST_WAIT * 2**task.attempts, error)
            elif tasks.give_up(tx, task.id, now, error) and task.kind in KINDS:
                KINDS[task.kind].given_up(self._services, tx, task, now)
        outcome = "retry" if task.attempts < MOST_TRIES else "given_up"
        self._services.metrics.tasks.labels(kind=task.kind, outcome=outcome).inc()
