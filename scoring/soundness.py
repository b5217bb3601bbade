"""Whether the parts of a standard fit together; every contradiction with file and line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from scoring.outline_checks import outline_problems
from scoring.plain import BadValue, read_cell, read_value
from scoring.problems import Problem
from scoring.questionnaire import LABEL_LIMIT, Condition, Fact, Kind, Question
from scoring.rules.base import FIGURES, Need, Rule
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
        *_check_problems(standard, questionnaire),
        *outline_problems(standard, sources["outline.yaml"]),
    ]
    return sorted(found, key=lambda problem: (problem.file, problem.line))


def _problem(source: Source, path: Path, problem: str, /, **numbers: Any) -> Problem:
    return Problem(source.name, source.line(path), problem, numbers)


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
        yield _problem(source, ("max",), "sum", code=whole, max=standard.maximum, sum=top)
    seen = Counter(node.code for node in standard.walk())
    for node, path in _paths(standard.roots):
        if seen[node.code] > 1:
            yield _problem(source, (*path, "code"), "code_twice", code=node.code)
        if bool(node.children) == (node.rule is not None):
            yield _problem(source, (*path, "code"), "leaf_or_group", code=node.code)
        below = sum(child.max for child in node.children)
        if node.children and below != node.max:
            yield _problem(source, (*path, "max"), "sum", code=node.code, max=node.max, sum=below)
        if node.rule is not None and not node.source.strip():
            where = (*path, "source") if source.part((*path, "source")) is not None else path
            yield _problem(source, where, "source_missing", code=node.code)
    yield from _evidence_problems(standard, source)


def _evidence_problems(standard: Standard, source: Source) -> Iterator[Problem]:
    seen = Counter(item.id for node in standard.walk() for item in node.evidence)
    for node, path in _paths(standard.roots):
        for number, item in enumerate(node.evidence):
            if seen[item.id] > 1:
                where = (*path, "evidence", number)
                yield _problem(source, where, "evidence_twice", code=node.code, id=item.id)


def _rule_problems(standard: Standard, source: Source) -> Iterator[Problem]:
    ordered = {indicator.code for indicator in standard.scoring_order}
    for node, path in _paths(standard.roots):
        if node.rule is None:
            continue
        where = (*path, "rule")
        for code in node.rule.problems(node.max):
            yield _problem(source, where, code, code=node.code, max=node.max)
        for need in node.rule.needs():
            yield from _need_problems(standard, source, where, node.code, need)
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
            yield _problem(source, at, "origin_unknown", code=node.code, origin=origin)
    if node.code not in ordered and not unknown:
        at = source.find(where, next(iter(rule.carries()), None))
        yield _problem(source, at, "carried_round", code=node.code)


def _need_problems(
    standard: Standard, source: Source, where: Path, user: str, need: Need
) -> Iterator[Problem]:
    """What is wrong with a fact that a rule or check reads."""
    at = source.find(where, need.fact)
    fact = standard.facts.get(need.fact)
    if fact is None:
        yield _problem(source, at, "fact_unknown", code=user, fact=need.fact)
        return
    if need.types and fact.type not in need.types:
        yield _wrong_type(source, at, user, need.fact, fact.type, need.types)
        return
    for name, types in need.columns:
        column = fact.columns.get(name)
        at = source.find(where, name)
        numbers = {"code": user, "fact": need.fact, "column": name}
        if column is None:
            yield _problem(source, at, "column_unknown", **numbers)
        elif types and column.type not in types:
            yield _wrong_type(source, at, user, f"{need.fact}.{name}", column.type, types)
    letters, options = set(need.letters), set(fact.options)
    for letter in sorted(letters ^ options if need.exact else letters - options):
        numbers = {"code": user, "fact": need.fact, "letter": letter}
        yield _problem(source, where, "letters_differ", **numbers)


def _wrong_type(
    source: Source, at: Path, user: str, fact: str, given: Kind, wanted: frozenset[Kind]
) -> Problem:
    numbers = {"code": user, "fact": fact, "given": given.value}
    expected = sorted(kind.value for kind in wanted)
    return _problem(source, at, "fact_type", **numbers, expected=expected)


def _fact_problems(standard: Standard, source: Source) -> Iterator[Problem]:
    for name, fact in standard.facts.items():
        path: Path = ("facts", name)
        if source.part(path) is None:
            continue  # made from the tree: a question about lost points
        for number, condition in enumerate(fact.when):
            where = (*path, "when", number)
            yield from _condition_problems(standard, source, where, name, condition)
        if _hangs_on(standard, name, name):
            yield _problem(source, (*path, "when"), "condition_round", fact=name)
        for part, problem in _unreadable(fact):
            yield _problem(source, (*path, *part), "value", fact=name, problem=problem)


def _condition_problems(
    standard: Standard, source: Source, where: Path, name: str, condition: Condition
) -> Iterator[Problem]:
    if condition.lost:
        if condition.lost not in {indicator.code for indicator in standard.indicators}:
            at = (*where, "lost")
            yield _problem(source, at, "origin_unknown", code=name, origin=condition.lost)
        return
    types = FIGURES | {Kind.CHECKLIST}
    if condition.equals is not None:
        types = frozenset({Kind.YESNO})
    elif condition.below_full is not None:
        types = frozenset({Kind.CHECKLIST})
    yield from _need_problems(standard, source, where, name, Need(condition.fact, types))


def _hangs_on(standard: Standard, start: str, goal: str) -> bool:
    """Whether the conditions of `start` lead back to `goal`."""
    waiting, seen = [start], set[str]()
    while waiting:
        fact = standard.facts.get(waiting.pop())
        for condition in fact.when if fact else ():
            if condition.fact == goal:
                return True
            if condition.fact not in seen:
                seen.add(condition.fact)
                waiting.append(condition.fact)
    return False


def _unreadable(fact: Fact) -> Iterator[tuple[Path, str]]:
    """The examples and values of a fact that cannot be read, each with why."""
    loose = fact.model_copy(update={"na": True, "min": None})
    for spec, part in ((fact, "example"), (loose, "otherwise")):
        given = getattr(spec, part)
        try:
            if given is not None:
                read_value(spec, given)
        except BadValue as bad:
            yield (part,), say(bad.code, bad.numbers)
    for name, column in fact.columns.items():
        try:
            if column.example:
                read_cell(column, column.example)
        except BadValue as bad:
            yield ("columns", name, "example"), say(bad.code, bad.numbers)


def _question_problems(standard: Standard, source: Source) -> Iterator[Problem]:
    asked = Counter(fact for question in standard.questions for fact in question.facts)
    ids = Counter(question.id for question in standard.questions)
    written = source.part(("questions",))
    numbers = {item["id"]: number for number, item in enumerate(written)}
    for question in standard.questions:
        if question.id not in numbers:
            continue  # made from the tree: a question about lost points
        path: Path = ("questions", numbers[question.id])
        if question.section not in standard.sections:
            yield _problem(source, path, "section_unknown", section=question.section)
        if ids[question.id] > 1:
            yield _problem(source, path, "question_twice", id=question.id)
        yield from _asking_problems(standard, source, path, question, asked)
    for name in standard.facts:
        if name not in asked:
            yield _problem(source, ("facts", name), "never_asked", fact=name)


def _asking_problems(
    standard: Standard, source: Source, path: Path, question: Question, asked: Counter[str]
) -> Iterator[Problem]:
    for name in question.facts:
        at, fact = source.find((*path, "facts"), name), standard.facts.get(name)
        if fact is None:
            yield _problem(source, at, "fact_unknown", code=question.id, fact=name)
            continue
        if asked[name] > 1:
            yield _problem(source, at, "asked_twice", fact=name)
        label = fact.short or fact.label
        picked = fact.type is Kind.YESNO and len(question.facts) > 1
        if picked and len(label) > LABEL_LIMIT:
            at = ("facts", name, "label")
            yield _problem(source, at, "pick_label", fact=name, label=label, count=len(label))


def _check_problems(standard: Standard, source: Source) -> Iterator[Problem]:
    for number, check in enumerate(standard.checks):
        path: Path = ("checks", number)
        for need in check.needs():
            yield from _need_problems(standard, source, path, check.kind, need)
