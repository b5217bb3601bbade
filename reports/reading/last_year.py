"""What a document of the year before says about this year's form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from reports.reading.claims import Brought, Claim
from reports.reading.patterns import part
from scoring.checks.base import figure
from scoring.checks.carryover import Carryover
from scoring.questionnaire import Kind
from scoring.standard import Standard
from scoring.values import Rows, YesNo

_SUFFIX = "_last_year"


def as_last_year(brought: Brought, standard: Standard) -> Brought:
    """What a report or workbook of the year before says about this year's form.

    - What the standard has as `x` and `x_last_year`: the document's x is this year's x_last_year.
    - What a 结转结余 check calls closing is what this year opens with.
    - What stands from year to year (有没有, the overview, the lists of `standing` in
      patterns.yaml) comes over as it is. A 有没有 that looks back a year (今年或上年有…) comes over
      only as yes, and only when the figures of the document's own year say so.
    - Of other tables only the names come over, never as certain: suggestions for this year's.
    - Everything else was of that year alone, and stays behind.

    All claims are marked `last_year`; the notes stay.
    """
    moved = moves(standard)
    known = [one for one in brought.claims if one.fact in standard.facts]
    claims = [claim for one in known for claim in _moved(one, moved, standard)]
    claims += _looking_back(claims, standard)
    order = list(standard.facts)
    claims.sort(key=lambda claim: order.index(claim.fact))
    return replace(brought, claims=tuple(replace(claim, last_year=True) for claim in claims))


def moves(standard: Standard) -> Mapping[str, str]:
    """Which fact of this year's form a fact of last year's fills."""
    facts = standard.facts
    found = {name: name + _SUFFIX for name in facts if name + _SUFFIX in facts}
    found |= {c.closing: c.opening for c in standard.checks if isinstance(c, Carryover)}
    return found


def _moved(claim: Claim, moved: Mapping[str, str], standard: Standard) -> Iterator[Claim]:
    fact = claim.fact
    if fact in moved:
        yield replace(claim, fact=moved[fact])
    elif _stands(fact, standard):
        if not _looks_back(fact):
            yield claim
    elif standard.facts[fact].type is Kind.ROWS and isinstance(claim.value, Rows):
        first = next(iter(standard.facts[fact].columns))
        names = tuple({first: row[first]} for row in claim.value.value if first in row)
        if names:
            yield replace(claim, value=Rows(names), certain=False)


def _stands(fact: str, standard: Standard) -> bool:
    question = standard.question_of.get(fact)
    section = question.section if question else ""
    return section in part("standing", "sections") or fact in part("standing", "facts")


def _looks_back(fact: str) -> bool:
    """Whether a 有没有 asks for this year or the one before."""
    figures = part("gates").get(fact, {}).get("figures", ())
    return any(name.endswith(_SUFFIX) for name in figures)


def _looking_back(claims: list[Claim], standard: Standard) -> Iterator[Claim]:
    """Yes to what asks for this year or last year, where last year's figure is not zero."""
    values = {claim.fact: claim for claim in claims}
    for gate in filter(_looks_back, part("gates")):
        for fact in part("gates", gate, "figures"):
            claim = values.get(fact)
            if gate in standard.facts and claim and fact.endswith(_SUFFIX) and figure(claim.value):
                yield Claim(gate, YesNo(True), claim.place, claim.certain)
                break
