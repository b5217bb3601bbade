"""Makes the summary (汇总) of a cycle and sends it to who ordered it."""

from __future__ import annotations

from datetime import datetime
from importlib import import_module

from sqlalchemy import Connection

from bot.documents import XLSX, Document, fit_name
from bot.jobs.work.base import Work
from bot.phrases import phrase
from bot.services import Services
from bot.stored import keep, store
from bot.summary import results_of
from dialogs.bubbles import Words
from storage import tasks
from storage.tasks import Task


def run(services: Services, task: Task) -> None:
    """Reads in one transaction, draws outside any, sends once."""
    (stored,) = store(
        services.files,
        [summary_document(services, task.payload["cycle_id"], task.payload["departments"])],
    )
    with services.database.begin() as tx:
        now = services.clock()
        if tasks.finish(tx, task.id, now):
            keep(tx, stored, now)
            userid, once = task.payload["userid"], f"summary:{task.id}"
            services.postbox.put_file(tx, userid, stored.key, now, once, topic="summary")


def summary_document(
    services: Services, cycle_id: int, departments: list[int] | None = None
) -> Document:
    """The workbook with its name. Raises NoSuchCycle. Slow: never to be called inside a reply."""
    with services.database.read() as tx:
        found = results_of(services, tx, cycle_id, services.clock(), departments)
    # Only the worker needs XlsxWriter, so a web process doesn't load it.
    content = import_module("reports.summary_book").build_summary_book(found)
    name = phrase("summary_file", name=found.name, day=f"{found.made_at:%Y%m%d}")
    return Document(fit_name(name), content, XLSX)


def given_up(services: Services, tx: Connection, task: Task, now: datetime) -> None:
    """Who asked learns that there is none."""
    words = Words(phrase("summary_failed"))
    services.postbox.post(tx, task.payload["userid"], (words,), now)


WORK = Work(run, given_up)
