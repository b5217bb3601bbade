"""The results of a form as data, for the message that goes with its documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from reports.lines import Line, write_script
from reports.shown import without_marks
from scoring.progress import gaps
from scoring.rules.base import Points
from scoring.sheet import NodeScore, ScoreSheet
from scoring.standard import Standard
from scoring.values import Text, Value


@dataclass(frozen=True)
class Standing:
    """Points of one group or of the whole: certain so far, within reach, and the maximum."""

    code: str
    name: str
    low: Decimal
    high: Decimal
    maximum: Decimal
    state: Points


@dataclass(frozen=True)
class LostPoints:
    """An indicator that lost points: how many, why by the sheet, and the cause that was given."""

    code: str
    name: str
    points: Decimal
    reasons: tuple[str, ...]
    cause: str


@dataclass(frozen=True)
class Summary:
    """What reviewer and finance want to know before they open the documents.

    `open_count` counts the gaps, `open` and `offline` name the indicators that wait for an
    answer or are settled on paper, `not_applicable` those that do not apply.
    """

    department: str
    year: int
    total: Standing
    groups: tuple[Standing, ...]
    lost: tuple[LostPoints, ...]
    open_count: int
    open: tuple[str, ...]
    offline: tuple[str, ...]
    not_applicable: tuple[str, ...]


def summary(standard: Standard, answers: Mapping[str, Value], sheet: ScoreSheet) -> Summary:
    """The summary of these answers; `sheet` must be their score sheet."""
    script = write_script(standard, answers, sheet)
    department = standard.effective(answers).get("department_name")

    def named(state: Points) -> tuple[str, ...]:
        codes = (code for code in sheet.indicators if sheet[code].state is state)
        return tuple(standard.nodes[code].name for code in codes)

    return Summary(
        department=department.value if isinstance(department, Text) else "",
        year=standard.year,
        total=_standing("", sheet.total),
        groups=tuple(_standing(root.name, sheet[root.code]) for root in standard.roots),
        lost=tuple(_lost(script.lines[code]) for code in sheet.lossy()),
        open_count=len(gaps(standard, answers)),
        open=named(Points.OPEN),
        offline=named(Points.OFFLINE),
        not_applicable=named(Points.NOT_APPLICABLE),
    )


def _standing(name: str, score: NodeScore) -> Standing:
    return Standing(score.code, name, score.so_far, score.high, score.maximum, score.state)


def _lost(line: Line) -> LostPoints:
    return LostPoints(
        code=line.indicator.code,
        name=line.indicator.name,
        points=line.score.lost,
        reasons=line.reasons,
        cause=without_marks(line.cause),
    )
