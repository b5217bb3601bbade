"""Background work on documents: drafts for those who ask, deliveries to finance."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Connection

from bot.acts.base import holders, standing_of
from bot.acts.deliver import StoredDocument, deliver
from bot.documents import Document
from bot.lifecycle import By, FormState
from bot.logs import place_of
from bot.phrases import phrase
from bot.services import Services
from bot.views import waiting_of
from dialogs.bubbles import Words
from dialogs.case import Waiting
from storage import files, interviews, tasks
from storage.database import DatabaseDown
from storage.tasks import Task

log = structlog.get_logger(__name__)

LEASE = timedelta(minutes=10)
MOST_TRIES = 5
FIRST_WAIT = timedelta(seconds=10)


class DocumentWorker:
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
            if task.kind == "delivery":
                self._deliver(task)
            else:
                self._preview(task)
        except DatabaseDown:
            raise
        except Exception as error:
            log.error("task_failed", task=task.id, kind=task.kind, **place_of(error))
            self._put_off(task, type(error).__name__)
        else:
            self._services.metrics.tasks.labels(kind=task.kind, outcome="done").inc()

    def _deliver(self, task: Task) -> None:
        """Documents first, outside any transaction; then ledger, state and messages in one.
        After a crash the documents are made again and found to be there already."""
        form_id, version = task.payload["form_id"], task.payload["version"]
        waiting = self._waiting(form_id)
        if waiting.form.state != FormState.APPROVED:
            return self._finish(task)
        stored = self._store(self._build(waiting, version))
        with self._services.database.begin() as tx:
            now = self._services.clock()
            if tasks.finish(tx, task.id, now):
                deliver(self._services, tx, form_id, version, stored, now)
        return None

    def _preview(self, task: Task) -> None:
        form_id, userid = task.payload["form_id"], task.payload["userid"]
        stored = self._store(self._build(self._waiting(form_id), None))
        with self._services.database.begin() as tx:
            now = self._services.clock()
            if tasks.finish(tx, task.id, now):
                for number, document in enumerate(stored):
                    files.keep(
                        tx, document.key, document.name, document.size, document.content_type, now
                    )
                    once = f"preview:{task.id}:{number}"
                    self._services.postbox.put_file(tx, userid, document.key, now, once)

    def _waiting(self, form_id: int) -> Waiting:
        with self._services.database.read() as tx:
            standing = interviews.one(tx, form_id)
            if standing is None:
                raise LookupError(f"there is no form {form_id}")
            return waiting_of(self._services, tx, standing)

    def _build(self, waiting: Waiting, version: int | None) -> list[Document]:
        return self._services.build(waiting.form, waiting.standard, waiting.answers, version)

    def _store(self, documents: Sequence[Document]) -> list[StoredDocument]:
        return [
            StoredDocument(
                self._services.files.put(document.content, document.name),
                document.name,
                len(document.content),
                document.content_type,
            )
            for document in documents
        ]

    def _finish(self, task: Task) -> None:
        with self._services.database.begin() as tx:
            tasks.finish(tx, task.id, self._services.clock())

    def _put_off(self, task: Task, error: str) -> None:
        now = self._services.clock()
        with self._services.database.begin() as tx:
            if task.attempts < MOST_TRIES:
                tasks.retry(tx, task.id, now + FIRST_WAIT * 2**task.attempts, error)
            else:
                if tasks.give_up(tx, task.id, now, error):
                    self._tell(tx, task, now)
        outcome = "retry" if task.attempts < MOST_TRIES else "given_up"
        self._services.metrics.tasks.labels(kind=task.kind, outcome=outcome).inc()

    def _tell(self, tx: Connection, task: Task, now: datetime) -> None:
        """The asker learns that there is no draft, the coordinators that a report is stuck."""
        if task.kind == "preview":
            words, receivers = phrase("preview_failed"), [task.payload["userid"]]
        else:
            standing = standing_of(tx, task.payload["form_id"])
            words = phrase("delivery_given_up", department=standing.department)
            receivers = holders(tx, By.COORDINATOR, standing.department_id)
        for userid in receivers:
            self._services.postbox.post(tx, userid, (Words(words),), now)
