"""Keeps what a message answered (填报)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import ActRefused, check_access, locked
from bot.acts.secrecy import refuse_secret, texts_of
from bot.lifecycle import By, FormState
from bot.phrases import phrase
from bot.returning import check_open
from scoring.values import Value
from storage import answers


def record_answer(
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
    form = locked(tx, form_id)
    check_access(tx, actor, By.CONTACT, form)
    if form.state != FormState.DRAFTING:
        raise ActRefused("not_drafting", state=phrase(f"state_{form.state}"))
    plain = {fact: None if value is None else value.plain() for fact, value in values.items()}
    if form.due_at and form.state == FormState.DRAFTING:
        check_open(tx, form_id, plain)
    answers.record(tx, form_id, plain, raw, actor, now, turn_id)
