"""Answers to other questions in the message that answers the open one: each that is certain is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from dialogs.agenda import Item
from dialogs.answers import read_cell
from dialogs.doubts.recording import record
from dialogs.effects import Effect, RecordAnswer
from dialogs.intake import take
from dialogs.names import named
from dialogs.several.weaving import in_front, lead_of
from dialogs.step import Step
from dialogs.talk import Talk
from dialogs.texts.prose import asks_prose
from dialogs.understand.clauses import clauses, name_and_value
from dialogs.understand.command import Command
from dialogs.understand.mention import key, question_number, without_old_figure
from dialogs.understand.reading import Ask
from scoring.questionnaire import Kind
from scoring.standard import Standard
from scoring.values import Value

_FIGURES = {Kind.MONEY, Kind.PERCENT, Kind.NUMBER, Kind.COUNT, Kind.DATE}
_CERTAIN = 4
_FEWEST = 2


def beside(talk: Talk, item: Item, text: str, command: Command | None) -> Step | None:
    """The step of a message that names facts of other questions; None where it names none."""
    if command is not None or _asks_words(talk, item):
        return None
    others, rest = _parted(talk, item, text)
    if not others:
        return None
    first = record(talk, others, text)
    return _both(talk, first, rest, text, lambda t, r: take(t, item, r, None)) if rest else first


def several(
    talk: Talk, text: str, command: Command | None, said: Callable[[Talk, str], Step]
) -> Step | None:
    """The step of a message with several corrections; None for a single one. `said` gives the
    step of a whole message."""
    if command is None or command.name != "set" or len(_pairs(text)) < _FEWEST:
        return None
    others, rest = _parted(talk, None, text)
    item = talk.current
    if not others or (rest and item is not None and _asks_words(talk, item)):
        return None
    first = record(talk, others, text)
    return _both(talk, first, rest, text, said) if rest else first


def _pairs(text: str) -> list[tuple[str, str]]:
    return [pair for clause in clauses(text) if (pair := name_and_value(clause))]


def _asks_words(talk: Talk, item: Item) -> bool:
    """Whether an item wants any words, which may name other facts and their figures."""
    facts = talk.case.standard.facts
    words = [n for n in item.facts if facts[n].type is Kind.TEXT and not facts[n].digits]
    return bool(words) or asks_prose(talk, item) or bool(item.columns)


def _parted(talk: Talk, item: Item | None, text: str) -> tuple[dict[str, Value], str]:
    """The values of other facts, and what is left of the message for the open question."""
    others: dict[str, Value] = {}
    rest: list[str] = []
    for clause in clauses(text):
        found = _other(talk, item, clause) or _sibling(talk, item, clause, others)
        if found is None or found[0] in others:
            rest.append(clause)
        else:
            others[found[0]] = found[1]
    return others, "\n".join(rest)


def _other(talk: Talk, item: Item | None, clause: str) -> tuple[str, Value] | None:
    """The fact of another question that a clause surely names, with its value."""
    pair = name_and_value(clause)
    if pair is None:
        return None
    standard, said = talk.case.standard, without_old_figure(pair[0])
    fact = _by_number(standard, pair[0]) or _by_name(standard, said)
    if not fact or (item is not None and (fact in item.question.facts or _is_of(talk, item, said))):
        return None
    return _value(talk, fact, pair[1])


def _by_name(standard: Standard, said: str) -> str:
    """The one fact that is surely called so: by a whole name, or by four letters of one."""
    found = [each for each in named(standard, said) if not each.is_gate]
    if len(found) != 1 or not found[0].fact:
        return ""
    sure = key(said) in found[0].names or len(key(said)) >= _CERTAIN
    return found[0].fact if sure else ""


def _by_number(standard: Standard, said: str) -> str:
    """The fact of a question with that number, if it asks for one alone."""
    number = question_number(said)
    facts = [q.facts for q in standard.questions if standard.number_of[q.id] == number]
    return facts[0][0] if facts and len(facts[0]) == 1 else ""


def _value(talk: Talk, fact: str, value: str) -> tuple[str, Value] | None:
    """The fact with its value, where that is a figure that can be read and the fact is asked."""
    standard = talk.case.standard
    spec, asked = standard.facts[fact], talk.edited(standard.question_of[fact].id)
    if spec.type not in _FIGURES or asked is None or fact not in asked.facts:
        return None
    got = read_cell(spec, value, talk.today)
    return None if isinstance(got, Ask) else (fact, got.value)


def _sibling(
    talk: Talk, item: Item | None, clause: str, others: Mapping[str, Value]
) -> tuple[str, Value] | None:
    """The fact beside the one that was named last: of 采购计划120万，实际98万 the second."""
    pair, facts = name_and_value(clause), talk.case.standard.facts
    if pair is None or not others:
        return None
    said, question = key(pair[0]), talk.case.standard.question_of[list(others)[-1]]
    meant = [name for name in question.facts if said in key(facts[name].label)]
    if len(meant) != 1 or meant[0] in others or (item and _is_of(talk, item, pair[0])):
        return None
    return _value(talk, meant[0], pair[1])


def _is_of(talk: Talk, item: Item, said: str) -> bool:
    """Whether a name may be meant for the open question, too."""
    labels = [key(talk.case.standard.facts[name].label) for name in item.question.facts]
    return any(key(said) in label for label in labels)


def _both(
    talk: Talk, first: Step, rest: str, text: str, answer: Callable[[Talk, str], Step]
) -> Step:
    """What was named and the step of the rest of the message, in one record and one bubble."""
    made = next(each for each in first.effects if isinstance(each, RecordAnswer))
    state = first.state.but(asked=talk.state.asked, editing=talk.state.editing)
    second = answer(talk.after(made.values, state), rest)
    answered = next((e for e in second.effects if isinstance(e, RecordAnswer)), None)
    if answered is None:
        effects: tuple[Effect, ...] = (made, *second.effects)
    else:
        whole = _merged(made, answered, text)
        effects = tuple(whole if each is answered else each for each in second.effects)
    return Step(second.state, effects, in_front(second.bubbles, lead_of(first.bubbles)))


def _merged(made: RecordAnswer, answered: RecordAnswer, text: str) -> RecordAnswer:
    values: Mapping[str, Value | None] = {**made.values, **answered.values}
    return replace(answered, values=values, raw=text, earlier={**made.earlier, **answered.earlier})
