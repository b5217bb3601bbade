"""带入: what a file says becomes proposals; none of it is an answer until somebody takes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import ActRefused, check_access, locked
from bot.acts.secrecy import refuse_secret, texts_of
from bot.bringing import Handed
from bot.lifecycle import By, FormState
from bot.phrases import phrase
from scoring.plain import BadValue, read_value
from scoring.questionnaire import Fact
from scoring.standard import Standard
from scoring.values import Rows, Value
from storage import files, proposals
from storage.proposals import Found


def bring(
    tx: Connection,
    actor: str,
    form_id: int,
    standard: Standard,
    handed: Sequence[Handed],
    now: datetime,
) -> int:
    """Writes down what was read, each fact with its place; gives how many facts. Only while
    drafting. A newer file replaces what the same source said about a fact before."""
    form = locked(tx, form_id)
    check_access(tx, actor, By.CONTACT, form)
    if form.state != FormState.DRAFTING:
        raise ActRefused("not_drafting", state=phrase(f"state_{form.state}"))
    facts: set[str] = set()
    for each in handed:
        fitting = [f for f in each.found if check_value(standard.facts.get(f.fact), f) is not None]
        document = each.document
        if document is not None:
            files.keep(tx, document.key, document.name, document.size, document.content_type, now)
        key = document.key if document else None
        proposals.bring(tx, form_id, each.source, fitting, actor, now, key)
        facts |= {f.fact for f in fitting}
    return len(facts)


def bring_last_year(
    tx: Connection,
    actor: str,
    form_id: int,
    standard: Standard,
    values: Mapping[str, Value],
    now: datetime,
) -> int:
    """Proposes what the department answered a year ago in this house, already turned to this
    year's form; gives how many facts."""
    place = phrase("bring_last_year_place")
    found = tuple(Found(name, value.plain(), place) for name, value in values.items())
    handed = Handed(place, "last_year", found)
    return bring(tx, actor, form_id, standard, [handed], now)


def check_value(fact: Fact | None, found: Found) -> Value | None:
    """The value as it would be stored, or None where the fact does not take it. Raises
    ActRefused for a secrecy marking."""
    if fact is None:
        return None
    try:
        value = read_value(fact, found.value)
    except BadValue:
        return None
    refuse_secret(*texts_of(value))
    if isinstance(value, Rows) and len(value.value) < fact.min_rows:
        return None
    return value
