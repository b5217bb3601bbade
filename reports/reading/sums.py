"""Whether the figures that were read fit one another, by the standard's own checks."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from reports.reading.found import Found
from reports.reading.patterns import part
from scoring.checks.base import figure
from scoring.checks.carryover import Carryover
from scoring.checks.total import Total, tolerance, unit_of
from scoring.values import Money, Value


def check_sums(found: Found) -> None:
    """Totals that aren't the sum of their parts, and money carried over that doesn't follow.

    They are noted with their places, and none of the figures counts as certain.
    """
    for check in found.standard.checks:
        match check:
            case Total():
                _total(check, found)
            case Carryover():
                _carryover(check, found)


def _read(found: Found, *facts: str) -> Mapping[str, Value]:
    read = {fact: found.value(fact) for fact in facts}
    return {fact: value for fact, value in read.items() if value is not None}


def _total(check: Total, found: Found) -> None:
    read = _read(found, check.total, *check.parts)
    parts = [read[fact] for fact in check.parts if fact in read]
    if check.total not in read or not parts:
        return
    summed = sum((figure(value) or Decimal(0) for value in parts), Decimal(0))
    total = read[check.total]
    left = (figure(total) or Decimal(0)) - summed
    # What was not read may make up what is left, but not what is too much.
    open_ones = len(parts) < len(check.parts)
    if abs(left) <= tolerance(parts) or (open_ones and left > 0):
        return
    places = dict.fromkeys(found.place(fact) for fact in check.parts if fact in read)
    found.note(
        "note_no_sum",
        label=found.label(check.total),
        total=total.plain(),
        total_place=found.place(check.total),
        sum=Money(summed, unit_of(total)).plain(),
        part_places=part("names_split").join(places),
    )
    found.doubt(check.total, *check.parts)


def _carryover(check: Carryover, found: Found) -> None:
    facts = (check.opening, check.income, check.expenditure, check.closing)
    read = _read(found, *facts)
    if len(read) < len(facts):
        return
    opening, income, spent, closing = (figure(read[fact]) or Decimal(0) for fact in facts)
    expected = opening + income - spent
    if abs(closing - expected) <= tolerance(read[fact] for fact in facts[:3]):
        return
    unit = unit_of(read[check.closing])
    found.note(
        "note_no_carryover",
        expected=Money(expected, unit).plain(),
        closing=read[check.closing].plain(),
        place=found.place(check.closing),
    )
    found.doubt(*facts)
