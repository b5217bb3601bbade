"""What finance may still cut: points that rest on something a reader can doubt."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from reports.wording import phrases, say
from scoring.rules.base import ZERO, Points
from scoring.rules.judgement import Judgement
from scoring.sheet import ScoreSheet
from scoring.standard import Standard
from scoring.tree import Basis, Indicator
from scoring.unproved import claimed, unproved
from scoring.wanted import missing, wanted
from scoring.wording import written

_MOST_NAMES = 4


@dataclass(frozen=True)
class Doubt:
    """One reason for which points may go, in words: what it is, and where."""

    what: str
    where: str


def doubts(standard: Standard, sheet: ScoreSheet, evidence: Collection[str]) -> tuple[Doubt, ...]:
    """The doubts, gravest first: mandatory materials that are missing, the department's own
    judgement, points without any material, rules that the standard leaves open, points that are
    settled on paper. `evidence` has the ids of the items that have a file."""
    found = (
        _mandatory(standard, sheet, evidence),
        _judged(standard, sheet),
        _unsupported(standard, sheet, evidence),
        _assumed(standard, sheet),
        _offline(standard, sheet),
    )
    return tuple(doubt for doubt in found if doubt)


def _mandatory(standard: Standard, sheet: ScoreSheet, evidence: Collection[str]) -> Doubt | None:
    lacking = [w for w in missing(wanted(standard, sheet), evidence) if w.item.mandatory]
    names = [each.item.name for each in lacking]
    return _doubt("mandatory", names, count=len(names))


def _judged(standard: Standard, sheet: ScoreSheet) -> Doubt | None:
    judged = [i for i in claimed(standard, sheet) if isinstance(i.rule, Judgement)]
    names = [
        say("doubt_judged_one", code=i.code, name=i.name, points=_low(sheet, i), maximum=_max(i))
        for i in judged
    ]
    return _doubt("judged", names)


def _unsupported(standard: Standard, sheet: ScoreSheet, evidence: Collection[str]) -> Doubt | None:
    found = unproved(standard, sheet, evidence)
    return _doubt("evidence", _codes(found), count=len(found), points=_sum(sheet, found))


def _assumed(standard: Standard, sheet: ScoreSheet) -> Doubt | None:
    found = [i for i in claimed(standard, sheet) if i.basis is Basis.ASSUMED]
    return _doubt("assumed", _codes(found), count=len(found), points=_sum(sheet, found))


def _offline(standard: Standard, sheet: ScoreSheet) -> Doubt | None:
    settled_there = [i for i in standard.indicators if sheet[i.code].state is Points.OFFLINE]
    return _doubt("offline", [f"{i.code} {i.name}" for i in settled_there])


def _doubt(kind: str, names: Sequence[str], **numbers: object) -> Doubt | None:
    if not names:
        return None
    shown = str(phrases()["comma"]).join(names[:_MOST_NAMES])
    more = say("doubt_more") if len(names) > _MOST_NAMES else ""
    where = say(f"doubt_{kind}_why", names=shown + more, **numbers)
    return Doubt(say(f"doubt_{kind}"), where)


def _codes(indicators: Sequence[Indicator]) -> list[str]:
    return [f"{each.code} {each.name}" for each in indicators]


def _sum(sheet: ScoreSheet, indicators: Sequence[Indicator]) -> str:
    return written(sum((sheet[each.code].low for each in indicators), ZERO))


def _low(sheet: ScoreSheet, indicator: Indicator) -> str:
    return written(sheet[indicator.code].low)


def _max(indicator: Indicator) -> str:
    return written(indicator.max)
