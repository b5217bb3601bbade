"""有没有: what a department has follows from the figures and sentences that were read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reports.reading.found import Found
from reports.reading.paper import Paper
from reports.reading.patterns import compiled, part
from reports.reading.statements import repeats_losses
from scoring.checks.base import figure
from scoring.values import NotApplicable, Rows, Value


def read_gates(paper: Paper, found: Found) -> None:
    """Every yes/no of the list `gates`; run after all other readers."""
    for gate, rule in part("gates").items():
        if gate not in found.standard.facts:
            continue
        _by_facts(gate, rule, found)
        _by_figures(gate, rule, found)
        if found.value(gate) is None:
            _by_words(gate, rule, paper, found)


def read_figure_gates(found: Found) -> None:
    """Those that follow from figures alone, for documents without sentences."""
    for gate, rule in part("gates").items():
        if gate in found.standard.facts:
            _by_figures(gate, rule, found)


def _by_facts(gate: str, rule: Mapping[str, Any], found: Found) -> None:
    """Something of it was read, so the department has it."""
    for fact in rule.get("facts", ()):
        value = found.value(fact)
        if value is not None and not isinstance(value, NotApplicable) and value != Rows(()):
            found.add(gate, True, found.place(fact))
            return


def _by_figures(gate: str, rule: Mapping[str, Any], found: Found) -> None:
    """Any figure above zero says yes; no, when all of them are zero."""
    facts = [fact for fact in rule.get("figures", ()) if fact in found.standard.facts]
    read = {fact: figure(found.value(fact)) for fact in facts}
    for fact, number in read.items():
        if number:
            found.add(gate, True, found.place(fact), certain=found.certain(fact))
            return
    if facts and all(number is not None for number in read.values()):
        certain = all(found.certain(fact) for fact in facts)
        found.add(gate, False, found.place(facts[0]), certain=certain)


def _by_words(gate: str, rule: Mapping[str, Any], paper: Paper, found: Found) -> None:
    """The report says that there is none of it, in the standard's own words or in others."""
    own = [reason for one in found.standard.behind.get(gate, ()) if (reason := _reason(found, one))]
    among = compiled(part("gates_among"))
    for passage in paper.passages():
        if repeats_losses(passage) or not any(among.search(t) for t in passage.titles):
            continue
        by_pattern = "no" in rule and compiled(rule["no"]).search(passage.text)
        if by_pattern or any(reason in passage.text for reason in own):
            found.add(gate, False, passage.place)
            return


def _reason(found: Found, fact: str) -> str:
    """What the standard says of a fact that a department without it needn't answer."""
    otherwise: Value | Any = found.standard.facts[fact].otherwise
    return str(otherwise["na"]) if isinstance(otherwise, Mapping) and "na" in otherwise else ""
