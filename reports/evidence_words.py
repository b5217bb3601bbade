"""What the score sheet says of each evidence item: its name, and whether it has been given."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from reports.wording import say
from scoring.sheet import ScoreSheet
from scoring.standard import Standard
from scoring.wanted import wanted


def evidence_words(
    standard: Standard, sheet: ScoreSheet, gathered: Collection[str] | None
) -> Mapping[str, str]:
    """The words of each item by its id; the bare names where nobody knows what was given."""
    items = wanted(standard, sheet)

    def words(id: str, name: str) -> str:
        if gathered is None:
            return name
        if id in gathered:
            return say("evidence_given", name=name)
        return say("evidence_later" if id in items else "evidence_not_wanted", name=name)

    return {
        item.id: words(item.id, item.name)
        for indicator in standard.indicators
        for item in indicator.evidence
    }
