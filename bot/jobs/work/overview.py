"""Makes the table or the picture over all forms and sends it to who asked for it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.digests import coordinated
from bot.documents import Document
from bot.jobs.work.base import Work
from bot.overview_files import PNG, book_of, picture_of
from bot.overviews import overview_of
from bot.phrases import phrase
from bot.services import Services
from bot.stored import keep, store
from dialogs.bubbles import Words
from storage import tasks
from storage.tasks import Task

TOPIC = "reply"


def run(services: Services, task: Task) -> None:
    """Makes it of the forms as they are now, outside any transaction."""
    stored = store(services.files, _made(services, task))
    with services.database.begin() as tx:
        now, userid = services.clock(), task.payload["userid"]
        if not tasks.finish(tx, task.id, now):
            return
        if not stored:
            services.postbox.post(tx, userid, (Words(phrase("digest_none")),), now, topic=TOPIC)
        for document in stored:
            keep(tx, document, now)
            put = services.postbox.put_file
            if document.content_type == PNG:
                put = services.postbox.put_image
            put(tx, userid, document.key, now, f"overview:{task.id}", TOPIC)


def _made(services: Services, task: Task) -> list[Document]:
    """Nothing where no cycle is open any more, or the person coordinates nothing."""
    userid = task.payload["userid"]
    with services.database.read() as tx:
        departments = coordinated(tx, userid)
        if departments is not None and not departments:
            return []
        overview = overview_of(services, tx, services.clock(), departments, userid=userid)
    if not overview.statuses:
        return []
    return [picture_of(overview) if task.payload["what"] == "picture" else book_of(overview)]


def given_up(services: Services, tx: Connection, task: Task, now: datetime) -> None:
    """Who expects it learns that there is none."""
    words = Words(phrase("digest_failed"))
    services.postbox.post(tx, task.payload["userid"], (words,), now, topic=TOPIC)


WORK = Work(run, given_up)
