"""Whether the facts that a rule, condition or check reads are there and of the right type."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scoring.problems import Problem
from scoring.questionnaire import Kind
from scoring.rules.base import Need
from scoring.source import Path, Source
from scoring.standard import Standard


def problem_at(source: Source, path: Path, problem: str, /, **numbers: Any) -> Problem:
    """A problem on the line of `path`; `problem` is its code."""
    return Problem(source.name, source.line(path), problem, numbers)


def need_problems(
    standard: Standard, source: Source, where: Path, user: str, need: Need
) -> Iterator[Problem]:
    """What is wrong with a fact that a rule or check reads."""
    at = source.find(where, need.fact)
    fact = standard.facts.get(need.fact)
    if fact is None:
        yield problem_at(source, at, "fact_unknown", code=user, fact=need.fact)
        return
    if need.types and fact.type not in need.types:
        yield _wrong_type(source, at, user, need.fact, fact.type, need.types)
        return
    for name, types in need.columns:
        column = fact.columns.get(name)
        at = source.find(where, name)
        numbers = {"code": user, "fact": need.fact, "column": name}
        if column is None:
            yield problem_at(source, at, "column_unknown", **numbers)
        elif types and column.type not in types:
            yield _wrong_type(source, at, user, f"{need.fact}.{name}", column.type, types)
    letters, options = set(need.letters), set(fact.options)
    for letter in sorted(letters ^ options if need.exact else letters - options):
        numbers = {"code": user, "fact": need.fact, "letter": letter}
        yield problem_at(source, where, "letters_differ", **numbers)


def _wrong_type(
    source: Source, at: Path, user: str, fact: str, given: Kind, wanted: frozenset[Kind]
) -> Problem:
    numbers = {"code": user, "fact": fact, "given": given.value}
    expected = sorted(kind.value for kind in wanted)
    return problem_at(source, at, "fact_type", **numbers, expected=expected)
