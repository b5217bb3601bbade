"""Keeps figures of the units below a department (分单位报)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import ActRefused, being_filled
from bot.acts.reopened import check_open
from bot.acts.secrecy import refuse_secret
from bot.services import Services
from scoring.values import Value
from storage import units


def record_units(
    services: Services,
    tx: Connection,
    actor: str,
    form_id: int,
    figures: Mapping[int, Mapping[str, Value]],
    raw: str,
    now: datetime,
) -> None:
    """Writes the figures by unit and fact; only while drafting, only for the department's own
    units. Their sum, once all have given theirs, is an answer like any other (`record_answer`)."""
    refuse_secret(raw)
    form = being_filled(tx, actor, form_id)
    own = {unit.id for unit in units.of_department(tx, form.department_id)}
    if not set(figures) <= own:
        raise ActRefused("no_such_unit")
    if form.due_at:
        asked = {fact for values in figures.values() for fact in values}
        # No unit's figure is what the answer says, so each of these facts would change.
        check_open(services, tx, form_id, dict.fromkeys(asked, object()))
    for unit_id, values in figures.items():
        plain = {fact: value.plain() for fact, value in values.items()}
        units.record(tx, form_id, unit_id, plain, raw, actor, now)
