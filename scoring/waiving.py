"""Which findings were let pass, and for which figures."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from scoring.checks import Finding, Severity
from scoring.wording import written


def figures_of(finding: Finding) -> str:
    """The figures of a finding as one text: a waiver holds for exactly these.

    >>> figures_of(Finding("k", Severity.BLOCKER, (), "total", {"b": 2, "a": 1}))
    'a=1;b=2'
    """
    return ";".join(f"{name}={written(value)}" for name, value in sorted(finding.numbers.items()))


def mark_of(finding: Finding) -> str:
    """A short mark of a finding with its figures, for the key of a card."""
    return hashlib.sha256(f"{finding.key}|{figures_of(finding)}".encode()).hexdigest()[:12]


def is_waived(finding: Finding, waived: Mapping[str, str]) -> bool:
    """Whether a finding was let pass as it is now; `waived` maps keys to the figures for which
    they were ("": any)."""
    return waived.get(finding.key) in ("", figures_of(finding))


def blockers(found: Iterable[Finding], waived: Mapping[str, str]) -> tuple[Finding, ...]:
    """The contradictions that keep a form from being sent in."""
    return tuple(
        finding
        for finding in found
        if finding.severity is Severity.BLOCKER and not is_waived(finding, waived)
    )
