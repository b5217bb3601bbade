"""Makes the list of what an office is to supply, for whoever asked for it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.jobs.work.base import Work, waiting
from bot.office_lists import list_document, list_texts
from bot.phrases import phrase
from bot.services import Services
from bot.stored import keep, store
from dialogs.bubbles import Words
from storage import tasks
from storage.tasks import Task


def run(services: Services, task: Task) -> None:
    """Sends the texts, made to be forwarded, and the workbook to be filled in."""
    office = task.payload["office"]
    form = waiting(services, task.payload["form_id"])
    texts = list_texts(services, form, office)
    stored = store(services.files, [list_document(form, office, services.clock())] if texts else [])
    with services.database.begin() as tx:
        now = services.clock()
        if not tasks.finish(tx, task.id, now):
            return
        userid = task.payload["userid"]
        said = texts or [phrase("office_list_done", office=office)]
        services.postbox.post(tx, userid, tuple(Words(text) for text in said), now)
        for document in stored:
            keep(tx, document, now)
            services.postbox.put_file(tx, userid, document.key, now, f"office_list:{task.id}")


def given_up(services: Services, tx: Connection, task: Task, now: datetime) -> None:
    """The asker learns that there is no list."""
    words = Words(phrase("office_list_failed"))
    services.postbox.post(tx, task.payload["userid"], (words,), now)


WORK = Work(run, given_up)
