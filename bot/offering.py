"""What waits to be taken over on a form, as the conversation and the pages see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from bot.lazy import Lazy
from bot.shelf import read_answers
from dialogs.case import Offer
from dialogs.offers import EARLIER
from reports.reading.claims import Brought, Claim
from reports.reading.last_year import as_last_year
from scoring.plain import BadValue, read_value
from scoring.sameness import same
from scoring.standard import Standard
from scoring.values import Value
from storage import last_year, proposals
from storage.interviews import Standing
from storage.proposals import Proposal

SOURCES = (EARLIER, "units", "office", "accounts", "report", "last_year")
"""Where two files say different things about a fact, the first of these counts; what the contact
had answered themselves counts more than any file."""


def offers_of(tx: Connection, standing: Standing, standard: Standard) -> Mapping[str, Offer]:
    """What is offered for each fact; uncertain where two sources differ."""
    if not standing.offered:
        return {}
    return best(readable(standard, proposals.open_of_form(tx, standing.form_id)))


def readable(standard: Standard, found: Sequence[Proposal]) -> list[tuple[Proposal, Value]]:
    """The proposals that this standard can read, with their values."""
    pairs = []
    for proposal in found:
        fact = standard.facts.get(proposal.fact)
        try:
            value = read_value(fact, proposal.value) if fact else None
        except BadValue:
            continue
        if value is not None:
            pairs.append((proposal, value))
    return pairs


def best(found: Sequence[tuple[Proposal, Value]]) -> dict[str, Offer]:
    """One offer for each fact, of the source that counts most."""
    offers: dict[str, Offer] = {}
    ranked = sorted(found, key=lambda pair: SOURCES.index(pair[0].source))
    for proposal, value in ranked:
        first = offers.get(proposal.fact)
        if first is None:
            made = Offer(value, proposal.source, proposal.place, proposal.certain)
            offers[proposal.fact] = made
        elif first.source != EARLIER and not same(first.value, value):
            offers[proposal.fact] = replace(first, certain=False)
    return offers


def last_year_of(tx: Connection, form_id: int, standard: Standard) -> Mapping[str, Value]:
    """What the department answered a year ago in this house; looked up when first needed."""

    def load() -> Mapping[str, Value]:
        before = last_year.of_form(tx, form_id)
        return _readable_answers(standard, before.answers) if before else {}

    return Lazy(load)


def _readable_answers(standard: Standard, plain: Mapping[str, object]) -> dict[str, Value]:
    """Answers under last year's standard, as far as this year's can read them."""
    found: dict[str, Value] = {}
    for name, given in plain.items():
        try:
            found |= read_answers(standard, {name: given})
        except BadValue:
            continue
    return found


def shifted(standard: Standard, answers: Mapping[str, Value], year: int) -> Mapping[str, Value]:
    """Last year's answers as they stand in this year's form: its figures become 上年 figures,
    standing texts stay, and what is true of one year only is left out."""
    made = tuple(Claim(name, value, "") for name, value in answers.items())
    moved = as_last_year(Brought(made, year=year), standard)
    return {claim.fact: claim.value for claim in moved.claims}
