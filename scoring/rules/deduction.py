"""Points off for each fault found, down to a floor; some kinds of fault take everything."""

from __future__ import annotations

from decimal import Decimal

from pydantic import model_validator

from scoring.questionnaire import Kind, Strict
from scoring.rules.base import ZERO, Loss, Need, Operands, Outcome, Points, Remark, Rule
from scoring.values import Count, Letters, YesNo


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

    >>> rule = Deduction(per=Decimal(1), faults=(Fault(count="n"),))
    >>> rule.evaluate(Operands({"n": Count(2)}, {}, {}), Decimal(5)).low
    Decimal('3')
    """

    per: Decimal
    faults: tuple[Fault, ...]
    knock_out: KnockOut | None = None
    floor: Decimal = ZERO

    def needs(self) -> tuple[Need, ...]:
        knock = self.knock_out
        kinds = frozenset({Kind.CHECKLIST})
        struck = (Need(knock.fact, kinds, letters=knock.letters),) if knock else ()
        return (*(fault.need for fault in self.faults), *struck)

    def evaluate(self, operands: Operands, maximum: Decimal) -> Outcome:
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
        numbers = {"faults": least, "per": self.per, "maximum": maximum, "points": high}
        losses = (Loss(maximum - high, "faults_found", numbers),) if least else ()
        remark = Remark("faults_found" if least else "no_faults", numbers)
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
            elif fault.count:
                unbounded, low, high = True, 0, 0
            else:
                low, high = 0, 1 if fault.no else options
            least, most = least + low, most + high
        return least, None if unbounded else most
