"""Tests that are passed or failed as a whole, each with points of its own."""

from __future__ import annotations

from decimal import Decimal

from pydantic import Field, model_validator

from scoring.questionnaire import Kind, Strict
from scoring.rules.aims import Aim, Reached
from scoring.rules.base import FIGURES, ZERO, Loss, Need, Operands, Outcome, Points, Remark, Rule
from scoring.rules.parts import Part, combine
from scoring.values import NotApplicable, Value, YesNo


class Test(Strict):
    """One test: all facts of `yes` are yes, `no` is no, or an amount is `at_most` another.

    Facts that do not apply are left out; a test with nothing left does not apply.
    """

    __test__ = False

    points: Decimal = Field(gt=0)
    name: str = Field(min_length=1)
    yes: tuple[str, ...] = ()
    no: str = ""
    at_most: tuple[str, str] | None = None

    @model_validator(mode="after")
    def _one_test(self) -> Test:
        if sum(map(bool, (self.yes, self.no, self.at_most))) != 1:
            raise ValueError("test_unclear")
        return self

    @property
    def facts(self) -> tuple[str, ...]:
        return self.yes or self.at_most or (self.no,)


class Tests(Rule):
    """The sum of the points of the tests that are passed.

    >>> tests = [Test(points=1, yes=("a",), name="A"), Test(points=1, yes=("b",), name="B")]
    >>> rule = Tests(tests=tuple(tests))
    >>> values = {"a": YesNo(True), "b": YesNo(False)}
    >>> rule.evaluate(Operands(values, {}, {}), Decimal(2)).low
    Decimal('1')
    """

    __test__ = False

    tests: tuple[Test, ...]

    def needs(self) -> tuple[Need, ...]:
        return tuple(
            Need(fact, FIGURES if test.at_most else frozenset({Kind.YESNO}))
            for test in self.tests
            for fact in test.facts
        )

    def problems(self, maximum: Decimal) -> tuple[str, ...]:
        return () if sum(t.points for t in self.tests) == maximum else ("points_not_maximum",)

    def skips_absent(self) -> bool:
        return True

    def reached(self, operands: Operands, maximum: Decimal, aim: Aim) -> Reached | None:
        """Full points are all tests passed; a rate there is none."""
        if aim.percent is not None:
            return None
        found = Reached()
        for test in self.tests:
            passing = _passing(test, operands) if aim.covers(test.facts) else Reached()
            if passing is None:
                return None
            found = found.and_(passing)
        return found

    def evaluate(self, operands: Operands, maximum: Decimal) -> Outcome:
        return combine([_part(test, operands) for test in self.tests], maximum)


def _part(test: Test, operands: Operands) -> Part:
    values = [operands.values.get(f) for f in test.facts]
    absent = [v for v in values if isinstance(v, NotApplicable)]
    if len(absent) == len(values) or (absent and test.at_most):
        remark = Remark("not_applicable", {"reason": absent[0].reason})
        return Part(test.points, Points.NOT_APPLICABLE, remark=remark)
    passed = _passed(test, operands)
    numbers = {"name": test.name, "points": test.points, **_amounts(test, operands)}
    if passed is None:
        low = test.points if _is_sure(test, operands) else ZERO
        return Part(test.points, Points.OPEN, low, test.points)
    if passed:
        remark = Remark("within" if test.at_most else "test_passed", numbers)
        return Part(test.points, Points.SCORED, test.points, test.points, remark)
    code = "exceeded" if test.at_most else "test_failed"
    loss = Loss(test.points, code, numbers)
    return Part(test.points, Points.SCORED, remark=Remark(code, numbers), loss=loss)


def _passed(test: Test, operands: Operands) -> bool | None:
    if test.at_most:
        left, right = (operands.number(f) for f in test.at_most)
        return None if left is None or right is None else left <= right
    wanted = not test.no
    answers = [operands.values.get(f) for f in test.facts]
    given = [a.value == wanted for a in answers if isinstance(a, YesNo)]
    if not all(given):
        return False
    return None if any(a is None for a in answers) else True


def _passing(test: Test, operands: Operands) -> Reached | None:
    """The answers with which a test is passed; what does not apply stays as it is."""
    here = [fact for fact in test.facts if not operands.absent(fact)]
    if not test.at_most:
        return Reached({fact: YesNo(not test.no) for fact in here})
    left, right = (operands.number(fact) for fact in test.at_most)
    if len(here) < 2 or (left is not None and right is not None and left <= right):
        return Reached()
    less, more = test.at_most
    known = right if right is not None else left if left is not None else ZERO
    changed = (less,) if right is not None else (more,) if left is not None else (less, more)
    values = {fact: operands.figure(fact, known) for fact in changed}
    found = {fact: value for fact, value in values.items() if value is not None}
    made_up = frozenset(changed) if len(changed) > 1 else frozenset[str]()
    return Reached(found, made_up) if len(found) == len(values) else None


def _is_sure(test: Test, operands: Operands) -> bool:
    """Whether the first amount is within the other one, whatever that will be."""
    if not test.at_most:
        return False
    left, least = operands.number(test.at_most[0]), operands.least(test.at_most[1])
    return left is not None and least is not None and left <= least


def _amounts(test: Test, operands: Operands) -> dict[str, Value | None]:
    if not test.at_most:
        return {}
    left, right = (operands.values.get(f) for f in test.at_most)
    return {"left": left, "right": right}
