"""Checklists: which criteria a report says were met, and which not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reports.reading.found import Found
from reports.reading.paper import Paper, Part
from reports.reading.patterns import part, pattern
from scoring.questionnaire import Fact, Kind
from scoring.tree import Indicator


def read_checklists(paper: Paper, found: Found) -> None:
    """Every checklist under the heading of the indicator that reads it."""
    standard = found.standard
    for fact, spec in standard.facts.items():
        if spec.type is not Kind.CHECKLIST or _kinds(spec):
            continue
        for code in standard.feeds[fact]:
            for holder in paper.under(title_of(standard.nodes[code])):
                _read(fact, spec, holder, found)


def read_fault_kinds(paper: Paper, found: Found) -> None:
    """The kinds of faults that were found: a checklist that is named where there are any."""
    for fact, spec in found.standard.facts.items():
        if spec.type is not Kind.CHECKLIST or not _kinds(spec):
            continue
        for passage in paper.passages():
            match = pattern("checklist", "kinds").search(passage.text)
            if match:
                words = match["names"].split(part("names_split"))
                letters = [x for x, o in spec.options.items() if (o.text or o.label) in words]
                found.add(fact, letters, passage.place, certain=len(letters) == len(words))


def _kinds(spec: Fact) -> bool:
    """Whether a checklist is of faults, asked where something above none was found."""
    return any(condition.above is not None for condition in spec.when)


def title_of(indicator: Indicator) -> str:
    """The pattern of an indicator's heading, its other names too."""
    names = (indicator.name, *indicator.aliases)
    return "^(?:" + "|".join(re.escape(name) for name in names) + ")$"


def _read(fact: str, spec: Fact, holder: Part, found: Found) -> None:
    said = _by_items(spec, holder) or _by_words(spec, holder)
    met = [letter for letter, answer in said.items() if answer]
    unclear = [spec.options[letter].label for letter in spec.options if letter not in said]
    if not said:
        return
    found.add(fact, met, holder.place, certain=not unclear)
    if unclear:
        options = part("names_split").join(unclear)
        found.note("note_options_unclear", place=holder.place, label=spec.label, options=options)


def _by_items(spec: Fact, holder: Part) -> dict[str, bool]:
    """Items A. B. … that say whether each gives its point; {} if they aren't that."""
    if len(holder.parts) != len(spec.options):
        return {}
    said = {}
    for letter, item in zip(spec.options, holder.parts, strict=True):
        text = item.text()
        yes = bool(pattern("checklist", "item_yes").search(text))
        no = bool(pattern("checklist", "item_no").search(text))
        if yes is not no:
            said[letter] = yes
    return said


def _by_words(spec: Fact, holder: Part) -> dict[str, bool]:
    """The options whose whole words stand in the text, as met or as not met."""
    said: dict[str, bool] = {}
    for text, met in _halves(holder):
        for letter, option in spec.options.items():
            words = _core(option.text or option.label)
            at = text.find(words)
            if at >= 0:
                refused = pattern("checklist", "refusals").search(text[:at])
                said[letter] = met and not refused
    return said


def _halves(holder: Part) -> Iterator[tuple[str, bool]]:
    """The text up to the words on what is not met, and what follows them."""
    text = "\n".join(p.text for p in holder.passages() if not pattern("lost_opens").match(p.text))
    before, _, after = text.partition(part("checklist", "unmet"))
    yield _core(before), True
    yield _core(after), False


def _core(text: str) -> str:
    """Words without what offices add and leave out."""
    return pattern("checklist", "strip").sub("", text)
