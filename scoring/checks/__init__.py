"""勾稽: what in the answers contradicts itself or is very likely wrong.

One kind of check is one small file; which checks a standard makes, and of which facts, stands in
its questionnaire under `checks`. To add a kind: a class, its registry line here, its sentences
(`finding_…`) in the catalogue, and its test.
"""

from __future__ import annotations

from scoring.checks.at_most import AtMost
from scoring.checks.base import Check, Finding, Severity
from scoring.checks.carryover import Carryover
from scoring.checks.dates import Dates
from scoring.checks.fault_kinds import FaultKinds
from scoring.checks.folded import Folded
from scoring.checks.mention import Mention
from scoring.checks.missing_cell import MissingCell
from scoring.checks.no_base import NoBase
from scoring.checks.other_year import OtherYear
from scoring.checks.outlier import Outlier
from scoring.checks.over_plan import OverPlan
from scoring.checks.private_number import PrivateNumber
from scoring.checks.repeats import Repeats
from scoring.checks.shares import Shares
from scoring.checks.total import Total

KINDS: dict[str, type[Check]] = {
    "total": Total,
    "carryover": Carryover,
    "at_most": AtMost,
    "over_plan": OverPlan,
    "no_base": NoBase,
    "fault_kinds": FaultKinds,
    "folded": Folded,
    "mention": Mention,
    "outlier": Outlier,
    "shares": Shares,
    "missing_cell": MissingCell,
    "dates": Dates,
    "repeats": Repeats,
    "other_year": OtherYear,
    "private_number": PrivateNumber,
}

__all__ = ["KINDS", "Check", "Finding", "Severity"]
