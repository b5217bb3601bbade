"""带入: what a file says becomes proposals; none of it is an answer until somebody takes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import being_filled
from bot.acts.secrecy import refuse_secret, texts_of
from bot.bringing import Handed
from bot.offering import readable
from bot.phrases import phrase
from bot.stored import keep
from scoring.plain import BadValue, read_value
from scoring.questionnaire import Fact
from scoring.sameness import same
from scoring.standard import Standard
from scoring.values import Rows, Value
from storage import proposals
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
    drafting. A newer file replaces what the same source said about a fact before; where it says
    something else, that is no longer certain, and its place tells so."""
    being_filled(tx, actor, form_id)
    facts: set[str] = set()
    for each in handed:
        before = _waiting(tx, form_id, standard, each.source)
        fitting = [
            _compared(f, value, before.get(f.fact))
            for f in each.found
            if (value := check_value(standard.facts.get(f.fact), f)) is not None
        ]
        document = each.document
        if document is not None:
            keep(tx, document, now)
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


def _waiting(tx: Connection, form_id: int, standard: Standard, source: str) -> dict[str, Value]:
    """What a source said so far and nobody has settled."""
    waiting = readable(standard, proposals.open_of_form(tx, form_id))
    return {proposal.fact: value for proposal, value in waiting if proposal.source == source}


def _compared(found: Found, value: Value, before: Value | None) -> Found:
    if before is None or same(before, value):
        return found
    return replace(found, certain=False, place=phrase("bring_differs", place=found.place))


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
