"""Writes an opinion (复核意见) and sends it to the department and to who issued it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from importlib import import_module
from typing import Any

from sqlalchemy import Connection

from bot.acts.base import holders, name_of, standing_of
from bot.documents import DOCX, Document, fit_name
from bot.jobs.work.base import Work
from bot.lifecycle import By
from bot.phrases import phrase
from bot.reviewing import receivers
from bot.services import Services
from bot.shelf import read_answers
from bot.stored import StoredDocument, keep, store
from bot.views import view_of
from bot.web.links import link
from dialogs import review_notices
from dialogs.bubbles import Words
from reports.opinion_words import Objection, Reviewed, Told
from scoring.engine import score
from scoring.reviewing import Change, changes
from scoring.standard import Standard
from scoring.values import Value
from storage import answers, reviewing, submissions, tasks
from storage.interviews import Standing
from storage.reviewing import Opinion
from storage.tasks import Task


@dataclass(frozen=True)
class _Look:
    """All that the document says, read in one transaction."""

    standing: Standing
    opinion: Opinion
    standard: Standard
    answers: Mapping[str, Value]
    name: str


def run(services: Services, task: Task) -> None:
    """The document first, outside any transaction, from what the task says: points that finance
    changes meanwhile belong to the next opinion. Then its file and all messages in one."""
    with services.database.read() as tx:
        look = _look(services, tx, task.payload)
    document = write(services, look, task.payload)
    (stored,) = store(services.files, [document])
    with services.database.begin() as tx:
        now = services.clock()
        if tasks.finish(tx, task.id, now):
            keep(tx, stored, now)
            reviewing.set_file(tx, look.opinion.id, stored.key)
            _send(services, tx, look, task.payload, stored, now)


def write(services: Services, look: _Look, payload: Mapping[str, Any]) -> Document:
    """The document of an opinion. Slow: never to be called inside a reply."""
    zone, opinion = services.settings.zone, look.opinion
    told = Told(
        department=look.standing.department,
        number=opinion.number,
        final=opinion.final,
        version=opinion.version,
        on=opinion.at.astimezone(zone).date(),
        until=opinion.appeal_until.astimezone(zone).date() if opinion.appeal_until else None,
        points={c: Reviewed(Decimal(p), why) for c, (p, why) in payload["points"].items()},
        objections=tuple(Objection(*each) for each in payload["objections"]),
    )
    # Only the worker needs python-docx, so a web process doesn't load it.
    make = import_module("reports.opinion").build_opinion
    content = make(look.standard, look.answers, told)
    code = "opinion_file_name_final" if opinion.final else "opinion_file_name"
    numbers = {"department": look.standing.department, "year": look.standing.year}
    name = fit_name(phrase(code, **numbers, number=opinion.number))
    return Document(name, content, DOCX)


def _look(services: Services, tx: Connection, payload: Mapping[str, Any]) -> _Look:
    form_id = payload["form_id"]
    standing = standing_of(tx, form_id)
    found = [o for o in reviewing.opinions(tx, form_id) if o.id == payload["opinion"]]
    sent = [s for s in submissions.of_form(tx, form_id) if s.number == payload["submission"]]
    plain = submissions.answers_of(tx, sent[0]) if sent else answers.present(tx, form_id)
    standard = services.shelf.standard(tx, standing.standard_hash)
    given = read_answers(standard, plain)
    return _Look(standing, found[0], standard, given, name_of(tx, payload["actor"]))


def _changes(look: _Look, payload: Mapping[str, Any]) -> tuple[Change, ...]:
    points = {code: Decimal(value) for code, (value, _) in payload["points"].items()}
    return changes(look.standard, score(look.standard, look.answers), points)


def _send(
    services: Services,
    tx: Connection,
    look: _Look,
    payload: Mapping[str, Any],
    stored: StoredDocument,
    now: datetime,
) -> None:
    form, opinion = view_of(look.standing), look.opinion
    numbers = (opinion.number, opinion.total, opinion.grade)
    words = review_notices.opinion_said(form, *numbers, _changes(look, payload), opinion.final)
    contacts = holders(tx, By.CONTACT, look.standing.department_id)
    about, post = look.standing.code, services.postbox
    for userid in dict.fromkeys([*receivers(tx, look.standing), payload["actor"]]):
        post.post(tx, userid, (words,), now, form.id, topic="opinion", about=about)
        once = f"opinion:{opinion.id}:{userid}"
        post.put_file(tx, userid, stored.key, now, once, topic="opinion", about=about)
        if userid in contacts and opinion.appeal_until:
            page = link(services.settings, "appeal", form.id, userid)
            card = review_notices.opinion_card(form, opinion.number, opinion.appeal_until, page)
            post.post(tx, userid, (card,), now, form.id, topic="opinion", about=about)


def given_up(services: Services, tx: Connection, task: Task, now: datetime) -> None:
    """Who issued it and the coordinators learn that the department has not got it."""
    standing = standing_of(tx, task.payload["form_id"])
    words = Words(phrase("opinion_given_up", department=standing.department))
    told = [task.payload["actor"], *holders(tx, By.COORDINATOR, standing.department_id)]
    for userid in dict.fromkeys(told):
        services.postbox.post(tx, userid, (words,), now, topic="opinion", about=standing.code)


WORK = Work(run, given_up)
