"""What became of a cycle, department by department: what the summary (汇总) is made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from scoring.rules.base import Loss, Points
from scoring.sheet import NodeScore, ScoreSheet
from scoring.standard import Standard
from scoring.tree import Indicator

Cell = Decimal | str
"""Points, or the code of why there are none: excluded, offline or open."""

_CENT = Decimal("0.01")
COUNTED = frozenset({"delivered", "accepted"})
"""The states in which a form lies with finance: only these are ranked and counted."""


@dataclass(frozen=True)
class Change:
    """An indicator to which finance gave other points than the department, and why."""

    indicator: str
    before: Cell
    after: Decimal
    reason: str


@dataclass(frozen=True)
class Lost:
    """What one indicator lost in the self-evaluation: how much for which reasons of the sheet,
    in words, and the cause that the department gives."""

    indicator: str
    points: Decimal
    losses: tuple[Loss, ...]
    reasons: tuple[str, ...]
    cause: str


@dataclass(frozen=True)
class Filing:
    """When a form came, against which deadline, and how often it went back. `late_days` counts
    working days, 0 for one in time; times are local."""

    deadline: datetime
    first_at: datetime | None = None
    last_at: datetime | None = None
    accepted_at: datetime | None = None
    late: bool = False
    late_days: int = 0
    sent_back: int = 0
    returned: int = 0


@dataclass(frozen=True)
class Result:
    """One department. `state` is a name of the lifecycle, `standing` the same for people.

    `points` and `reviewed` have third-level indicators by code. Totals are None where there is
    none: nothing was ever delivered, or finance has reviewed nothing. Without a delivery the
    points are those of what is filled in so far.
    """

    code: str
    department: str
    state: str
    standing: str
    filing: Filing
    version: int = 0
    total: Decimal | None = None
    grade: str = ""
    points: Mapping[str, Cell] = field(default_factory=dict)
    reviewed_total: Decimal | None = None
    reviewed_grade: str = ""
    reviewed: Mapping[str, Cell] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    lost: tuple[Lost, ...] = ()
    review: str = "none"
    offline: tuple[str, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether it lies with finance, so that it is ranked and counted."""
        return self.state in COUNTED and self.total is not None

    @property
    def best(self) -> Decimal | None:
        """The reviewed total where there is one, else the department's own."""
        return self.total if self.reviewed_total is None else self.reviewed_total


@dataclass(frozen=True)
class CycleResults:
    """A cycle's results by departments' codes; `grades` are the names of the bands with the lowest
    total of each, best first; `made_at` is a local time."""

    name: str
    year: int
    standard: Standard
    grades: tuple[tuple[str, Decimal], ...]
    results: tuple[Result, ...]
    made_at: datetime
    closed: bool = False

    @property
    def counted(self) -> tuple[Result, ...]:
        return tuple(result for result in self.results if result.counts)

    @property
    def reviewed(self) -> tuple[Result, ...]:
        return tuple(each for each in self.counted if each.reviewed_total is not None)


def leaves(node: Indicator) -> Iterator[Indicator]:
    """The third-level indicators below a node, itself if it is one."""
    if node.rule is not None:
        yield node
    for child in node.children:
        yield from leaves(child)


def cells_of(sheet: ScoreSheet, codes: Sequence[str]) -> dict[str, Cell]:
    """The points of nodes, or why there are none."""
    return {code: cell_of(sheet[code]) for code in codes}


def cell_of(score: NodeScore) -> Cell:
    """The points of a node, or why there are none."""
    if score.excluded:
        return "excluded"
    if score.state is Points.OPEN:
        return "open"
    if score.state is Points.OFFLINE and score.low != score.high:
        return "offline"
    return score.so_far


def ranks(totals: Sequence[Decimal | None]) -> list[int | None]:
    """The place of each, 1 for the most points; the same points share a place, as in sport.

    >>> ranks([Decimal(90), None, Decimal(95), Decimal(90), Decimal(80)])
    [2, None, 1, 2, 4]
    """
    there = [total for total in totals if total is not None]
    return [
        None if total is None else 1 + sum(other > total for other in there) for total in totals
    ]


