"""Draws the leader's picture (汇报图) and sends it to those it was ordered for."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from importlib import import_module

from sqlalchemy import Connection

from bot.documents import Document, file_name
from bot.jobs.work.base import Work, waiting
from bot.offering import last_year_of
from bot.phrases import phrase
from bot.services import Services
from bot.stored import keep, store
from dialogs.bubbles import Words
from dialogs.case import Waiting
from storage import tasks
from storage.tasks import Task

PNG = "image/png"


def run(services: Services, task: Task) -> None:
    """Draws it from the answers as they are now, outside any transaction."""
    form = waiting(services, task.payload["form_id"])
    with services.database.read() as tx:
        before = dict(last_year_of(tx, form.form.id, form.standard))
    (stored,) = store(services.files, [draw(replace(form, last_year=before))])
    with services.database.begin() as tx:
        now = services.clock()
        if tasks.finish(tx, task.id, now):
            keep(tx, stored, now)
            for userid in task.payload["people"]:
                once = f"leader_picture:{task.id}:{userid}"
                services.postbox.put_image(tx, userid, stored.key, now, once)


def draw(form: Waiting) -> Document:
    """The picture of a form. Slow: never to be called inside a reply."""
    # Only the worker needs Pillow, so a web process doesn't load it.
    leader = import_module("reports.pictures.leader")
    content = leader.draw_leader_picture(
        form.standard,
        form.answers,
        department=form.form.department,
        year=form.form.year,
        code=form.form.code,
        evidence=form.gathered.items,
        last_year=form.last_year,
    )
    name = file_name("picture_name", form.form)
    return Document(name, content, PNG)


def given_up(services: Services, tx: Connection, task: Task, now: datetime) -> None:
    """Those who expect it learn that there is none."""
    words = Words(phrase("picture_failed"))
    for userid in task.payload["people"]:
        services.postbox.post(tx, userid, (words,), now)


WORK = Work(run, given_up)
