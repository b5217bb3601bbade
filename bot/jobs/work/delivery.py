"""Makes the documents of an approved form and hands them to finance."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import holders, standing_of
from bot.acts.deliver import deliver
from bot.jobs.work.base import Work, store, waiting
from bot.lifecycle import By, FormState
from bot.phrases import phrase
from bot.services import Services
from dialogs.bubbles import Words
from storage import tasks
from storage.tasks import Task


def run(services: Services, task: Task) -> None:
    """Documents first, outside any transaction; then ledger, state and messages in one. After a
    crash the documents are made again and found to be there already."""
    form_id, version = task.payload["form_id"], task.payload["version"]
    form = waiting(services, form_id)
    stored = []
    if form.form.state == FormState.APPROVED:
        made = services.build(form.form, form.standard, form.answers, version)
        stored = store(services, made)
    with services.database.begin() as tx:
        now = services.clock()
        if tasks.finish(tx, task.id, now) and stored:
            deliver(services, tx, form_id, version, stored, now)


def given_up(services: Services, tx: Connection, task: Task, now: datetime) -> None:
    """The coordinators learn that a report is stuck."""
    standing = standing_of(tx, task.payload["form_id"])
    words = phrase("delivery_given_up", department=standing.department)
    for userid in holders(tx, By.COORDINATOR, standing.department_id):
        services.postbox.post(tx, userid, (Words(words),), now)


WORK = Work(run, given_up)
