"""Whether the parts of a standard fit together; every contradiction with file and line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from scoring.needs import need_problems, problem_at
from scoring.outline_checks import outline_problems
from scoring.problems import Problem
from scoring.questionnaire_checks import questionnaire_problems
from scoring.rules.base import Rule
from scoring.source import Path, Source
from scoring.standard import Standard
from scoring.tree import Indicator
from scoring.wording import say

LEVELS = 3


def problems_of(standard: Standard, sources: Mapping[str, Source]) -> list[Problem]:
    """All contradictions in and between the files of a standard."""
    tree, questionnaire = sources["tree.yaml"], sources["questionnaire.yaml"]
    found = [
        *_tree_problems(standard, tree),
        *_grade_problems(standard, tree),
        *_rule_problems(standard, tree),
        *questionnaire_problems(standard, questionnaire),
        *outline_problems(standard, sources["outline.yaml"]),
    ]
    return sorted(found, key=lambda problem: (problem.file, problem.line))


def _paths(
    nodes: tuple[Indicator, ...], at: Path = ("indicators",)
) -> Iterator[tuple[Indicator, Path]]:
    for number, node in enumerate(nodes):
        path = (*at, number)
        yield node, path
        yield from _paths(node.children, (*path, "children"))


def _tree_problems(standard: Standard, source: Source) -> Iterator[Problem]:
    top = sum(root.max for root in standard.roots)
    if top != standard.maximum:
        whole = say("whole_tree")
        yield problem_at(source, ("max",), "sum", code=whole, max=standard.maximum, sum=top)
    seen = Counter(node.code for node in standard.walk())
    for node, path in _paths(standard.roots):
        if seen[node.code] > 1:
            yield problem_at(source, (*path, "code"), "code_twice", code=node.code)
        if bool(node.children) == (node.rule is not None):
            yield problem_at(source, (*path, "code"), "leaf_or_group", code=node.code)
        # Reports and score sheets print three levels; a rule elsewhere would not be seen there.
        if node.rule is not None and len(path) != LEVELS * 2:
            yield problem_at(source, (*path, "code"), "rule_level", code=node.code)
        below = sum(child.max for child in node.children)
        if node.children and below != node.max:
            yield problem_at(source, (*path, "max"), "sum", code=node.code, max=node.max, sum=below)
        if node.rule is not None and not node.source.strip():
            where = (*path, "source") if source.part((*path, "source")) is not None else path
            yield problem_at(source, where, "source_missing", code=node.code)
        if node.rule is not None and "basis" not in node.model_fields_set:
            yield problem_at(source, path, "basis_missing", code=node.code)
    yield from _evidence_problems(standard, source)


def _grade_problems(standard: Standard, source: Source) -> Iterator[Problem]:
    """Every total must have one grade: bands fall from at most the maximum down to 0."""
    bands = standard.grades.bands
    seen = Counter(band.name for band in bands)
    for number, band in enumerate(bands):
        where = ("grades", "bands", number)
        above = bands[number - 1].least if number else standard.maximum
        if band.least > above or (number and band.least == above):
            yield problem_at(
                source, (*where, "least"), "grade_order", name=band.name, least=band.least
            )
        if seen[band.name] > 1:
            yield problem_at(source, (*where, "name"), "grade_twice", name=band.name)
    if bands[-1].least != 0:
        where = ("grades", "bands", len(bands) - 1)
        yield problem_at(source, (*where, "least"), "grade_floor", name=bands[-1].name)


def _evidence_problems(standard: Standard, source: Source) -> Iterator[Problem]:
    seen = Counter(item.id for node in standard.walk() for item in node.evidence)
    for node, path in _paths(standard.roots):
        for number, item in enumerate(node.evidence):
            if seen[item.id] > 1:
                where = (*path, "evidence", number)
                yield problem_at(source, where, "evidence_twice", code=node.code, id=item.id)


def _rule_problems(standard: Standard, source: Source) -> Iterator[Problem]:
    ordered = {indicator.code for indicator in standard.scoring_order}
    for node, path in _paths(standard.roots):
        if node.rule is None:
            continue
        where = (*path, "rule")
        for code in node.rule.problems(node.max):
            yield problem_at(source, where, code, code=node.code, max=node.max)
        for need in node.rule.needs():
            yield from need_problems(standard, source, where, node.code, need)
        yield from _carry_problems(standard, source, where, node, node.rule, ordered)


def _carry_problems(
    standard: Standard,
    source: Source,
    where: Path,
    node: Indicator,
    rule: Rule,
    ordered: set[str],
) -> Iterator[Problem]:
    unknown = False
    for origin in rule.carries():
        target = standard.nodes.get(origin)
        if target is None or target.rule is None:
            unknown = True
            at = source.find(where, origin)
            yield problem_at(source, at, "origin_unknown", code=node.code, origin=origin)
    if node.code not in ordered and not unknown:
        at = source.find(where, next(iter(rule.carries()), None))
        yield problem_at(source, at, "carried_round", code=node.code)
