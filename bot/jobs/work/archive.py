"""Makes the archive (归档) of a cycle and tells who ordered it where it is."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import name_of
from bot.archiving.making import MadeArchive, make_archive, note_archive
from bot.jobs.work.base import Work
from bot.phrases import phrase
from bot.services import Services
from bot.web.links import link
from dialogs.bubbles import Words
from storage import tasks
from storage.tasks import Task

MOST_SENT = 20 << 20
"""The largest file that WeChat Work takes, in bytes."""


def run(services: Services, task: Task) -> None:
    """Made and checked outside any transaction, noted and told in one."""
    userid = task.payload["userid"]
    with services.database.read() as tx:
        by = name_of(tx, userid)
    made = make_archive(services, task.payload["cycle_id"], by)
    with services.database.begin() as tx:
        now = services.clock()
        if tasks.finish(tx, task.id, now):
            note_archive(tx, made, userid, now)
            _tell(services, tx, made, userid, now, f"archive:{task.id}")


def _tell(
    services: Services, tx: Connection, made: MadeArchive, userid: str, now: datetime, once: str
) -> None:
    """With the address of the page; without pages the file itself, where it fits."""
    page = link(services.settings, "archives", userid=userid)
    sent = not page and made.size <= MOST_SENT
    numbers = {
        "name": made.manifest.name,
        "departments": made.manifest.departments,
        "files": len(made.manifest.members),
        "size": size_words(made.size),
        "sha256": made.sha256,
    }
    lines = [phrase("archive_made", **numbers)]
    if made.manifest.missing:
        lines.append(phrase("archive_missing", count=len(made.manifest.missing)))
    if not made.manifest.closed:
        lines.append(phrase("archive_open"))
    where = "archive_page" if page else "archive_sent" if sent else "archive_operator"
    lines.append(phrase(where, link=page, cycle=made.manifest.cycle_id))
    words = Words(phrase("line_break").join(lines))
    services.postbox.post(tx, userid, (words,), now, topic="archive")
    if sent:
        services.postbox.put_file(tx, userid, made.key, now, once, topic="archive")


def size_words(size: int) -> str:
    """A size for people.

    >>> size_words(300), size_words(3_400_000)
    ('1 KB', '3.2 MB')
    """
    if size < 1 << 20:
        return f"{max(1, size >> 10)} KB"
    return f"{size / (1 << 20):.1f} MB"


def given_up(services: Services, tx: Connection, task: Task, now: datetime) -> None:
    """Who asked learns that there is none."""
    words = Words(phrase("archive_failed"))
    services.postbox.post(tx, task.payload["userid"], (words,), now)


WORK = Work(run, given_up)
