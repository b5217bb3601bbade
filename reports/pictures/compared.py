"""This year's figures beside last year's, for those that were known a year ago."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from reports.wording import say
from scoring.rules.base import ZERO
from scoring.standard import Standard
from scoring.values import Count, Money, Value
from scoring.wording import written

_MOST = 6
_OWN = "_last_year"
_WAN = Decimal(10000)
_CENT = Decimal("0.01")
_HUNDRED = Decimal(100)
_TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Compared:
    """A figure in both years as written, and how it changed in words; `grew` is None where it
    did not."""

    label: str
    now: str
    before: str
    change: str
    grew: bool | None


def compared(
    standard: Standard, answers: Mapping[str, Value], last_year: Mapping[str, Value]
) -> tuple[Compared, ...]:
    """The amounts and counts known for both years, the largest amounts first."""
    values = standard.effective(answers)
    # Some figures of last year are asked beside this year's, in facts of their own.
    asked = {n.removesuffix(_OWN): v for n, v in values.items() if n.endswith(_OWN)}
    before = {**asked, **{n: v for n, v in last_year.items() if not n.endswith(_OWN)}}
    pairs = [
        (name, values[name], before[name])
        for name in standard.facts
        if name in values and name in before and _comparable(values[name], before[name])
    ]
    pairs.sort(key=lambda pair: -max(_weight(pair[1]), _weight(pair[2])))
    return tuple(_row(standard.facts[name].label, now, then) for name, now, then in pairs[:_MOST])


def _comparable(now: Value, then: Value) -> bool:
    """Whether two figures can be compared at all, and there is anything to compare."""
    if not isinstance(now, Money | Count) or type(now) is not type(then):
        return False
    return bool(_figure(now) or _figure(then))


def _figure(value: Value) -> Decimal:
    match value:
        case Money(yuan=yuan):
            return yuan
        case Count(value=count):
            return Decimal(count)
    raise TypeError(value)


def _weight(value: Value) -> Decimal:
    """Amounts come before counts."""
    return _figure(value) + (Decimal(1) if isinstance(value, Money) else ZERO)


def _row(label: str, now: Value, then: Value) -> Compared:
    difference = _figure(now) - _figure(then)
    grew = None if not difference else difference > 0
    return Compared(label, _shown(now), _shown(then), _change(difference, then), grew)


def _shown(value: Value) -> str:
    """Amounts all in 万元, so that they can be compared at a glance."""
    if not isinstance(value, Money):
        return written(value)
    return say("picture_wan", amount=written((value.yuan / _WAN).quantize(_CENT, ROUND_HALF_UP)))


def _change(difference: Decimal, then: Value) -> str:
    if not difference:
        return say("picture_same")
    if not _figure(then):
        return say("picture_new")
    percent = (abs(difference) / _figure(then) * _HUNDRED).quantize(_TENTH)
    return say("picture_up" if difference > 0 else "picture_down", percent=written(percent))
