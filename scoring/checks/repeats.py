"""The same long text pasted in several places."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.checks.base import Finding, Passage, Severity, TextCheck, View
from scoring.rules.base import Need


class Repeats(TextCheck):
    """No text of `at_least` characters stands in two places."""

    at_least: int = 60

    def needs(self) -> tuple[Need, ...]:
        return ()

    def find(self, view: View) -> Iterator[Finding]:
        seen: dict[str, list[Passage]] = {}
        for passage in view.passages():
            words = "".join(passage.text.split())
            if len(words) >= self.at_least:
                seen.setdefault(words, []).append(passage)
        for words, passages in seen.items():
            if len(passages) < 2:
                continue
            facts = tuple(dict.fromkeys(passage.fact for passage in passages))
            numbers = {
                "places": [view.whereabouts(passage) for passage in passages],
                "start": words[:20],
            }
            yield Finding(f"repeats:{'+'.join(facts)}", Severity.HINT, facts, "repeats", numbers)
