"""Makes the documents of an approved form and hands them to finance."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import holders, locked, standing_of
from bot.acts.deliver import deliver
from bot.bundling import Bundle, make_bundle, pieces_of
from bot.documents import Edition
from bot.jobs.work.base import Work, waiting
from bot.lifecycle import By, FormState
from bot.phrases import phrase
from bot.services import Services
from bot.stored import store
from dialogs.bubbles import Words
from dialogs.case import Waiting
from reports.codes import version_code
from reports.given import Given
from storage import answers, files, submissions, tasks
from storage.submissions import Submission
from storage.tasks import Task


class Overtaken(Exception):
    """The form has changed while its documents were made (something was purged, or it came back
    and was approved anew): they are made once more."""


def run(services: Services, task: Task) -> None:
    """Documents first, outside any transaction; then ledger, state and messages in one. After a
    crash the documents are made again and found to be there already."""
    form_id, version = task.payload["form_id"], task.payload["version"]
    form = waiting(services, form_id)
    with services.database.read() as tx:
        submission, edition = _edition(services, tx, form_id, version)
        pieces = pieces_of(services, tx, form_id)
    stored, bundle = [], None
    if form.form.state == FormState.APPROVED:
        made = services.build(form.form, form.standard, form.answers, edition)
        stored = store(services.files, made)
        made_at = submission.at if submission else services.clock()
        bundle = make_bundle(services, form, version, pieces, made_at)
    try:
        with services.database.begin() as tx:
            now = services.clock()
            locked(tx, form_id)
            if stored and not _same(services, tx, form, submission, edition):
                raise Overtaken
            if tasks.finish(tx, task.id, now) and stored:
                deliver(
                    *(services, tx, form_id, version, stored, now),
                    code=edition.code,
                    submission=submission.number if submission else None,
                    bundle=bundle,
                )
    except Overtaken:
        _forget(services, bundle)
        raise
    _forget(services, bundle)


def _forget(services: Services, bundle: Bundle | None) -> None:
    """A zip that was not delivered goes: what is purged later must not stay behind in it."""
    if bundle:
        key = bundle.document.key
        with services.database.read() as tx:
            kept = files.standing(tx, key)
        services.files.erase(key, but=kept)


def _same(
    services: Services,
    tx: Connection,
    form: Waiting,
    submission: Submission | None,
    edition: Edition,
) -> bool:
    """Whether the documents would be made of the same things now."""
    given = services.shelf.answers(tx, form.form.id, form.standard)
    made_of = submission, edition
    return given == form.answers and made_of == _edition(
        services, tx, form.form.id, edition.version
    )


def _edition(
    services: Services, tx: Connection, form_id: int, version: int
) -> tuple[Submission | None, Edition]:
    """The submission that was approved, and what its final is made with: it bears the same code."""
    standing = standing_of(tx, form_id)
    submission = submissions.latest(tx, form_id)
    if submission:
        code = submission.code
    else:
        code = version_code(form_id, standing.standard_hash, answers.present(tx, form_id))
    return submission, Edition(version, code, _given(services, tx, form_id))


def _given(services: Services, tx: Connection, form_id: int) -> tuple[Given, ...]:
    return tuple(piece.given for piece in pieces_of(services, tx, form_id))


def given_up(services: Services, tx: Connection, task: Task, now: datetime) -> None:
    """The coordinators learn that a report is stuck."""
    standing = standing_of(tx, task.payload["form_id"])
    words = phrase("delivery_given_up", department=standing.department)
    for userid in holders(tx, By.COORDINATOR, standing.department_id):
        services.postbox.post(tx, userid, (Words(words),), now)


WORK = Work(run, given_up)
