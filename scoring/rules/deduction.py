"""Points off for each fault found, down to a floor; some kinds of fault take everything."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from pydantic import Field, model_validator

from scoring.questionnaire import Kind, Strict
from scoring.rules.aims import Aim, Reached
from scoring.rules.base import (
    ZERO,
    Loss,
    Need,
    Operands,
    Outcome,
    Points,
    Remark,
    Rule,
    not_applicable,
)
from scoring.values import Count, Letters, NotApplicable, Value, YesNo


class Fault(Strict):
    """Where faults are counted: a count, a yes/no that should be yes, or a checklist's gaps."""

    count: str = ""
    no: str = ""
    unmet: str = ""

    @model_validator(mode="after")
    def _one_source(self) -> Fault:
        if sum(map(bool, (self.count, self.no, self.unmet))) != 1:
            raise ValueError("fault_source_unclear")
        return self

    @property
    def need(self) -> Need:
        kind = Kind.COUNT if self.count else Kind.YESNO if self.no else Kind.CHECKLIST
        return Need(self.count or self.no or self.unmet, frozenset({kind}))


class KnockOut(Strict):
    """Kinds of fault (letters of a checklist) that leave no points at all."""

    fact: str
    letters: tuple[str, ...]


class Deduction(Rule):
    """`per` points off for each fault, never below `floor`.

    A source of faults that does not apply has none; where none applies, the indicator doesn't.

    >>> rule = Deduction(per=Decimal(1), faults=(Fault(count="n"),))
    >>> rule.evaluate(Operands({"n": Count(2)}, {}, {}), Decimal(5)).low
    Decimal('3')
    """

    per: Decimal = Field(gt=0)
    faults: tuple[Fault, ...] = Field(min_length=1)
    knock_out: KnockOut | None = None
    floor: Decimal = Field(default=ZERO, ge=0)

    def needs(self) -> tuple[Need, ...]:
        knock = self.knock_out
        kinds = frozenset({Kind.CHECKLIST})
        struck = (Need(knock.fact, kinds, letters=knock.letters),) if knock else ()
        return (*(fault.need for fault in self.faults), *struck)

    def problems(self, maximum: Decimal) -> tuple[str, ...]:
        return () if self.floor < maximum else ("floor_too_high",)

    def skips_absent(self) -> bool:
        return True

    def reached(self, operands: Operands, maximum: Decimal, aim: Aim) -> Reached | None:
        """Full points are no fault anywhere; a rate there is none."""
        if aim.percent is not None:
            return None
        facts = [f.need.fact for f in self.faults if not operands.absent(f.need.fact)]
        fine = {f.need.fact: _faultless(f, operands) for f in self.faults}
        values = {fact: fine[fact] for fact in facts if aim.covers((fact,))}
        if self.knock_out and self._struck(operands):
            kinds = operands.values[self.knock_out.fact]
            left = kinds.value if isinstance(kinds, Letters) else ()
            kept = tuple(letter for letter in left if letter not in self.knock_out.letters)
            values[self.knock_out.fact] = Letters(kept)
        return Reached(values)

    def evaluate(self, operands: Operands, maximum: Decimal) -> Outcome:
        absent = [operands.absent(fault.need.fact) for fault in self.faults]
        if absent[0] and all(absent):
            return not_applicable(absent[0])
        struck = self._struck(operands)
        if struck:
            loss = Loss(maximum, "knocked_out", {"kinds": struck})
            remark = Remark("knocked_out", {"kinds": struck})
            return Outcome(Points.SCORED, ZERO, ZERO, (remark,), (loss,))
        least, most = self._count(operands)
        low = self.floor if most is None else max(self.floor, maximum - self.per * most)
        high = max(self.floor, maximum - self.per * least)
        if self.knock_out and operands.values.get(self.knock_out.fact) is None:
            low = ZERO
            state = Points.OPEN
        else:
            state = Points.SCORED if most == least else Points.OPEN
        if state is Points.OPEN:
            return Outcome(Points.OPEN, low, high)
        numbers: dict[str, Any] = {
            "faults": least,
            "per": self.per,
            "maximum": maximum,
            "points": high,
        }
        criteria = all(fault.unmet for fault in self.faults)
        if criteria:
            numbers["names"] = self._unmet(operands)
        found, none = ("unmet_found", "all_met") if criteria else ("faults_found", "no_faults")
        losses = (Loss(maximum - high, found, numbers),) if least else ()
        remark = Remark(found if least else none, numbers)
        return Outcome(Points.SCORED, high, high, (remark,), losses)

    def _struck(self, operands: Operands) -> tuple[str, ...]:
        if self.knock_out is None:
            return ()
        kinds = operands.values.get(self.knock_out.fact)
        if not isinstance(kinds, Letters):
            return ()
        labels = operands.labels.get(self.knock_out.fact, {})
        struck = [k for k in self.knock_out.letters if k in kinds.value]
        return tuple(labels.get(k, k) for k in struck)

    def _unmet(self, operands: Operands) -> tuple[str, ...]:
        """The labels of the criteria that are not met."""
        names: list[str] = []
        for fault in self.faults:
            met, labels = operands.values.get(fault.unmet), operands.labels.get(fault.unmet, {})
            if isinstance(met, Letters):
                names += [label for letter, label in labels.items() if letter not in met.value]
        return tuple(names)

    def _count(self, operands: Operands) -> tuple[int, int | None]:
        """The least and the most faults there can be; most is None where there's no bound."""
        least, most = 0, 0
        unbounded = False
        for fault in self.faults:
            value = operands.values.get(fault.need.fact)
            options = len(operands.labels.get(fault.need.fact, {}))
            if isinstance(value, Count):
                low = high = value.value
            elif isinstance(value, YesNo):
                low = high = int(not value.value)
            elif isinstance(value, Letters):
                low = high = options - len(value.value)
            elif isinstance(value, NotApplicable):
                low = high = 0
            elif fault.count:
                unbounded, low, high = True, 0, 0
            else:
                low, high = 0, 1 if fault.no else options
            least, most = least + low, most + high
        return least, None if unbounded else most


def _faultless(fault: Fault, operands: Operands) -> Value:
    """The answer that leaves a source without faults."""
    if fault.count:
        return Count(0)
    if fault.no:
        return YesNo(True)
    return Letters(tuple(operands.labels.get(fault.unmet, {})))
