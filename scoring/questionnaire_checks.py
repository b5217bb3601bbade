"""Whether a questionnaire fits together: its facts, conditions, examples, questions and checks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from scoring.needs import need_problems, problem_at
from scoring.plain import BadValue, read_cell, read_value
from scoring.problems import Problem
from scoring.questionnaire import LABEL_LIMIT, Condition, Fact, Kind, Question
from scoring.rules.base import FIGURES, Need
from scoring.source import Path, Source
from scoring.standard import Standard
from scoring.values import money_units
from scoring.wording import say


def questionnaire_problems(standard: Standard, source: Source) -> Iterator[Problem]:
    """All contradictions in a questionnaire."""
    yield from _fact_problems(standard, source)
    yield from _alias_problems(standard, source)
    yield from _question_problems(standard, source)
    for number, check in enumerate(standard.checks):
        for need in check.needs():
            yield from need_problems(standard, source, ("checks", number), check.kind, need)


def _fact_problems(standard: Standard, source: Source) -> Iterator[Problem]:
    for name, fact in standard.facts.items():
        path: Path = ("facts", name)
        if source.part(path) is None:
            continue  # made from the tree: a question about lost points
        for number, condition in enumerate(fact.when):
            where = (*path, "when", number)
            yield from _condition_problems(standard, source, where, name, condition)
        yield from _resting_problems(standard, source, path, name, fact)
        if _hangs_on(standard, name, name):
            yield problem_at(source, (*path, "when"), "condition_round", fact=name)
        for part, unit in _strange_units(fact):
            units = sorted(money_units())
            yield problem_at(source, (*path, *part), "unit", fact=name, given=unit, known=units)
        for part, problem in _unreadable(fact):
            yield problem_at(source, (*path, *part), "value", fact=name, problem=problem)


def _condition_problems(
    standard: Standard, source: Source, where: Path, name: str, condition: Condition
) -> Iterator[Problem]:
    if condition.lost:
        if condition.lost not in {indicator.code for indicator in standard.indicators}:
            at = (*where, "lost")
            yield problem_at(source, at, "origin_unknown", code=name, origin=condition.lost)
        return
    types = FIGURES | {Kind.CHECKLIST}
    if condition.equals is not None:
        types = frozenset({Kind.YESNO})
    elif condition.below_full is not None:
        types = frozenset({Kind.CHECKLIST})
    yield from need_problems(standard, source, where, name, Need(condition.fact, types))


def _resting_problems(
    standard: Standard, source: Source, path: Path, name: str, fact: Fact
) -> Iterator[Problem]:
    """What is wrong with the facts that a fact rests on or explains."""
    for other in fact.rests_on:
        need = Need(other, frozenset())
        yield from need_problems(standard, source, (*path, "rests_on"), name, need)
    for other in (fact.explains.figure, fact.explains.base) if fact.explains else ():
        yield from need_problems(standard, source, (*path, "explains"), name, Need(other, FIGURES))
    if name in fact.rests_on:
        yield problem_at(source, (*path, "rests_on"), "rests_on_itself", fact=name)


def _alias_problems(standard: Standard, source: Source) -> Iterator[Problem]:
    """Names that people use for more than one fact."""
    known = Counter(
        name for fact in standard.facts.values() for name in {fact.label, fact.short, *fact.aliases}
    )
    for fact, spec in standard.facts.items():
        twice = [n for n in spec.aliases if known[n] > 1 or spec.aliases.count(n) > 1]
        for alias in dict.fromkeys(twice):
            yield problem_at(
                source, ("facts", fact, "aliases"), "alias_twice", fact=fact, alias=alias
            )


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


def _strange_units(fact: Fact) -> Iterator[tuple[Path, str]]:
    """The units of amounts that are none, each with where it stands."""
    columns = {("columns", name): column for name, column in fact.columns.items()}
    for path, spec in ({(): fact} | columns).items():
        if spec.type is Kind.MONEY and spec.unit and spec.unit not in money_units():
            yield (*path, "unit"), spec.unit


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
            yield problem_at(source, path, "section_unknown", section=question.section)
        if ids[question.id] > 1:
            yield problem_at(source, path, "question_twice", id=question.id)
        yield from _asking_problems(standard, source, path, question, asked)
    for name, fact in standard.facts.items():
        if fact.cover and _counts(standard, name):
            yield problem_at(source, ("facts", name, "cover"), "cover_counts", fact=name)
        if name not in asked:
            yield problem_at(source, ("facts", name), "never_asked", fact=name)


def _counts(standard: Standard, name: str) -> bool:
    """Whether a fact decides about points, or about what else is asked."""
    conditions = (condition for fact in standard.facts.values() for condition in fact.when)
    return bool(standard.feeds.get(name)) or any(each.fact == name for each in conditions)


def _asking_problems(
    standard: Standard, source: Source, path: Path, question: Question, asked: Counter[str]
) -> Iterator[Problem]:
    for name in question.facts:
        at, fact = source.find((*path, "facts"), name), standard.facts.get(name)
        if fact is None:
            yield problem_at(source, at, "fact_unknown", code=question.id, fact=name)
            continue
        if asked[name] > 1:
            yield problem_at(source, at, "asked_twice", fact=name)
        label = fact.short or fact.label
        picked = fact.type is Kind.YESNO and len(question.facts) > 1
        if picked and len(label) > LABEL_LIMIT:
            at = ("facts", name, "label")
            yield problem_at(source, at, "pick_label", fact=name, label=label, count=len(label))
