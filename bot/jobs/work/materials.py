"""Tells a contact once what has arrived on the page lately, and how many materials are missing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.jobs.work.base import Work
from bot.materials_news import tell
from bot.services import Services
from storage import tasks
from storage.tasks import Task


def run(services: Services, task: Task) -> None:
    """Says it in the transaction that finishes the task."""
    with services.database.begin() as tx:
        now = services.clock()
        if tasks.finish(tx, task.id, now):
            since = datetime.fromisoformat(task.payload["since"])
            tell(services, tx, task.payload["userid"], task.payload["form_id"], since, now)


def given_up(services: Services, tx: Connection, task: Task, now: datetime) -> None:
    """Nobody is told: the page and 材料 say the same at any time."""


WORK = Work(run, given_up)
