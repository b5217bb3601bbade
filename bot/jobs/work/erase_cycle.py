"""Erases the content of a closed cycle, after its archive was read from beginning to end."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import SYSTEM, ActRefused
from bot.acts.erase_cycle import erase_cycle
from bot.archiving.reading import verify_stored
from bot.jobs.work.base import Work
from bot.lifecycle import By
from bot.phrases import phrase
from bot.services import Services
from dialogs.bubbles import Words
from storage import archives, people, tasks
from storage.tasks import Task


def run(services: Services, task: Task) -> None:
    """The archive is verified outside any transaction; in one, it is erased and told. What may
    not be erased is told as well, and not tried again before there is a new archive."""
    with services.database.read() as tx:
        archive = archives.get(tx, task.payload["archive_id"])
    verdict = verify_stored(services, archive) if archive else None
    manifest = verdict.manifest if verdict and verdict.complete else None
    words = phrase("erase_cycle_unverified", name=task.payload["name"])
    if archive and manifest:
        try:
            with services.database.begin() as tx:
                now = services.clock()
                if tasks.finish(tx, task.id, now):
                    erase_cycle(services, tx, SYSTEM, By.SYSTEM, archive.id, manifest, now)
                    _tell(services, tx, phrase("erase_cycle_done", name=manifest.name), now)
                return
        except ActRefused as refusal:
            words = phrase("erase_cycle_not", name=manifest.name, why=refusal.words)
    with services.database.begin() as tx:
        now = services.clock()
        if tasks.finish(tx, task.id, now):
            _tell(services, tx, words, now)


def _tell(services: Services, tx: Connection, words: str, now: datetime) -> None:
    for person in people.holders(tx, By.COORDINATOR):
        services.postbox.post(tx, person.userid, (Words(words),), now, topic="archive")


def given_up(services: Services, tx: Connection, task: Task, now: datetime) -> None:
    """The coordinators learn that nothing was erased."""
    _tell(services, tx, phrase("erase_cycle_unverified", name=task.payload["name"]), now)


WORK = Work(run, given_up)
