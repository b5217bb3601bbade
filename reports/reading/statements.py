"""Facts that a sentence states, by the patterns under `statements`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reports.reading.found import Found
from reports.reading.paper import Paper, Passage
from reports.reading.patterns import compiled, part, pattern


def read_statements(paper: Paper, found: Found) -> None:
    """Every place where a sentence states a fact."""
    passages = list(paper.passages())
    for fact, rules in part("statements").items():
        for rule in rules:
            for passage in passages:
                _state(fact, rule, passage, found)


def _state(fact: str, rule: Mapping[str, Any], passage: Passage, found: Found) -> None:
    under = rule.get("in")
    if under and not any(compiled(under).search(title) for title in passage.titles):
        return
    # Lost points repeat figures in words of their own.
    if compiled(part("lost_opens")).match(passage.text) or repeats_losses(passage):
        return
    for match in compiled(rule["say"]).finditer(passage.text):
        if of_other_year(passage.text[: match.start() + 1], found):
            continue
        found.add(fact, rule["is"] if "is" in rule else match["value"], passage.place)


def of_other_year(before: str, found: Found) -> bool:
    """Whether the words before a statement say that it is of another year than the report's.

    They take in its first character: 上年末… is stated as 年末….
    """
    other = pattern("other_year").search(before)
    if not other:
        return False
    return other["year"] is None or found.year not in (None, int(other["year"]))


def repeats_losses(passage: Passage) -> bool:
    """Whether a passage stands under an item that only repeats why points were lost."""
    return any(pattern("rows", "added").match(title) for title in passage.titles)
