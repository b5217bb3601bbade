"""Points in proportion to what was done of what was planned."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field, model_validator

from scoring.questionnaire import Kind, Strict
from scoring.rules.base import FIGURES, ZERO, Loss, Need, Operands, Outcome, Points, Remark, Rule
from scoring.rules.parts import Part, combine
from scoring.values import NotApplicable, Offline, YesNo, round_points


class Measure(Strict):
    """A figure: a fact's own, or counted from rows (`yes`: only those where a column is yes)."""

    fact: str = ""
    rows: str = ""
    yes: str = ""

    @model_validator(mode="after")
    def _one_origin(self) -> Measure:
        if bool(self.fact) == bool(self.rows) or (self.yes and not self.rows):
            raise ValueError("measure_unclear")
        return self

    @property
    def need(self) -> Need:
        if self.fact:
            return Need(self.fact, FIGURES)
        columns = ((self.yes, frozenset({Kind.YESNO})),) if self.yes else ()
        return Need(self.rows, frozenset({Kind.ROWS}), columns)

    def waits(self, operands: Operands) -> bool:
        """Whether a cell that is counted has not been answered, not even on paper."""
        rows = operands.rows(self.rows)
        return bool(self.yes and rows and any(row.get(self.yes) is None for row in rows.value))

    def bounds(self, operands: Operands) -> tuple[Decimal, Decimal] | None:
        """The least and the most that the figure can be; None while nothing is known."""
        if self.fact:
            number = operands.number(self.fact)
            return None if number is None else (number, number)
        rows = operands.rows(self.rows)
        if rows is None:
            return None
        if not self.yes:
            return Decimal(len(rows.value)), Decimal(len(rows.value))
        cells = [row.get(self.yes) for row in rows.value]
        yes = sum(cell == YesNo(True) for cell in cells)
        doubtful = sum(cell is None or isinstance(cell, Offline) for cell in cells)
        return Decimal(yes), Decimal(yes + doubtful)


class Share(Strict):
    """One part: `points` × done ÷ planned, at most `points`; rounded to two decimals."""

    done: Measure
    planned: Measure
    points: Decimal = Field(gt=0)
    name: str = ""
    none_planned: Literal["full", "not_applicable"] = "full"

    @property
    def needs(self) -> tuple[Need, Need]:
        return self.done.need, self.planned.need


class Proportion(Rule):
    """The sum of the shares. Nothing planned and nothing done is `none_planned` of the share;
    nothing planned but something done gives no points; more done than planned counts as all.

    >>> share = {"done": {"fact": "d"}, "planned": {"fact": "p"}, "points": 3}
    >>> from scoring.values import Number
    >>> values = {"d": Number(Decimal("98.31")), "p": Number(Decimal("100"))}
    >>> rule = Proportion(shares=[share])
    >>> rule.evaluate(Operands(values, {}, {}), Decimal(3)).low
    Decimal('2.95')
    """

    shares: tuple[Share, ...]

    def needs(self) -> tuple[Need, ...]:
        return tuple(need for share in self.shares for need in share.needs)

    def problems(self, maximum: Decimal) -> tuple[str, ...]:
        whole = sum(share.points for share in self.shares) == maximum
        return () if whole else ("points_not_maximum",)

    def skips_absent(self) -> bool:
        return len(self.shares) > 1

    def evaluate(self, operands: Operands, maximum: Decimal) -> Outcome:
        return combine([_share(share, operands) for share in self.shares], maximum)


def _share(share: Share, operands: Operands) -> Part:
    for need in share.needs:
        absent = operands.absent(need.fact)
        if absent:
            return Part(share.points, Points.NOT_APPLICABLE, remark=_absent(absent))
    done, planned = share.done.bounds(operands), share.planned.bounds(operands)
    if done is None or planned is None or planned[0] != planned[1]:
        return Part(share.points, Points.OPEN, ZERO, share.points)
    least, most = (_scored(share, d, planned[0], operands) for d in done)
    if done[0] == done[1]:
        return least
    state = Points.OPEN if share.done.waits(operands) else Points.OFFLINE
    remark = None if state is Points.OPEN else Remark("offline")
    return Part(share.points, state, least.low, most.high, remark)


def _absent(absent: NotApplicable) -> Remark:
    return Remark("not_applicable", {"reason": absent.reason})


def _scored(share: Share, done: Decimal, planned: Decimal, operands: Operands) -> Part:
    numbers: dict[str, Any] = {
        "done": operands.like(share.done.fact, done),
        "planned": operands.like(share.planned.fact, planned),
        "maximum": share.points,
        "name": share.name,
    }
    if planned == 0 and done == 0:
        if share.none_planned == "not_applicable":
            return Part(share.points, Points.NOT_APPLICABLE, remark=Remark("none_planned"))
        remark = Remark("none_planned_full", numbers)
        return Part(share.points, Points.SCORED, share.points, share.points, remark)
    if planned == 0:
        loss = Loss(share.points, "nothing_planned", numbers)
        remark = Remark("nothing_planned", numbers)
        return Part(share.points, Points.SCORED, remark=remark, loss=loss)
    points = round_points(min(share.points, share.points * done / planned))
    numbers |= {"percent": done / planned * 100, "points": points}
    code = "share_capped" if done > planned else "share"
    scored = Part(share.points, Points.SCORED, points, points, Remark(code, numbers))
    if points == share.points:
        return scored
    return replace(scored, loss=Loss(share.points - points, "share", numbers))
