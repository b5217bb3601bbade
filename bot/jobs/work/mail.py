"""Mails a delivered version to one address at finance: the covering summary, the documents, and
the evidence where it fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Connection

from bot.acts.base import holders, standing_of
from bot.acts.order_mail import mark_of
from bot.calendar import calendar_of
from bot.changes import with_changes
from bot.jobs.work.base import Work
from bot.lateness import lateness
from bot.lifecycle import By
from bot.mail import Attachment, Mail, MailPutOff, compose, send
from bot.phrases import listed, phrase
from bot.services import Services
from bot.shelf import read_answers
from bot.views import waiting_of
from bot.web.links import link
from dialogs.bubbles import Words
from dialogs.case import Role, Waiting
from dialogs.delivering import late_line
from dialogs.notices import finance_summary
from reports.sizes import size_in_words
from storage import deliveries, files, submissions, tasks
from storage.deliveries import Delivery
from storage.files import StoredFile
from storage.interviews import Standing
from storage.tasks import Task

MOST_TRIES = 30
"""About a day: a mail server may be down for a night."""
_LONGEST_WAIT = timedelta(hours=1)
log = structlog.get_logger(__name__)


def run(services: Services, task: Task) -> None:
    """Sends it and finishes the task. A crash between the two sends it once more under the same
    Message-ID. What has lost its meaning (a newer version is there, or something of it was
    purged) is not sent."""
    with services.database.read() as tx:
        mail = _written(services, tx, task)
    if mail:
        now = services.clock().astimezone(services.settings.zone)
        message = compose(services.settings, mail, phrase("mail_sender"), now)
        try:
            send(services.settings, message)
        except MailPutOff as failure:
            if task.attempts >= MOST_TRIES:
                raise
            return _later(services, task, failure)
    with services.database.begin() as tx:
        tasks.finish(tx, task.id, services.clock())
    return None


def _later(services: Services, task: Task, failure: MailPutOff) -> None:
    """1, 2, 4 … minutes, at most an hour."""
    doublings: int = 2 ** min(task.attempts - 1, 6)
    wait = min(timedelta(minutes=doublings), _LONGEST_WAIT)
    log.warning("mail_put_off", task=task.id, reason=str(failure))
    with services.database.begin() as tx:
        tasks.retry(tx, task.id, services.clock() + wait, str(failure))


def _written(services: Services, tx: Connection, task: Task) -> Mail | None:
    """The mail, or None where there is nothing to be sent any more."""
    form_id, version = task.payload["form_id"], task.payload["version"]
    versions = {each.version: each for each in deliveries.of_form(tx, form_id)}
    keys = [*versions[version].files, versions[version].evidence_key]
    found = [files.get(tx, key) for key in keys if key]
    if version != max(versions) or any(file is None or file.purged_at for file in found):
        return None
    standing = standing_of(tx, form_id)
    documents = [file for file in found if file]
    packed = documents.pop() if versions[version].evidence_key else None
    most = services.settings.mail_bytes
    if packed and sum(each.size for each in (*documents, packed)) <= most:
        documents, packed = [*documents, packed], None
    department, year = standing.department, standing.year
    return Mail(
        to=task.payload["to"],
        subject=phrase("mail_subject", department=department, year=year, version=version),
        words=_words(services, tx, standing, versions[version], documents, packed),
        mark=_mark(task, version),
        attachments=[
            Attachment(each.name, each.content_type, services.files.get(each.key))
            for each in documents
        ],
        follows=[_mark(task, each) for each in sorted(versions) if each < version],
    )


def _mark(task: Task, version: int) -> str:
    return f"delivery.{task.payload['form_id']}.{version}.{mark_of(task.payload['to'])}"


def _words(
    services: Services,
    tx: Connection,
    standing: Standing,
    delivery: Delivery,
    attached: Sequence[StoredFile],
    large: StoredFile | None,
) -> str:
    waiting = _as_delivered(services, tx, standing, delivery)
    calendar, zone = calendar_of(tx), services.settings.zone
    lines = finance_summary(waiting, delivery.code)
    lines.append(late_line(lateness(delivery, calendar, zone), delivery.deadline))
    lines.append(phrase("mail_attached", names=listed([each.name for each in attached])))
    if large:
        page = link(services.settings, "deliveries", standing.form_id)
        code = "mail_large_link" if page else "mail_large"
        lines.append(phrase(code, size=size_in_words(large.size), link=page))
    lines.append(phrase("mail_ask"))
    return "\n".join(line for line in lines if line) + "\n"


def _as_delivered(
    services: Services, tx: Connection, standing: Standing, delivery: Delivery
) -> Waiting:
    """The form as it was delivered, whatever has been changed since."""
    waiting = waiting_of(services, tx, standing)
    sent_in = {each.number: each for each in submissions.of_form(tx, standing.form_id)}
    submission = sent_in.get(delivery.submission or 0)
    if submission:
        given = read_answers(waiting.standard, submissions.answers_of(tx, submission))
        waiting = replace(waiting, answers=given)
    waiting = replace(waiting, form=replace(waiting.form, version=delivery.version))
    return with_changes(services, tx, waiting, Role.FINANCE)


def given_up(services: Services, tx: Connection, task: Task, now: datetime) -> None:
    """The coordinators learn which address gets nothing; WeChat Work has brought it all."""
    standing = standing_of(tx, task.payload["form_id"])
    words = phrase(
        "mail_given_up",
        department=standing.department,
        version=task.payload["version"],
        address=task.payload["to"],
    )
    for userid in holders(tx, By.COORDINATOR, standing.department_id):
        services.postbox.post(
            tx, userid, (Words(words),), now, topic="mail_given_up", about=standing.code
        )


WORK = Work(run, given_up)
