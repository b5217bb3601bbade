"""Keeps what a message answered (填报)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import being_filled, check_drafting, check_running, locked
from bot.acts.handed import check_handed, tell_done
from bot.acts.reopened import check_open
from bot.acts.secrecy import refuse_secret, texts_of
from bot.services import Services
from scoring.values import Value
from storage import answers
from storage.forms import Form

Values = Mapping[str, Value | None]


def record_answer(
    services: Services,
    tx: Connection,
    actor: str,
    form_id: int,
    values: Values,
    raw: str,
    now: datetime,
    turn_id: int | None = None,
) -> None:
    """Writes the values by fact, None taking an answer back; only while drafting. What bears a
    secrecy marking is refused, whichever way it came."""
    _refuse_secret(values, raw)
    form = being_filled(tx, actor, form_id)
    _write(services, tx, actor, form, values, raw, now, turn_id)


def record_handed(
    services: Services,
    tx: Connection,
    actor: str,
    form_id: int,
    values: Values,
    raw: str,
    now: datetime,
    turn_id: int | None = None,
    earlier: Collection[str] = (),
) -> None:
    """The same for a colleague, who answers what they have accepted (转交). Of `earlier` facts,
    which these answers made doubtful, they may take back others' too. The givers learn when
    nothing is left."""
    _refuse_secret(values, raw)
    form = locked(tx, form_id)
    own = {fact for fact, value in values.items() if value is not None or fact not in earlier}
    check_handed(services, tx, actor, form, own)
    check_running(tx, form)
    check_drafting(form.state)
    _write(services, tx, actor, form, values, raw, now, turn_id)
    tell_done(services, tx, actor, form_id, now)


def _refuse_secret(values: Values, raw: str) -> None:
    refuse_secret(raw, *(text for value in values.values() for text in texts_of(value)))


def _write(
    services: Services,
    tx: Connection,
    actor: str,
    form: Form,
    values: Values,
    raw: str,
    now: datetime,
    turn_id: int | None,
) -> None:
    plain = {fact: None if value is None else value.plain() for fact, value in values.items()}
    if form.due_at:
        check_open(services, tx, form.id, plain)
    answers.record(tx, form.id, plain, raw, actor, now, turn_id)
