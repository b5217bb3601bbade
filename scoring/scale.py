"""A sense of scale: figures that are far from what they should resemble, with the likely slip.

Compared are the figure of last year, the other amounts of the same question, the sum that a check
demands, and the other rows of a table. Nothing here is a rule of a standard: it is what a careful
colleague would notice (元 and 万元 mixed up, a digit too many).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from scoring.checks.base import View
from scoring.checks.outlier import SLIP, Outlier
from scoring.checks.total import Total, tolerance
from scoring.standard import Standard
from scoring.values import Cell, Count, Money, Percent, Rows, Text, Value

_FAR_FROM_LAST_YEAR = Decimal(20)
_FAR_FROM_SIBLING = Decimal(1000)
_NEAR = Decimal(10)
_DIGITS = (Decimal(10), Decimal(100), Decimal(1000))
_DIGIT_NEAR = Decimal(2)
_WORTH_ASKING = Decimal(10_000)  # 元: smaller amounts may well vary
_HUGE = Decimal(10**9)  # 元: more than a department of a district spends on one thing
_MANY = 50  # counts below may well vary


@dataclass(frozen=True)
class Slip:
    """A figure that is likely mistyped.

    `likely` is what may be meant, None where nothing suggests itself; `reason` is last_year,
    sibling, total, rows or fraction; `other` is what it was compared with and `place` whose figure
    that is: a fact, or the name of the row.
    """

    fact: str
    value: Value
    likely: Value | None
    reason: str
    place: str = ""
    other: Value | None = None


def slips(
    standard: Standard,
    answers: Mapping[str, Value],
    values: Mapping[str, Value],
    last_year: Mapping[str, Value],
) -> Iterator[Slip]:
    """What of the new `values`, beside the other `answers`, looks mistyped."""
    after = {**answers, **values}
    for fact, value in values.items():
        found: Slip | None = None
        match value:
            case Money() if value.yuan > 0:
                found = _amount(standard, after, fact, value, last_year.get(fact))
            case Count():
                found = _count(fact, value, last_year.get(fact))
            case Percent() if 0 < value.value < 1:
                found = Slip(fact, value, Percent(value.value * 100), "fraction")
            case Rows():
                yield from _rows(standard, answers, after, fact)
        if found:
            yield found


def mended(values: Mapping[str, Value], found: tuple[Slip, ...]) -> dict[str, Value]:
    """The values with every likely figure in place."""
    changed = dict(values)
    for slip in found:
        rows = changed[slip.fact]
        if isinstance(rows, Rows) and isinstance(slip.likely, Money):
            changed[slip.fact] = _with_cell(rows, slip, slip.likely)
        elif slip.likely is not None:
            changed[slip.fact] = slip.likely
    return changed


def _amount(
    standard: Standard,
    after: Mapping[str, Value],
    fact: str,
    value: Money,
    last_year: Value | None,
) -> Slip | None:
    """The first reference that the amount is far from; one that it agrees with settles it."""
    if isinstance(last_year, Money) and last_year.yuan > 0:
        return _against_last_year(fact, value, last_year)
    found = _against_total(standard, after, fact, value)
    if found:
        return found
    siblings = [
        (name, other)
        for name in standard.question_of[fact].facts
        if name != fact and isinstance(other := after.get(name), Money) and other.yuan > 0
    ]
    if not siblings or any(not _far(value, o, _FAR_FROM_SIBLING) for _, o in siblings):
        return None
    name, other = siblings[0]
    if other.yuan < value.yuan < _HUGE:
        # Of two the small one is mistyped, as a rule: it is asked about, not this one.
        return None
    likely = _unit_slip(value, other)
    return Slip(fact, value, likely, "sibling", name, other) if likely else None


def _against_last_year(fact: str, value: Money, before: Money) -> Slip | None:
    if not _far(value, before, _FAR_FROM_LAST_YEAR):
        return None
    likely = _unit_slip(value, before) or _digit_slip(value, before)
    return Slip(fact, value, likely, "last_year", fact, before)


def _against_total(
    standard: Standard, after: Mapping[str, Value], fact: str, value: Money
) -> Slip | None:
    """An amount by which a sum would hold if it were in the other unit."""
    for check in standard.checks:
        if not isinstance(check, Total) or fact not in (check.total, *check.parts):
            continue
        known = {name: after.get(name) for name in (check.total, *check.parts)}
        amounts = {n: each.yuan for n, each in known.items() if isinstance(each, Money)}
        if len(amounts) < len(known):
            continue
        rounded = tolerance(each for each in known.values() if each is not None)
        for likely in (_times(value, Decimal(SLIP)), _times(value, 1 / Decimal(SLIP))):
            changed = {**amounts, fact: likely.yuan}
            difference = changed[check.total] - sum(changed[part] for part in check.parts)
            if abs(difference) <= max(rounded, Decimal(100)):
                other = check.total if fact != check.total else check.parts[0]
                return Slip(fact, value, likely, "total", other, known[other])
    return None


def _far(value: Money, other: Money, factor: Decimal) -> bool:
    small, large = sorted((value.yuan, other.yuan))
    return large >= _WORTH_ASKING and small * factor <= large


def _unit_slip(value: Money, other: Money) -> Money | None:
    """The amount with 元 and 万元 changed for each other, if that brings it near."""
    for likely in (_times(value, Decimal(SLIP)), _times(value, 1 / Decimal(SLIP))):
        small, large = sorted((likely.yuan, other.yuan))
        if large <= small * _NEAR:
            return likely
    return None


def _digit_slip(value: Money, other: Money) -> Money | None:
    """The amount with its point moved, if that brings it close."""
    for factor in _DIGITS:
        likely = _times(value, 1 / factor if value.yuan > other.yuan else factor)
        small, large = sorted((likely.yuan, other.yuan))
        if large <= small * _DIGIT_NEAR:
            return Money(likely.yuan, value.unit)
    return None


def _times(value: Money, factor: Decimal) -> Money:
    """Another amount, in the unit in which people would then write it."""
    yuan = value.yuan * factor
    return Money(yuan, "wan" if yuan >= SLIP else "yuan")


def _count(fact: str, value: Count, before: Value | None) -> Slip | None:
    if not isinstance(before, Count):
        return None
    small, large = sorted((value.value, before.value))
    if small == 0 or large < _MANY or small * _FAR_FROM_LAST_YEAR > large:
        return None
    return Slip(fact, value, None, "last_year", fact, before)


def _rows(
    standard: Standard, before: Mapping[str, Value], after: Mapping[str, Value], fact: str
) -> Iterator[Slip]:
    """Amounts of a table far from the other rows, which were not so before."""
    for check in standard.checks:
        if isinstance(check, Outlier) and check.rows == fact:
            known = {finding.key for finding in check.find(_view(standard, before))}
            for finding in check.find(_view(standard, after)):
                numbers = finding.numbers
                if finding.key not in known and isinstance(name := numbers["name"], Text):
                    amount, likely = numbers["amount"], numbers["likely"]
                    yield Slip(fact, amount, likely, "rows", name.value, numbers["middle"])


def _view(standard: Standard, answers: Mapping[str, Value]) -> View:
    return View(standard, answers)


def _with_cell(rows: Rows, slip: Slip, likely: Money) -> Rows:
    """The rows with the likely amount in the row that the slip names."""
    changed: list[Mapping[str, Cell]] = []
    for row in rows.value:
        is_meant = Text(slip.place) in row.values()
        changed.append({c: likely if is_meant and v == slip.value else v for c, v in row.items()})
    return Rows(tuple(changed))
