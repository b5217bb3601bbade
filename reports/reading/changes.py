"""Income and expenditure with their change: the base follows from the amount and the change."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from reports.reading.found import Found, money_text
from reports.reading.paper import Paper, Passage
from reports.reading.patterns import compiled, part, pattern
from reports.reading.statements import of_other_year
from scoring.plain import read_value
from scoring.questionnaire import Fact, Kind
from scoring.values import Money, decimal_text

_AMOUNT = Fact(label="-", type=Kind.MONEY)
_HUNDRED = Decimal(100)
# A printed rate has two decimals, so it may be off by half of the last one; and the amounts that
# it was computed from may be off by 100 元, when they are printed in 万元.
_ROUNDED = Decimal("0.01")
_SLACK = Decimal("0.005")
_SLACK_YUAN = Decimal(200)


def read_changes(paper: Paper, found: Found) -> None:
    """Every amount of the list `changes`, its base and the reason that is given."""
    for change in part("changes"):
        for passage in paper.passages():
            _read(change, passage, found)


def _read(change: Mapping[str, str], passage: Passage, found: Found) -> None:
    gone = _form("gone", change).search(passage.text)
    if gone:
        # What fell by all of it was what it fell by; nothing of it is printed as such.
        found.add(change["fact"], part("nothing"), passage.place, certain=False)
        found.add(change["base"], gone["by"], passage.place, certain=False)
    for match in _form("alone", change).finditer(passage.text):
        if of_other_year(passage.text[: match.start() + 1], found):
            continue
        rest = passage.text[match.start() :]
        found.add(change["fact"], match["value"], passage.place)
        if _form("level", change).match(rest):
            found.add(change["base"], match["value"], passage.place)
        moved = _form("moved", change).match(rest)
        if moved:
            _base(change, moved, passage, found)
        if moved or _form("level", change).match(rest):
            _reason(change, rest, passage, found)


def doubt_changes(found: Found) -> None:
    """A base that follows from a doubtful amount is doubtful too."""
    for change in part("changes"):
        if not found.certain(change["fact"]):
            found.doubt(change["base"])


def _form(name: str, change: Mapping[str, str]) -> re.Pattern[str]:
    text = str(part("change", name))
    return compiled(text.replace("{label}", change["say"]).replace("{than}", change["than"]))


def _base(change: Mapping[str, str], moved: re.Match[str], passage: Passage, found: Found) -> None:
    """The base: the amount less what it rose by, or more what it fell by."""
    now, by = _money(moved["value"]), _money(moved["by"])
    rose = bool(pattern("change", "up").fullmatch(moved["way"]))
    base = now.yuan - by.yuan if rose else now.yuan + by.yuan
    label = found.label(change["fact"])
    said = {"place": passage.place, "label": label, "now": moved["value"], "by": moved["by"]}
    if base < 0:
        found.note("note_impossible_change", **said)
        found.doubt(change["fact"])
        return
    unit = now.unit if now.yuan else by.unit
    agrees = _rate_agrees(now.yuan, base, moved["rate"])
    found.add(change["base"], Money(base, unit).plain(), passage.place, certain=agrees)
    if not agrees:
        rate = _rate(now.yuan, base) if base else None
        computed = decimal_text(rate.quantize(_ROUNDED)) if rate is not None else "-"
        numbers = {"change": f"{moved['way']}{moved['by']}", "computed": computed}
        found.note("note_rate_disagrees", **{**said, **numbers, "rate": moved["rate"]})
        found.doubt(change["fact"])


def _rate_agrees(now: Decimal, base: Decimal, rate: str | None) -> bool:
    """Whether the printed rate is the computed one, as far as two decimals tell."""
    if rate is None or base == 0:
        return rate is None or Decimal(rate) == 0
    slack = _SLACK + _HUNDRED * _SLACK_YUAN / base
    return abs(_rate(now, base) - Decimal(rate)) <= slack


def _rate(now: Decimal, base: Decimal) -> Decimal:
    return abs(now - base) / base * _HUNDRED


def _reason(change: Mapping[str, str], rest: str, passage: Passage, found: Found) -> None:
    """The reason that follows the change, before the sentence on another amount of the list."""
    starts = [at.start() for other in part("changes") if (at := _opening(other).search(rest))]
    match = pattern("change", "reason").search(rest[: min(starts, default=len(rest))])
    if match:
        found.add(change["reason"], match["value"].rstrip(part("loose")), passage.place)


def _opening(change: Mapping[str, str]) -> re.Pattern[str]:
    return compiled(f"{part('change', 'opens')}(?:{change['say']})")


def _money(text: str) -> Money:
    value = read_value(_AMOUNT, money_text(text))
    assert isinstance(value, Money)  # noqa: S101 - the pattern is of amounts
    return value
