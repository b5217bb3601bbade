"""Makes the draft of a report for whoever asked for it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.jobs.work.base import Work, waiting
from bot.phrases import phrase
from bot.services import Services
from bot.stored import keep, store
from dialogs.bubbles import Words
from storage import tasks
from storage.tasks import Task


def run(services: Services, task: Task) -> None:
    """Sends the draft as a file."""
    form = waiting(services, task.payload["form_id"])
    stored = store(services.files, services.build(form.form, form.standard, form.answers, None))
    with services.database.begin() as tx:
        now = services.clock()
        if tasks.finish(tx, task.id, now):
            for number, document in enumerate(stored):
                keep(tx, document, now)
                once = f"preview:{task.id}:{number}"
                services.postbox.put_file(tx, task.payload["userid"], document.key, now, once)


def given_up(services: Services, tx: Connection, task: Task, now: datetime) -> None:
    """The asker learns that there is no draft."""
    words = Words(phrase("preview_failed"))
    services.postbox.post(tx, task.payload["userid"], (words,), now)


WORK = Work(run, given_up)