def mean(figures: Sequence[Decimal]) -> Decimal | None:
    """The average to two decimals; None of nothing."""
    if not figures:
        return None
    return (sum(figures, Decimal(0)) / len(figures)).quantize(_CENT, ROUND_HALF_UP)


def median(figures: Sequence[Decimal]) -> Decimal | None:
    """The middle one to two decimals; None of nothing."""
    if not figures:
        return None
    there, half = sorted(figures), len(figures) // 2
    return mean([there[half]] if len(there) % 2 else there[half - 1 : half + 1])


@dataclass(frozen=True)
class IndicatorSum:
    """One indicator over all counted departments: `lost` is summed over the `losers` of the
    `scored` that have points there; `rate` is what was lost of what could be (0–1)."""

    code: str
    name: str
    maximum: Decimal
    scored: int
    average: Decimal | None
    reviewed_average: Decimal | None
    losers: int
    lost: Decimal
    rate: Decimal


def indicator_sums(found: CycleResults) -> list[IndicatorSum]:
    """Every third-level indicator, in the order of the tree."""
    return [_summed(found, one.code, one.name, one.max) for one in found.standard.indicators]


def _summed(found: CycleResults, code: str, name: str, maximum: Decimal) -> IndicatorSum:
    own = list(_figures(each.points.get(code) for each in found.counted))
    reviewed = list(_figures(each.reviewed.get(code) for each in found.reviewed))
    lost = [maximum - points for points in own if points < maximum]
    total, reach = sum(lost, Decimal(0)), maximum * len(own)
    rate = total / reach if reach else Decimal(0)
    return IndicatorSum(
        *(code, name, maximum, len(own), mean(own), mean(reviewed)),
        *(len(lost), total, rate),
    )


def _figures(cells: Iterator[Cell | None]) -> Iterator[Decimal]:
    return (cell for cell in cells if isinstance(cell, Decimal))


@dataclass(frozen=True)
class CauseSum:
    """One way of losing points on one indicator: `code` and `label` say which, `departments` who
    lost how much by it."""

    indicator: str
    code: str
    label: str
    points: Decimal
    departments: tuple[tuple[str, Decimal], ...]


def cause_sums(found: CycleResults) -> list[CauseSum]:
    """The ways in which the counted departments lost points, those that cost most first."""
    sums: dict[tuple[str, str, str], dict[str, Decimal]] = {}
    for result in found.counted:
        for lost in result.lost:
            for loss in lost.losses:
                key = (lost.indicator, loss.code, label_of(loss))
                who = sums.setdefault(key, {})
                who[result.department] = who.get(result.department, Decimal(0)) + loss.points
    made = [
        CauseSum(*key, sum(who.values(), Decimal(0)), tuple(sorted(who.items())))
        for key, who in sums.items()
    ]
    return sorted(made, key=lambda each: (-each.points, each.indicator, each.code, each.label))


def label_of(loss: Loss) -> str:
    """What tells losses of one kind apart on one indicator: the option or the thing named."""
    return str(loss.numbers.get("label") or loss.numbers.get("name") or "")


def bands(totals: Sequence[Decimal], maximum: Decimal) -> list[tuple[int, int, int]]:
    """How many totals lie from … up to, in steps of a twentieth of the maximum from the lowest;
    the last band has its upper end.

    >>> bands([Decimal(100), Decimal("95"), Decimal("94.99"), Decimal("82")], Decimal(100))
    [(80, 85, 1), (85, 90, 0), (90, 95, 1), (95, 100, 2)]
    """
    if not totals:
        return []
    step = max(1, int(maximum / 20))
    top = -(-int(maximum) // step)
    at = [min(int(total // step), top - 1) for total in totals]
    return [
        (place * step, min((place + 1) * step, int(maximum)), at.count(place))
        for place in range(max(0, min(at)), top)
    ]
