"""Keeps what a message answered (填报)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import being_filled
from bot.acts.reopened import check_open
from bot.acts.secrecy import refuse_secret, texts_of
from bot.services import Services
from scoring.values import Value
from storage import answers


def record_answer(
    services: Services,
    tx: Connection,
    actor: str,
    form_id: int,
    values: Mapping[str, Value | None],
    raw: str,
    now: datetime,
    turn_id: int | None = None,
) -> None:
    """Writes the values by fact, None taking an answer back; only while drafting. What bears a
    secrecy marking is refused, whichever way it came."""
    refuse_secret(raw, *(text for value in values.values() for text in texts_of(value)))
    form = being_filled(tx, actor, form_id)
    plain = {fact: None if value is None else value.plain() for fact, value in values.items()}
    if form.due_at:
        check_open(services, tx, form_id, plain)
    answers.record(tx, form_id, plain, raw, actor, now, turn_id)
