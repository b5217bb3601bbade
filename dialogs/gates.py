"""有没有 changed in passing: 没有租金了, 其实有资产处置, without ticking all the others again."""

from __future__ import annotations

from dialogs.agenda import Item
from dialogs.replies import keep
from dialogs.step import Step
from dialogs.talk import Talk
from dialogs.understand.aside import without_rest_right
from dialogs.understand.command import Command
from dialogs.understand.gates import said_of_gate
from dialogs.understand.mention import key
from scoring.questionnaire import Kind
from scoring.values import YesNo


def gate(talk: Talk, text: str, command: Command | None) -> Step | None:
    """The step that turns one answered 有没有, where nothing else is asked than what hangs on it;
    None for all other messages."""
    said = said_of_gate(without_rest_right(text))
    if said is None or (command is not None and not (command.name == "set" and said[1])):
        return None
    found = [name for name in _gates(talk) if key(said[0]) in _names(talk, name)]
    if len(found) != 1:
        return None
    question, value = talk.case.standard.question_of[found[0]], YesNo(said[1])
    if talk.answers[found[0]] == value or not _is_near(talk, question.id, found[0]):
        return None
    return keep(talk, Item(question.id, question, (found[0],)), {found[0]: value}, text)


def _is_near(talk: Talk, question_id: str, name: str) -> bool:
    """Whether nothing is open, or the question of the gate, or one that is asked behind it."""
    item = talk.current
    if item is None or item.question.id == question_id:
        return True
    return not item.columns and set(item.facts) <= set(talk.case.standard.behind[name])


def _gates(talk: Talk) -> list[str]:
    """The answered facts that decide whether others are asked, in a list of such."""
    facts = talk.case.standard.facts
    several = [q for q in talk.case.standard.questions if len(q.facts) > 1]
    return [
        name
        for question in several
        for name in question.facts
        if facts[name].type is Kind.YESNO
        and name in talk.case.standard.behind
        and name in talk.answers
    ]


def _names(talk: Talk, name: str) -> str:
    fact = talk.case.standard.facts[name]
    return f"{key(fact.label)} {key(fact.short)}"
