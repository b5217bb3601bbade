"""Points in proportion to what was done of what was planned."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field, model_validator

from scoring.questionnaire import Kind, Strict
from scoring.rules.aims import FULL_RATE, Aim, Reached, base_of
from scoring.rules.base import FIGURES, ZERO, Loss, Need, Operands, Outcome, Points, Remark, Rule
from scoring.rules.parts import Part, combine
from scoring.values import NotApplicable, Offline, Rows, YesNo, round_points


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

    def reached(self, operands: Operands, maximum: Decimal, aim: Aim) -> Reached | None:
        """What is done is the rate of what is planned. A rate of several shares together does
        not tell that of each."""
        shares = [s for s in self.shares if aim.covers(need.fact for need in s.needs)]
        if aim.percent is not None and len(shares) != 1:
            return None
        found = Reached()
        for share in shares:
            part = _reaching(share, operands, aim.percent)
            if part is None:
                return None
            found = found.and_(part)
        return found

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


def _reaching(share: Share, operands: Operands, percent: Decimal | None) -> Reached | None:
    """The answers with which a share has this rate, None for all of it."""
    if any(operands.absent(need.fact) for need in share.needs):
        return Reached()
    rate = FULL_RATE if percent is None else percent
    if share.done.rows:
        return _marking(share.done, operands, rate)
    if not share.planned.fact:
        return None
    done, planned = (operands.number(m.fact) for m in (share.done, share.planned))
    if percent is None and done is not None and planned is not None and done >= planned:
        return Reached()
    return _figures(share.done.fact, share.planned.fact, operands, rate)


def _figures(done: str, planned: str, operands: Operands, rate: Decimal) -> Reached | None:
    """What is done for what is planned, or the other way round where only that is known."""
    has, base = operands.number(done), operands.number(planned)
    if base == 0 or (base is None and has is not None and not rate):
        return None
    if base is None and has is not None:
        figures = {planned: has * FULL_RATE / rate}
    elif base is not None:
        figures = {done: base * rate / FULL_RATE}
    else:
        whole = base_of(operands.kinds.get(planned))
        figures = {planned: whole, done: whole * rate / FULL_RATE}
    values = {fact: operands.figure(fact, number) for fact, number in figures.items()}
    found = {fact: value for fact, value in values.items() if value is not None}
    made_up = frozenset(figures) if len(figures) > 1 else frozenset[str]()
    return Reached(found, made_up) if len(found) == len(values) else None


def _marking(measure: Measure, operands: Operands, rate: Decimal) -> Reached | None:
    """The rows with as many of them marked as the rate asks: which ones makes no difference."""
    rows = operands.rows(measure.rows)
    if rows is None or not measure.yes:
        return None
    count = rate * len(rows.value) / FULL_RATE
    if count != count.to_integral_value() or count > len(rows.value):
        return None
    done = [row.get(measure.yes) == YesNo(True) for row in rows.value]
    order = sorted(range(len(done)), key=lambda at: not done[at])
    chosen = set(order[: int(count)])
    marked = ({**row, measure.yes: YesNo(at in chosen)} for at, row in enumerate(rows.value))
    return Reached({measure.rows: Rows(tuple(marked))})
