"""Answers in, score sheet and findings out."""

from __future__ import annotations

from collections.abc import Mapping

from scoring.checks.base import Finding
from scoring.reckoning import reckoned
from scoring.sheet import ScoreSheet
from scoring.standard import Standard
from scoring.values import Value


def score(standard: Standard, answers: Mapping[str, Value]) -> ScoreSheet:
    """The sheet of these answers (fact id → value); what is missing opens the interval.

    The order of the answers makes no difference. Facts that a 有没有 answer folds away count
    with the value that the standard gives them.
    """
    return reckoned(standard, answers).sheet


def findings(standard: Standard, answers: Mapping[str, Value]) -> tuple[Finding, ...]:
    """All findings of the standard's checks over these answers, the gravest first."""
    return reckoned(standard, answers).findings
