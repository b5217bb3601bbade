"""Compares the next people of the roster with the directory, then orders the rest."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.directory import reconcile_some, standing_lines
from bot.jobs.work.base import Work
from bot.phrases import phrase
from bot.services import Services
from dialogs.bubbles import Words
from storage import tasks
from storage.tasks import Task


def run(services: Services, task: Task) -> None:
    """Asks for some people; whoever was asked for twice stands as they were."""
    last = reconcile_some(services, str(task.payload["after"]))
    with services.database.begin() as tx:
        now = services.clock()
        if not tasks.finish(tx, task.id, now):
            return
        if last is not None:
            whole = task.key.partition("#")[0]
            tasks.add(tx, task.kind, {**task.payload, "after": last}, f"{whole}#{last}", now)
        elif "userid" in task.payload:
            said = phrase("line_break").join(standing_lines(tx))
            services.postbox.post(tx, task.payload["userid"], (Words(said),), now, topic="reply")


def given_up(services: Services, tx: Connection, task: Task, now: datetime) -> None:
    """A directory that can't be asked is no finding; who asked for it learns that. The next
    night tries again."""
    if "userid" in task.payload:
        words = Words(phrase("directory_silent"))
        services.postbox.post(tx, task.payload["userid"], (words,), now, topic="reply")


WORK = Work(run, given_up)
