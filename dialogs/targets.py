"""Which question or fact somebody means by a number, a code, a name or an old value."""

from __future__ import annotations

from dataclasses import dataclass

from dialogs.answers import read_cell
from dialogs.talk import Talk
from dialogs.understand.mention import bare, question_number, without_old_figure
from dialogs.understand.plain_text import narrow
from dialogs.understand.reading import Ask
from scoring.questionnaire import Kind, Question
from scoring.standard import Standard
from scoring.values import Count, Money, Number, Percent, Value

_FIGURES = {Kind.MONEY, Kind.PERCENT, Kind.NUMBER, Kind.COUNT}


@dataclass(frozen=True)
class Target:
    """A question, and one of its facts where a fact was named."""

    question: Question
    fact: str = ""


def find(standard: Standard, said: str) -> tuple[Target, ...]:
    """The questions that may be meant, best first; one if it is clear, none if unknown.

    Understands 12, 第12题, an indicator's code or name, and labels of facts, whole or in part,
    also with the old figure behind.
    """
    typed, number = bare(said), question_number(said)
    if number is not None:
        return tuple(Target(q) for q in standard.questions if standard.number_of[q.id] == number)
    found = _by_indicator(standard, typed) or _by_label(standard, typed)
    name = without_old_figure(said)
    return found if found or name == typed else _by_label(standard, name)


def holding(talk: Talk, said: str) -> tuple[Target, ...]:
    """The facts whose answer now is the figure that was said."""
    standard = talk.case.standard
    found = []
    for name, value in talk.answers.items():
        if standard.facts[name].type not in _FIGURES:
            continue
        got = read_cell(standard.facts[name], said, talk.today)
        if not isinstance(got, Ask) and _figure(got.value) == _figure(value) is not None:
            found.append(Target(standard.question_of[name], name))
    return tuple(found)


def _figure(value: Value) -> object:
    match value:
        case Money(yuan=figure) | Percent(value=figure) | Number(value=figure):
            return figure
        case Count(value=count):
            return count
    return None


def _by_indicator(standard: Standard, typed: str) -> tuple[Target, ...]:
    codes = [
        node.code
        for node in standard.indicators
        if typed.upper() == node.code or typed in (node.name, *node.aliases)
    ]
    found: dict[str, Target] = {}
    for code in codes:
        rule = standard.nodes[code].rule
        for fact in rule.facts() if rule else ():
            question = standard.question_of[fact]
            found.setdefault(question.id, Target(question))
    return tuple(found.values())


def _by_label(standard: Standard, typed: str) -> tuple[Target, ...]:
    if len(typed) < 2:
        return ()
    ranked: list[tuple[int, int, str]] = []
    for order, (name, fact) in enumerate(standard.facts.items()):
        labels = [narrow(label) for label in (fact.label, fact.short) if label]
        if any(typed == label or typed == label.split("(")[0] for label in labels):
            return (Target(standard.question_of[name], name),)
        if any(typed in label for label in labels) and not name.startswith("lost_"):
            ranked.append((min(len(label) for label in labels), order, name))
    return tuple(Target(standard.question_of[name], name) for _, _, name in sorted(ranked))
