"""What every rule kind takes and gives."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any

from pydantic import BaseModel, ConfigDict

from scoring.questionnaire import Kind
from scoring.rules.aims import Aim, Reached, figure_like
from scoring.values import Count, Money, NotApplicable, Number, Percent, Rows, Value

ZERO = Decimal(0)
FIGURES = frozenset({Kind.MONEY, Kind.PERCENT, Kind.NUMBER, Kind.COUNT})


class Points(StrEnum):
    """How far the score of an indicator or group is known."""

    SCORED = "scored"
    OPEN = "open"  # answers are missing
    NOT_APPLICABLE = "not_applicable"  # the policy of the standard gives the points
    OFFLINE = "offline"  # an answer is handed in on paper; the points are settled there


@dataclass(frozen=True)
class Remark:
    """One step of an explanation: a code of the catalogue and the numbers put in."""

    code: str
    numbers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Loss:
    """Points lost and why."""

    points: Decimal
    code: str
    numbers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """What a rule makes of the answers: bounds of the points (equal when settled) and why.

    `quotient` is the unrounded share of the full points (0–1) that a carried rule takes over;
    where a rule gives none, it is the points over the full points. `reach` are its bounds while
    it is not settled.
    """

    state: Points
    low: Decimal
    high: Decimal
    remarks: tuple[Remark, ...] = ()
    losses: tuple[Loss, ...] = ()
    quotient: Decimal | None = None
    reach: tuple[Decimal, Decimal] | None = None


@dataclass(frozen=True)
class Need:
    """What a rule needs of a fact: one of these types, and these columns or letters.

    `columns` gives the types each column may have; `letters` must be options of the fact, and
    `exact` says that they must be all of them.
    """

    fact: str
    types: frozenset[Kind]
    columns: tuple[tuple[str, frozenset[Kind]], ...] = ()
    letters: tuple[str, ...] = ()
    exact: bool = False


@dataclass(frozen=True)
class Operands:
    """The values that a rule may read: facts by id, other outcomes, the labels of options.

    A fact that is not answered is absent, and so is one that is handed in on paper: neither
    settles anything. `floors` are the smallest figures that facts can have. `kinds` are the types
    of the facts, there only where something is supposed of what nobody has answered.
    """

    values: Mapping[str, Value]
    outcomes: Mapping[str, Outcome]
    labels: Mapping[str, Mapping[str, str]]
    floors: Mapping[str, Decimal] = field(default_factory=dict)
    kinds: Mapping[str, Kind] = field(default_factory=dict)

    def number(self, fact: str) -> Decimal | None:
        """The figure of a money (元), percent, number or count fact; None while unanswered."""
        value = self.values.get(fact)
        if isinstance(value, Money):
            return value.yuan
        if isinstance(value, Percent | Number):
            return value.value
        if isinstance(value, Count):
            return Decimal(value.value)
        return None

    def least(self, fact: str) -> Decimal | None:
        """The figure of a fact, or the smallest that it can still get; None without a floor."""
        number = self.number(fact)
        return self.floors.get(fact) if number is None else number

    def like(self, fact: str, number: Decimal) -> Value:
        """`number` as a value of the same type and unit as the fact's, for explanations."""
        value = self.values.get(fact)
        if isinstance(value, Money):
            return Money(number, value.unit)
        if isinstance(value, Percent):
            return Percent(number)
        return Number(number)

    def figure(self, fact: str, number: Decimal) -> Value | None:
        """`number` as an answer to the fact; None where it can't be one, as half a case can't."""
        return figure_like(self.values.get(fact), self.kinds.get(fact), number)

    def rows(self, fact: str) -> Rows | None:
        value = self.values.get(fact)
        return value if isinstance(value, Rows) else None

    def absent(self, fact: str) -> NotApplicable | None:
        value = self.values.get(fact)
        return value if isinstance(value, NotApplicable) else None


class Rule(BaseModel):
    """One rule kind with its parameters, as read from the tree."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @abstractmethod
    def needs(self) -> tuple[Need, ...]:
        """The facts that the rule reads, in the order in which they are explained."""

    def facts(self) -> tuple[str, ...]:
        """The ids of the facts that the rule reads, each once."""
        return self._reads

    @cached_property
    def _reads(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(need.fact for need in self.needs()))

    def carries(self) -> tuple[str, ...]:
        """The codes of the indicators whose outcome the rule takes over."""
        return ()

    def skips_absent(self) -> bool:
        """Whether the rule itself deals with single facts that do not apply."""
        return False

    @abstractmethod
    def evaluate(self, operands: Operands, maximum: Decimal) -> Outcome:
        """The outcome for these operands; `maximum` are the indicator's full points."""

    def reached(self, operands: Operands, maximum: Decimal, aim: Aim) -> Reached | None:
        """The answers with which the aim would be reached, changing as few as possible; None
        where the aim alone does not tell which."""
        return None

    def problems(self, maximum: Decimal) -> tuple[str, ...]:
        """What in the parameters contradicts the indicator's full points, as catalogue codes."""
        return ()


def not_applicable(absent: NotApplicable) -> Outcome:
    """The outcome of an indicator that does not apply; the policy turns it into points."""
    remark = Remark("not_applicable", {"reason": absent.reason})
    return Outcome(Points.NOT_APPLICABLE, ZERO, ZERO, (remark,))


def unanswered(maximum: Decimal, low: Decimal = ZERO) -> Outcome:
    """The outcome while answers are missing: anything from `low` to `maximum`."""
    return Outcome(Points.OPEN, low, maximum)
