"""Fetches a photo that somebody sent by chat, looks at it, stores it, and says what became of it."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection

from bot.acts.base import ActRefused
from bot.acts.photos import PURPOSES, ask_about
from bot.intake import take_in
from bot.jobs.work.base import Work
from bot.phrases import phrase
from bot.services import Services
from bot.stored import StoredDocument
from bot.wecom.errors import ApiError, MediaTooLarge, Reaction
from dialogs.bubbles import Words
from reports.inspection import LIMITS, Refused
from storage import people, tasks
from storage.tasks import Task

MOST = LIMITS.sizes["image"]


def run(services: Services, task: Task) -> None:
    """Fetches and looks first, outside any transaction; then all is written in one. What can't
    be mended by trying again is said at once."""
    try:
        document = _fetched(services, task)
    except MediaTooLarge:
        _finish(services, task, phrase("photo_too_large", megabytes=MOST // 2**20))
    except ApiError as error:
        if error.reaction is not Reaction.REUPLOAD:
            raise
        _finish(services, task, phrase("photo_expired"))
    except (Refused, ActRefused) as refusal:
        _finish(services, task, phrase("photo_refused", why=refusal.words))
    else:
        _finish(services, task, document)


def _fetched(services: Services, task: Task) -> StoredDocument:
    order = task.payload
    content = services.api.download(order["media_id"], MOST).content
    taken = take_in(services, order["form_id"], _name(services, content), content)
    if taken.kind != "image":
        raise ActRefused("photo_failed")
    return taken.document


def _name(services: Services, content: bytes) -> str:
    """Photos come without a name worth keeping; the mark keeps two of one second apart."""
    now = services.clock().astimezone(services.settings.zone)
    mark = sha256(content).hexdigest()[:4]
    return phrase("photo_name", day=f"{now:%m%d}", time=f"{now:%H%M%S}", mark=mark)


def _finish(services: Services, task: Task, result: StoredDocument | str) -> None:
    """Notes the photo, or says why there is none; the same once, however often this runs."""
    order = task.payload
    with services.database.begin() as tx:
        now = services.clock()
        people.person(tx, order["userid"], lock=True)
        if not tasks.finish(tx, task.id, now):
            return
        if isinstance(result, str):
            _say(services, tx, task, result, now)
            return
        try:
            purpose = PURPOSES[order["purpose"]]
            person, form = order["userid"], order["form_id"]
            purpose(services, tx, person, form, result, order["target"], now)
        except ActRefused as refusal:
            _say(services, tx, task, phrase("photo_refused", why=refusal.words), now)


def given_up(services: Services, tx: Connection, task: Task, now: datetime) -> None:
    """The sender learns that the photo didn't arrive."""
    people.person(tx, task.payload["userid"], lock=True)  # what is asked next is kept in their talk
    _say(services, tx, task, phrase("photo_given_up"), now)


def _say(services: Services, tx: Connection, task: Task, words: str, now: datetime) -> None:
    """Says what went wrong, and asks about the photos before it that waited for this one."""
    order = task.payload
    services.postbox.post(tx, order["userid"], (Words(words),), now)
    ask_about(services, tx, order["userid"], order["form_id"], now)


WORK = Work(run, given_up, waits_for_service=True)
