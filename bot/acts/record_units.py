"""Keeps figures of the units below a department (分单位报)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import ActRefused, check_access, locked
from bot.lifecycle import By, FormState
from bot.phrases import phrase
from scoring.values import Value
from storage import units


def record_units(
    tx: Connection,
    actor: str,
    form_id: int,
    figures: Mapping[int, Mapping[str, Value]],
    raw: str,
    now: datetime,
) -> None:
    """Writes the figures by unit and fact; only while drafting, only for the department's own
    units. Their sum, once all have given theirs, is an answer like any other (`record_answer`)."""
    form = locked(tx, form_id)
    check_access(tx, actor, By.CONTACT, form)
    if form.state != FormState.DRAFTING:
        raise ActRefused("not_drafting", state=phrase(f"state_{form.state}"))
    own = {unit.id for unit in units.of_department(tx, form.department_id)}
    if not set(figures) <= own:
        raise ActRefused("no_such_unit")
    for unit_id, values in figures.items():
        plain = {fact: value.plain() for fact, value in values.items()}
        units.record(tx, form_id, unit_id, plain, raw, actor, now)
