"""Brings a notice (通知) to some of its receivers: the text, the file, and the card to confirm."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from bot.acts.base import name_of
from bot.jobs.work.base import Work
from bot.phrases import listed, phrase
from bot.services import Services
from dialogs.bubbles import Words
from dialogs.notice_lines import as_received, receipt_card
from storage import files, notices, people, tasks
from storage.notices import Notice, Receipt
from storage.tasks import Task

TOPIC = "notice"


def run(services: Services, task: Task) -> None:
    """Posts to all of them and finishes in one transaction. Who has confirmed it, got it before
    (unless it is sent once more) or has left meanwhile is passed over."""
    with services.database.begin() as tx:
        now = services.clock()
        notice = notices.one(tx, task.payload["notice"])
        if not tasks.finish(tx, task.id, now) or notice is None or notice.cancelled_at:
            return
        wanted = set(task.payload["userids"])
        found = [each for each in notices.receipts(tx, [notice.id]) if each.userid in wanted]
        again = bool(task.payload["again"])
        due = [each for each in found if not each.received_at and (again or not each.sent_at)]
        for receipt in due:
            if receipt.active:
                _post(services, tx, notice, receipt, task, now)
        _tell_of_gone(services, tx, notice, [each for each in due if not each.active], now)


def _post(
    services: Services, tx: Connection, notice: Notice, receipt: Receipt, task: Task, now: datetime
) -> None:
    person = people.person(tx, receipt.userid)
    if person is None:
        return
    by = name_of(tx, notice.by)
    stored = files.get(tx, notice.file_key) if notice.file_key else None
    key = stored.key if stored and not stored.purged_at else ""
    before = notices.one(tx, notice.supplements) if notice.supplements else None
    earlier = (before.at, before.words) if before else None
    again = receipt.sent_at is not None
    text_only = person.plain_text_only or not services.postbox.cards
    file = notice.file_name if key else ""
    text = as_received(by, notice.words, file, earlier, again=again, by_words=text_only)
    card = receipt_card(notice.id, by, notice.at, notice.words, more=before is not None)
    post = partial(
        services.postbox.post, tx, receipt.userid, now=now, topic=TOPIC, about=receipt.code
    )
    post((Words(text),))
    if key:
        once = f"{TOPIC}:{task.id}:{receipt.userid}"
        services.postbox.put_file(tx, receipt.userid, key, now, once, TOPIC, receipt.code)
    if not text_only:
        post((card,))
    notices.note_sent(tx, notice.id, receipt.userid, now)


def _tell_of_gone(
    services: Services, tx: Connection, notice: Notice, gone: Sequence[Receipt], now: datetime
) -> None:
    """The sender learns who has left between the order and now."""
    if gone:
        names = listed([each.name for each in gone])
        words = Words(phrase("notice_not_sent", number=notice.id, names=names))
        services.postbox.post(tx, notice.by, (words,), now, topic=TOPIC)


def given_up(services: Services, tx: Connection, task: Task, now: datetime) -> None:
    """The sender learns that it didn't go out."""
    notice = notices.one(tx, task.payload["notice"])
    if notice:
        names = listed([name_of(tx, userid) for userid in task.payload["userids"]])
        words = Words(phrase("notice_given_up", number=notice.id, names=names))
        services.postbox.post(tx, notice.by, (words,), now, topic=TOPIC)


WORK = Work(run, given_up)
