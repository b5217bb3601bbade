"""`jixiao standard`: what a standard asks, and whether its files are sound."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import click

from bot.commands.examples import example_of
from bot.commands.phrases import say
from bot.commands.refusal import refusing
from bot.commands.score import DEFAULT
from scoring.loading import built_in, load
from scoring.questionnaire import Column, Condition, Fact
from scoring.standard import Standard
from scoring.values import decimal_text


@click.group("standard", help=say("help_standard"))
def standard_group() -> None:
    """Commands about standards."""


@standard_group.command("list", help=say("help_list"))
@refusing
def list_standards() -> None:
    """Prints the built-in standards."""
    for name in built_in():
        click.echo(say("listed", {"id": name, "name": load(name).name}))


@standard_group.command("check", help=say("help_check"))
@click.argument("folder")
@refusing
def check(folder: str) -> None:
    """Prints OK, or every problem of the standard in a folder."""
    loaded = load(folder)
    counts = {
        "indicators": len(loaded.indicators),
        "facts": len(loaded.facts),
        "questions": len(loaded.questions),
    }
    click.echo(say("fine", {"name": loaded.name, **counts}))


@standard_group.command("facts", help=say("help_facts"))
@click.option("--standard", default=DEFAULT, show_default=True, help=say("help_option_standard"))
@click.option("--json", "as_json", is_flag=True, help=say("help_option_json"))
@refusing
def facts(standard: str, as_json: bool) -> None:
    """Prints every fact of a standard."""
    loaded = load(standard)
    described = [
        _described(loaded, name) for question in loaded.questions for name in question.facts
    ]
    if as_json:
        click.echo(json.dumps(described, ensure_ascii=False, indent=2))
        return
    for fact in described:
        for line in _lines(fact):
            click.echo(line)


def _described(standard: Standard, name: str) -> dict[str, Any]:
    fact, question = standard.facts[name], standard.question_of[name]
    return {
        "id": name,
        "type": fact.type.value,
        "unit": fact.unit,
        "label": fact.label,
        "question": question.ask,
        "question_number": standard.number_of[question.id],
        "question_id": question.id,
        "section": standard.sections[question.section].name,
        "indicators": list(standard.feeds[name]),
        "example": example_of(fact),
        "optional": fact.optional,
        "na": fact.na,
        **_bounds(fact),
        "options": {letter: o.text or o.label for letter, o in fact.options.items()},
        "columns": {column: _column(spec) for column, spec in fact.columns.items()},
        "when": _when(standard, fact),
        "keeper": fact.keeper,
        "stands_in": fact.stands_in,
    }


def _column(column: Column) -> dict[str, Any]:
    return {
        "label": column.label,
        "type": column.type.value,
        "unit": column.unit,
        "optional": column.optional,
        **_bounds(column),
    }


def _bounds(spec: Fact | Column) -> dict[str, str | None]:
    """The least and the greatest figure, as text; money in 元."""
    given = {"min": spec.min, "max": spec.max}
    return {name: None if one is None else decimal_text(one) for name, one in given.items()}


def _when(standard: Standard, fact: Fact) -> str:
    return say("when_and").join(_condition(standard, condition) for condition in fact.when)


def _condition(standard: Standard, condition: Condition) -> str:
    if condition.lost:
        return say("when_lost", {"code": condition.lost})
    label = standard.facts[condition.fact].label
    if condition.equals is not None:
        return say("when_yes" if condition.equals else "when_no", {"label": label})
    if condition.below_full is not None:
        return say("when_below_full" if condition.below_full else "when_full", {"label": label})
    above = condition.above is not None
    number = condition.above if above else condition.below
    numbers = {"label": label, "number": decimal_text(number) if number is not None else ""}
    return say("when_above" if above else "when_below", numbers)


def _lines(fact: dict[str, Any]) -> Iterator[str]:
    yield say("fact_line", {"fact": fact["id"], "label": fact["label"], "type": _kind(fact)})
    question = {"number": fact["question_number"], "id": fact["question_id"]}
    yield say("fact_detail_question", {**question, "ask": fact["question"]})
    example = json.dumps(fact["example"], ensure_ascii=False)
    yield say("fact_detail_example", {"example": example})
    for letter, text in fact["options"].items():
        yield say("fact_detail_option", {"letter": letter, "text": text})
    for name, column in fact["columns"].items():
        numbers = {"column": name, "label": column["label"], "type": _kind(column)}
        yield say("fact_detail_column", numbers)
    if fact["when"]:
        yield say("fact_detail_when", {"when": fact["when"]})
    if fact["indicators"]:
        yield say("fact_detail_feeds", {"codes": fact["indicators"]})
    if fact["keeper"]:
        yield say("fact_detail_keeper", {"keeper": fact["keeper"]})
    if fact["stands_in"]:
        yield say("fact_detail_stands_in", {"place": fact["stands_in"]})


def _kind(spec: dict[str, Any]) -> str:
    words = [say(f"type_{spec['type']}")]
    if spec["optional"]:
        words.append(say("fact_detail_optional"))
    return say("kind_joint").join(words)
