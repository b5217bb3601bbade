"""Points by the tier into which a ratio falls."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Literal

from pydantic import Field, model_validator

from scoring.questionnaire import Kind, Strict
from scoring.rules.aims import Aim, Reached
from scoring.rules.base import (
    FIGURES,
    ZERO,
    Loss,
    Need,
    Operands,
    Outcome,
    Points,
    Remark,
    Rule,
    not_applicable,
    unanswered,
)
from scoring.values import YesNo

FULL = Decimal(100)


class Tier(Strict):
    """A limit in percent, which still belongs to the tier, and the tier's points."""

    limit: Decimal
    points: Decimal = Field(ge=0)


class Tiers(Rule):
    """The first tier whose limit the ratio keeps; `otherwise` beyond the last.

    The ratio is `part` over the sum of `whole`, or a percentage as given (`percent`).
    A whole of zero gives the full points when the part is zero too, else none.
    Where the yes/no fact `requires` is no, there are no points.

    >>> rule = Tiers(percent="p", keeps="at_least", tiers=(Tier(limit=90, points=2),))
    >>> from scoring.values import Percent
    >>> rule.evaluate(Operands({"p": Percent(Decimal("89.9"))}, {}, {}), Decimal(2)).low
    Decimal('0')
    """

    keeps: Literal["at_most", "at_least"]
    tiers: tuple[Tier, ...] = Field(min_length=1)
    otherwise: Decimal = Field(default=ZERO, ge=0)
    part: str = ""
    whole: tuple[str, ...] = ()
    percent: str = ""
    requires: str = ""

    @model_validator(mode="after")
    def _one_ratio(self) -> Tiers:
        if bool(self.percent) == bool(self.part and self.whole):
            raise ValueError("ratio_unclear")
        return self

    def needs(self) -> tuple[Need, ...]:
        required = (Need(self.requires, frozenset({Kind.YESNO})),) if self.requires else ()
        figures = (self.part, *self.whole, self.percent)
        return (*required, *(Need(fact, FIGURES) for fact in figures if fact))

    def problems(self, maximum: Decimal) -> tuple[str, ...]:
        limits = [t.limit for t in self.tiers]
        ordered = sorted(limits, reverse=self.keeps == "at_least")
        points = [t.points for t in self.tiers] + [self.otherwise]
        twice = len(set(limits)) < len(limits)
        wrong = twice or limits != ordered or points != sorted(points, reverse=True)
        best = () if points[0] == maximum else ("points_not_maximum",)
        return best + (("tiers_not_ordered",) if wrong else ())

    def skips_absent(self) -> bool:
        return bool(self.requires)

    def reached(self, operands: Operands, maximum: Decimal, aim: Aim) -> Reached | None:
        """A rate gives the part of the known whole, or the percentage itself; full points are the
        limit of the best tier, unless the ratio keeps it already."""
        if any(operands.absent(fact) for fact in self.facts() if fact != self.requires):
            return Reached()
        needed = Reached({self.requires: YesNo(True)} if self.requires else {})
        rate = self.tiers[0].limit if aim.percent is None else aim.percent
        whole = FULL
        if not self.percent:
            terms = [operands.number(fact) for fact in self.whole]
            known = [term for term in terms if term is not None]
            if len(known) < len(terms) or not sum(known, ZERO):
                return None
            whole = sum(known, ZERO)
        fact = self.percent or self.part
        now = operands.number(fact)
        if aim.percent is None and now is not None and self._points(now, whole) == maximum:
            return needed
        value = operands.figure(fact, rate * whole / FULL)
        return None if value is None else needed.and_(Reached({fact: value}))

    def evaluate(self, operands: Operands, maximum: Decimal) -> Outcome:
        required = operands.values.get(self.requires) if self.requires else YesNo(True)
        if required == YesNo(False):
            loss, remark = Loss(maximum, "required_missing"), Remark("required_missing")
            return Outcome(Points.SCORED, ZERO, ZERO, (remark,), (loss,))
        for fact in self.facts():
            absent = operands.absent(fact)
            if absent:
                return not_applicable(absent)
        if required is None:
            return unanswered(maximum)
        return self._given(operands, maximum) if self.percent else self._ratio(operands, maximum)

    def _given(self, operands: Operands, maximum: Decimal) -> Outcome:
        percent = operands.number(self.percent)
        if percent is None:
            return unanswered(maximum)
        points = self._points(percent, FULL)
        return self._settled(points, maximum, "percent_given", {"percent": percent})

    def _ratio(self, operands: Operands, maximum: Decimal) -> Outcome:
        part = operands.number(self.part)
        terms = [operands.number(f) for f in self.whole]
        known = [t for t in terms if t is not None]
        if part is None or len(known) < len(terms):
            return self._open(part, operands, maximum)
        whole = sum(known, ZERO)
        numbers: dict[str, Any] = {
            "part": operands.like(self.part, part),
            "whole": operands.like(self.whole[0], whole),
        }
        if whole == 0:
            return self._settled(ZERO if part else maximum, maximum, "whole_zero", numbers)
        numbers["percent"] = part / whole * 100
        return self._settled(self._points(part, whole), maximum, "ratio", numbers)

    def _open(self, part: Decimal | None, operands: Operands, maximum: Decimal) -> Outcome:
        """What can still be reached: terms that are missing can only add to the whole."""
        terms = [operands.least(fact) for fact in self.whole]
        floors = [term for term in terms if term is not None]
        if part is None or part < 0 or len(floors) < len(terms):
            return unanswered(maximum)
        least = sum(floors, ZERO)
        # Between the smallest whole there can be and one beyond all bounds.
        found = [self._points(part, least) if least > 0 else ZERO, self._points(ZERO, FULL)]
        if part == 0:
            found[0] = found[1] if least > 0 else maximum
        elif least <= 0:
            found.append(self._points(FULL, ZERO))
        return Outcome(Points.OPEN, min(found), max(found))

    def _settled(
        self, points: Decimal, maximum: Decimal, code: str, numbers: dict[str, Any]
    ) -> Outcome:
        numbers = {**numbers, "points": points, "maximum": maximum}
        losses = (Loss(maximum - points, code, numbers),) if points < maximum else ()
        return Outcome(Points.SCORED, points, points, (Remark(code, numbers),), losses)

    def _points(self, part: Decimal, whole: Decimal) -> Decimal:
        # Compared by multiplication: a quotient rounded to 28 digits could cross a limit.
        for tier in self.tiers:
            limit, reached = tier.limit * whole, part * 100
            if reached <= limit if self.keeps == "at_most" else reached >= limit:
                return tier.points
        return self.otherwise
