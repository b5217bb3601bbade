"""附件2 as data: the three levels of indicators, their maxima, rules and evidence."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from scoring.questionnaire import Name, Strict
from scoring.rules import KINDS, Rule

DRAFT_LIMIT = 600


class Basis(StrEnum):
    """How sure we are of a rule."""

    QUOTED = "quoted"  # the issuer's own words
    DERIVED = "derived"  # follows from published scores
    ASSUMED = "assumed"  # a sensible default that somebody must confirm


class Policy(StrEnum):
    """What an indicator gives that does not apply to a department."""

    FULL = "full"  # its full points
    EXCLUDE = "exclude"  # left out, its siblings scaled up to the parent's maximum
    ZERO = "zero"


class EvidenceItem(Strict):
    """A file that is wanted for an indicator."""

    id: Name
    name: Name
    mandatory: bool = False


class Draft(Strict):
    """What is offered as cause and improvement when the indicator has lost points."""

    cause: str = Field(min_length=1, max_length=DRAFT_LIMIT)
    improvement: str = Field(min_length=1, max_length=DRAFT_LIMIT)


def _rule(given: Any) -> Rule | None:
    """The rule of its kind; pydantic adds what is wrong with its parameters to the tree's own."""
    if given is None or isinstance(given, Rule):
        return given
    kind = given.get("kind") if isinstance(given, dict) else None
    if not isinstance(kind, str) or kind not in KINDS:
        raise ValueError(f"unknown_kind:{', '.join(KINDS)}:{kind or ''}")
    parameters = {name: value for name, value in given.items() if name != "kind"}
    return KINDS[kind].model_validate(parameters)


class Indicator(Strict):
    """One node of the tree. Third-level ones carry a rule; the others are sums.

    `text` is the sentence of the standard that the score rests on, `source` where the rule
    stands, `basis_note` which part of it is less sure than the rest.
    """

    code: Name
    name: Name
    aliases: tuple[str, ...] = ()
    max: Decimal = Field(gt=0)
    children: tuple[Indicator, ...] = ()
    rule: Annotated[Rule | None, BeforeValidator(_rule)] = None
    text: str = ""
    formula: str = ""
    basis: Basis = Basis.QUOTED
    basis_note: str = ""
    source: str = ""
    not_applicable: Policy = Policy.FULL
    evidence: tuple[EvidenceItem, ...] = ()
    draft: Draft | None = None

    @property
    def level(self) -> int:
        """1, 2 or 3: A, A1, A1-1 have 1, 2 and 3."""
        return 3 if self.rule is not None else 2 if len(self.code) > 1 else 1


class Band(Strict):
    """A grade (优、良、中、差) and the points from which on it is given."""

    name: Name
    least: Decimal = Field(ge=0)


class Grades(Strict):
    """The grades of a total from best to worst, the last from 0 points on."""

    bands: tuple[Band, ...] = Field(min_length=1)
    basis: Basis
    source: str = Field(min_length=1)

    def of(self, points: Decimal) -> Band:
        """The grade of a total.

        >>> bands = [{"name": "pass", "least": 60}, {"name": "fail", "least": 0}]
        >>> grades = Grades.model_validate({"bands": bands, "basis": "assumed", "source": "x"})
        >>> grades.of(Decimal("60")).name, grades.of(Decimal("59.99")).name
        ('pass', 'fail')
        """
        return next((band for band in self.bands if points >= band.least), self.bands[-1])


class Tree(Strict):
    """附件2 as a file: who issued it, for which level and year, and the first-level nodes."""

    id: Name
    name: Name
    issuer: Name
    level: Name
    year: int = Field(ge=2000, le=2100)
    valid_from: date
    max: Decimal
    grades: Grades | None = None
    indicators: tuple[Indicator, ...]
