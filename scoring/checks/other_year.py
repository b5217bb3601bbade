"""Another year's words left in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scoring.checks.base import Finding, Severity, TextCheck, View
from scoring.rules.base import Need
from scoring.wording import sentences


class OtherYear(TextCheck):
    """No text speaks of another year, written with `suffix` behind it, as if it were this one.

    Left out are the facts of `skip` (plans speak of the next year) and sentences with one of the
    words of `unless` (comparisons name the year before).
    """

    suffix: str
    unless: tuple[str, ...] = ()

    def needs(self) -> tuple[Need, ...]:
        return tuple(Need(fact, frozenset()) for fact in self.skip)

    def find(self, view: View) -> Iterator[Finding]:
        pattern = re.compile(rf"(20[0-9]{{2}})\s*{re.escape(self.suffix)}")
        seen: set[str] = set()
        for passage in view.passages(self.skip):
            for sentence in sentences(passage.text) if pattern.search(passage.text) else ():
                years = {int(year) for year in pattern.findall(sentence)}
                others = sorted(years - {view.standard.year})
                compares = any(word in sentence for word in self.unless)
                if not others or compares or passage.fact in seen:
                    continue
                seen.add(passage.fact)
                numbers = {
                    "place": view.whereabouts(passage),
                    "sentence": sentence,
                    "given": others[0],
                    "year": view.standard.year,
                }
                key = f"other_year:{passage.fact}"
                yield Finding(key, Severity.HINT, (passage.fact,), "other_year", numbers)
