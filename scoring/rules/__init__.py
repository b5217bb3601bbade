"""The closed set of rule kinds. One kind is one small file; the meaning of a kind never changes.

A new meaning is a new kind: add a file with a class, its registry line here, and its test.
"""

from __future__ import annotations

from scoring.rules.base import Outcome, Points, Rule
from scoring.rules.carried import Carried
from scoring.rules.checklist import Checklist
from scoring.rules.deduction import Deduction
from scoring.rules.judgement import Judgement
from scoring.rules.proportion import Proportion
from scoring.rules.steps import Steps
from scoring.rules.tests import Tests
from scoring.rules.tiers import Tiers
from scoring.rules.weighted_mean import WeightedMean

KINDS: dict[str, type[Rule]] = {
    "checklist": Checklist,
    "deduction": Deduction,
    "tiers": Tiers,
    "steps": Steps,
    "proportion": Proportion,
    "weighted_mean": WeightedMean,
    "tests": Tests,
    "carried": Carried,
    "judgement": Judgement,
}

__all__ = ["KINDS", "Outcome", "Points", "Rule"]
