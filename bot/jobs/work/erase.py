"""清除: deletes the bytes of files, then rewrites the database so that nothing can be read back."""

from __future__ import annotations

from datetime import datetime

import structlog
from sqlalchemy import Connection

from bot.jobs.work.base import Work
from bot.services import Services
from storage import files, tasks
from storage.tasks import Task

log = structlog.get_logger(__name__)


def run(services: Services, task: Task) -> None:
    """Doing it twice does no harm: what is gone stays gone. Copies that were stored and never
    noted (a crash, a refused act) go too; a document that has been made again since then stays."""
    for key in task.payload["keys"]:
        with services.database.read() as tx:
            kept = files.standing(tx, key)
        services.files.erase(key, but=kept)
    services.database.scrub()
    with services.database.begin() as tx:
        tasks.finish(tx, task.id, services.clock())


def given_up(services: Services, tx: Connection, task: Task, now: datetime) -> None:
    """The operator finds it among the stuck tasks, and in the log."""
    log.error("erasure_given_up", task=task.id)


WORK = Work(run, given_up)
