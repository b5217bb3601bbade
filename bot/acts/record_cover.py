"""Changes what stands on the cover alone (电话、填报人、日期), also after the form was sent in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import ActRefused, check_access, check_running, locked, standard_of
from bot.acts.secrecy import refuse_secret, texts_of
from bot.lifecycle import By, FormState
from bot.phrases import phrase
from bot.services import Services
from scoring.values import Value
from storage import answers


def record_cover(
    services: Services,
    tx: Connection,
    actor: str,
    form_id: int,
    values: Mapping[str, Value],
    raw: str,
    now: datetime,
    turn_id: int | None = None,
) -> None:
    """Writes values of facts that the standard marks `cover`; approvals stay, and documents that
    were delivered are not made anew. Refused for any other fact, and once finance has accepted."""
    refuse_secret(raw, *(text for value in values.values() for text in texts_of(value)))
    form = locked(tx, form_id)
    check_access(tx, actor, By.CONTACT, form)
    check_running(tx, form)
    standard = standard_of(services, tx, form_id)
    on_cover = all(standard.facts[fact].cover for fact in values)
    if not on_cover or form.state == FormState.ACCEPTED:
        raise ActRefused("not_drafting", state=phrase(f"state_{form.state}"))
    plain = {fact: value.plain() for fact, value in values.items()}
    answers.record(tx, form_id, plain, raw, actor, now, turn_id)
