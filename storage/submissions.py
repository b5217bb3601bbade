"""The forms as they were sent in: which answers counted, under which code."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select

from storage.models import AnswerEvent, table
from storage.models import Submission as SubmissionModel
from storage.rows import columns


@dataclass(frozen=True, slots=True)
class Submission:
    """`number` counts from 1; the answers that counted are those up to `last_event_id`."""

    form_id: int
    number: int
    code: str
    by: str
    at: datetime
    last_event_id: int


_submissions = table(SubmissionModel)
_events = table(AnswerEvent)
_s, _e = _submissions.c, _events.c

_ADD = insert(_submissions)
_OF_FORM = (
    select(*columns(_submissions, Submission))
    .where(_s.form_id == bindparam("form"))
    .order_by(_s.number)
)
_LATEST = _OF_FORM.order_by(None).order_by(_s.number.desc()).limit(1)
_LAST_EVENT = select(func.coalesce(func.max(_e.id), 0)).where(_e.form_id == bindparam("form"))
_last_of_fact = (
    select(func.max(_e.id).label("id"))
    .where(_e.form_id == bindparam("form"), _e.id <= bindparam("until"))
    .group_by(_e.fact)
    .subquery()
)
_ANSWERS = select(_e.fact, _e.value).join(_last_of_fact, _last_of_fact.c.id == _e.id)


def add(tx: Connection, form_id: int, code: str, by: str, now: datetime) -> Submission:
    """Keeps the present answers as the next submission. Hold the form's lock."""
    before = latest(tx, form_id)
    number = before.number + 1 if before else 1
    last_event = int(tx.execute(_LAST_EVENT, {"form": form_id}).scalar_one())
    made = Submission(form_id, number, code, by, now, last_event)
    values = {"form_id": form_id, "number": number, "code": code, "by": by, "at": now}
    tx.execute(_ADD, values | {"last_event_id": last_event})
    return made


def latest(tx: Connection, form_id: int) -> Submission | None:
    """Gives what was sent in last; None for a form that never was."""
    row = tx.execute(_LATEST, {"form": form_id}).first()
    return Submission(*row) if row else None


def of_form(tx: Connection, form_id: int) -> list[Submission]:
    """Gives a form's submissions, oldest first."""
    return [Submission(*row) for row in tx.execute(_OF_FORM, {"form": form_id})]


def answers_of(tx: Connection, submission: Submission) -> dict[str, Any]:
    """Gives the answers that counted when the form was sent in: fact → plain value."""
    where = {"form": submission.form_id, "until": submission.last_event_id}
    return {fact: value for fact, value in tx.execute(_ANSWERS, where) if value is not None}
