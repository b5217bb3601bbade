"""Points in proportion to what was done of what was planned."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Literal

from pydantic import model_validator

from scoring.questionnaire import Strict
from scoring.rules.base import ZERO, Loss, Operands, Outcome, Points, Remark, Rule
from scoring.rules.parts import Part, combine
from scoring.values import NotApplicable, YesNo, round_points


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
        return Decimal(yes), Decimal(yes + sum(cell is None for cell in cells))


class Share(Strict):
    """One part: `points` × done ÷ planned, at most `points`; rounded to two decimals."""

    done: Measure
    planned: Measure
    points: Decimal
    name: str = ""
    none_planned: Literal["full", "not_applicable"] = "full"

    @property
    def facts(self) -> tuple[str, ...]:
        return tuple(f or r for f, r in ((m.fact, m.rows) for m in (self.done, self.planned)))


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

    def facts(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(f for share in self.shares for f in share.facts))

    def problems(self, maximum: Decimal) -> tuple[str, ...]:
        whole = sum(share.points for share in self.shares) == maximum
        return () if whole else ("points_not_maximum",)

    def skips_absent(self) -> bool:
        return len(self.shares) > 1

    def evaluate(self, operands: Operands, maximum: Decimal) -> Outcome:
        return combine([_share(share, operands) for share in self.shares], maximum)


def _share(share: Share, operands: Operands) -> Part:
    for fact in share.facts:
        absent = operands.absent(fact)
        if absent:
            return Part(share.points, Points.NOT_APPLICABLE, remark=_absent(absent))
    done, planned = share.done.bounds(operands), share.planned.bounds(operands)
    if done is None or planned is None:
        return Part(share.points, Points.OPEN, ZERO, share.points)
    least, most = (_scored(share, d, planned[0], operands) for d in done)
    if least.low == most.low and least.state is most.state:
        return least
    return Part(share.points, Points.OPEN, least.low, most.high)


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
    loss = Loss(share.points - points, "share", numbers) if points < share.points else None
    return Part(share.points, Points.SCORED, points, points, Remark(code, numbers), loss)
