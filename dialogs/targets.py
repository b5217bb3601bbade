"""Which question or fact somebody means by a number, a code or a name."""

from __future__ import annotations

from dataclasses import dataclass

from dialogs.understand.plain_text import narrow
from scoring.questionnaire import Question
from scoring.standard import Standard


@dataclass(frozen=True)
class Target:
    """A question, and one of its facts where a fact was named."""

    question: Question
    fact: str = ""


def find(standard: Standard, said: str) -> tuple[Target, ...]:
    """The questions that may be meant, best first; one if it is clear, none if unknown.

    Understands 12, 第12题, an indicator's code or name, and labels of facts, whole or in part.
    """
    typed = narrow(said).strip("【】[]「」“”\"' 。")
    if typed.isdigit():
        number = int(typed)
        return tuple(Target(q) for q in standard.questions if standard.number_of[q.id] == number)
    by_code = _by_indicator(standard, typed)
    if by_code:
        return by_code
    return _by_label(standard, typed)


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
