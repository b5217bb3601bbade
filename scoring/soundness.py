"""Whether the parts of a standard fit together; every contradiction with file and line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from scoring.plain import BadValue, read_value
from scoring.problems import Problem
from scoring.questionnaire import Fact, Kind
from scoring.rules.proportion import Proportion
from scoring.rules.weighted_mean import WeightedMean
from scoring.source import Path, Source
from scoring.standard import Standard
from scoring.tree import Indicator
from scoring.wording import say


def problems_of(standard: Standard, sources: Mapping[str, Source]) -> list[Problem]:
    """All contradictions in and between the files of a standard."""
    tree, questionnaire = sources["tree.yaml"], sources["questionnaire.yaml"]
    found = [
        *_tree_problems(standard, tree),
        *_rule_problems(standard, tree),
        *_fact_problems(standard, questionnaire),
        *_question_problems(standard, questionnaire),
    ]
    return sorted(found, key=lambda problem: (problem.file, problem.line))


def _problem(source: Source, path: Path, code: str, **numbers: Any) -> Problem:
    return Problem(source.name, source.line(path), code, numbers)


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
        yield _problem(source, ("max",), "sum", code="", max=standard.maximum, sum=top)
    seen = Counter(node.code for node in standard.walk())
    evidence = Counter(item.id for node in standard.walk() for item in node.evidence)
    for node, path in _paths(standard.roots):
        if seen[node.code] > 1:
            yield _problem(source, (*path, "code"), "code_twice", code=node.code)
        if bool(node.children) == (node.rule is not None):
            yield _problem(source, path, "leaf_or_group", code=node.code)
        below = sum(child.max for child in node.children)
        if node.children and below != node.max:
            yield _problem(source, (*path, "max"), "sum", code=node.code, max=node.max, sum=below)
        if node.rule is not None and not node.source.strip():
            yield _problem(source, path, "source_missing", code=node.code)
        for number, item in enumerate(node.evidence):
            if evidence[item.id] > 1:
                where = (*path, "evidence", number)
                yield _problem(source, where, "evidence_twice", code=node.code, id=item.id)


def _rule_problems(standard: Standard, source: Source) -> Iterator[Problem]:
    for node, path in _paths(standard.roots):
        rule = node.rule
        if rule is None:
            continue
        where = (*path, "rule")
        for name in rule.facts():
            if name not in standard.facts:
                yield _problem(source, where, "fact_unknown", code=node.code, fact=name)
        for origin in rule.carries():
            target = standard.nodes.get(origin)
            if target is None or target.rule is None or origin == node.code:
                yield _problem(source, where, "origin_unknown", code=node.code, origin=origin)
        for code in rule.problems(node.max):
            yield _problem(source, where, code, code=node.code, max=node.max)
        for name, column in _columns_read(node):
            fact = standard.facts.get(name)
            if fact is not None and column not in fact.columns:
                numbers = {"code": node.code, "fact": name, "column": column}
                yield _problem(source, where, "column_unknown", **numbers)
    carried = [n for n in standard.indicators if n not in standard.scoring_order]
    for node in carried:
        yield _problem(source, ("indicators",), "carried_round", code=node.code)


def _columns_read(node: Indicator) -> Iterator[tuple[str, str]]:
    rule = node.rule
    if isinstance(rule, WeightedMean):
        yield rule.rows, rule.weight
        yield rule.rows, rule.score
    if isinstance(rule, Proportion):
        for share in rule.shares:
            for measure in (share.done, share.planned):
                if measure.yes:
                    yield measure.rows, measure.yes


def _fact_problems(standard: Standard, source: Source) -> Iterator[Problem]:
    for name, fact in standard.facts.items():
        path: Path = ("facts", name)
        for number, condition in enumerate(fact.when):
            where = (*path, "when", number)
            if condition.fact and condition.fact not in standard.facts:
                yield _problem(source, where, "fact_unknown", code=name, fact=condition.fact)
            if condition.lost and condition.lost not in standard.nodes:
                yield _problem(source, where, "origin_unknown", code=name, origin=condition.lost)
        for part in ("example", "otherwise"):
            given = getattr(fact, part)
            if given is None:
                continue
            bad = _unreadable(fact, given, part)
            if bad:
                yield _problem(source, (*path, part), "value", fact=name, problem=bad)


def _unreadable(fact: Fact, given: Any, part: str) -> str:
    if part == "example" and fact.type is Kind.ROWS:
        return ""
    loose = fact.model_copy(update={"na": True, "min": None}) if part == "otherwise" else fact
    try:
        read_value(loose, given)
    except BadValue as bad:
        return say(bad.code, bad.numbers)
    return ""


def _question_problems(standard: Standard, source: Source) -> Iterator[Problem]:
    asked = Counter(fact for question in standard.questions for fact in question.facts)
    ids = Counter(question.id for question in standard.questions)
    for number, question in enumerate(standard.questions):
        path: Path = ("questions", number)
        if question.section not in standard.sections:
            yield _problem(source, path, "section_unknown", section=question.section)
        if ids[question.id] > 1:
            yield _problem(source, path, "question_twice", id=question.id)
        for fact in question.facts:
            if fact not in standard.facts:
                yield _problem(source, path, "fact_unknown", code=question.id, fact=fact)
            elif asked[fact] > 1:
                yield _problem(source, path, "asked_twice", fact=fact)
    for name in standard.facts:
        if name not in asked:
            yield _problem(source, ("facts", name), "never_asked", fact=name)
