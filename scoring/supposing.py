"""What the answers would be if an indicator reached a rate or its full points; nothing is kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from scoring.conditions import holds
from scoring.rules.aims import Aim, Reached
from scoring.rules.base import Operands
from scoring.standard import Standard
from scoring.values import Value, YesNo

__all__ = ["Aim", "Reached", "Untold", "suppose", "with_gates"]


@dataclass(frozen=True)
class Untold:
    """Why a supposition can't be reckoned: of the indicator `code` the aim alone does not tell
    which answers it means. `facts` are those to name instead."""

    code: str
    facts: tuple[str, ...]


def suppose(
    standard: Standard, answers: Mapping[str, Value], codes: Collection[str], aim: Aim
) -> Reached | Untold:
    """The answers that would be different if these indicators reached the aim.

    Groups stand for all indicators below them; one that carries from another for that one.
    Raises KeyError for an unknown code.
    """
    found = Reached(codes=frozenset(codes))
    for code in _origins(standard, codes):
        node = standard.nodes[code]
        assert node.rule is not None  # noqa: S101 - origins have rules
        known = {**answers, **found.values}
        part = node.rule.reached(_operands(standard, known), node.max, aim)
        if part is None or not _own(standard, code, part.made_up):
            return Untold(code, node.rule.facts())
        found = found.and_(part)
    return found


def with_gates(
    standard: Standard, answers: Mapping[str, Value], values: Mapping[str, Value]
) -> dict[str, Value]:
    """The supposed values, and with them a yes for what would hide them: who supposes an amount
    of 政府采购 supposes that there is any."""
    values = dict(values)
    opened = {
        condition.fact: YesNo(True)
        for name in values
        for condition in standard.facts[name].when
        if condition.equals is True
        and condition.fact not in values
        and holds(condition, standard.effective(answers), standard.facts) is not True
    }
    return {**opened, **values}


def _origins(standard: Standard, codes: Collection[str]) -> tuple[str, ...]:
    """The indicators whose own answers decide about these nodes, each once, in order."""
    found: dict[str, None] = {}
    waiting = list(codes)
    while waiting:
        node = standard.nodes[waiting.pop(0)]
        if node.rule is None:
            waiting = [child.code for child in node.children] + waiting
        elif node.rule.carries():
            waiting = [*node.rule.carries(), *waiting]
        else:
            found[node.code] = None
    return tuple(found)


def _operands(standard: Standard, answers: Mapping[str, Value]) -> Operands:
    kinds = {name: fact.type for name, fact in standard.facts.items()}
    values = standard.effective(answers)
    return Operands(values, {}, standard.labels, standard.floors, kinds)


def _own(standard: Standard, code: str, made_up: Collection[str]) -> bool:
    """Whether made-up figures count for this indicator alone: elsewhere their size would matter.
    Who carries its rate over takes nothing but the rate."""
    others = {other for fact in made_up for other in standard.feeds[fact]} - {code}
    rules = (standard.nodes[other].rule for other in others)
    return all(rule is not None and rule.carries() for rule in rules)
