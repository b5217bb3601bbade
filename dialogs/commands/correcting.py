"""Commands that correct: 上一题, 修改, 改成, 撤销, 取消."""

from __future__ import annotations

from dialogs.agenda import Item, asked_facts
from dialogs.answers import problem, read_answer, read_cell
from dialogs.replies import ask_next, keep, repeat, start_editing, undo
from dialogs.step import Step
from dialogs.talk import Talk
from dialogs.targets import Target, find, holding
from dialogs.understand.command import LAST, Command
from dialogs.understand.plain_text import first_clause
from dialogs.understand.reading import Ask
from dialogs.wording import join, say
from scoring.questionnaire import Kind, Question

_MOST_NAMED = 6
_RECENT = 4
_SCALARS = {Kind.MONEY, Kind.PERCENT, Kind.NUMBER, Kind.COUNT, Kind.DATE, Kind.YESNO, Kind.TEXT}


def back(talk: Talk, command: Command) -> Step:
    """上一题: the answered question before the open one, with its answer."""
    standard = talk.case.standard
    here = talk.current.question.id if talk.current else ""
    answered = [
        q.id
        for q in standard.questions
        if q.id == here
        or any(name in talk.answers for name in asked_facts(q, standard, talk.values, talk.sheet))
    ]
    at = answered.index(here) if here else len(answered)
    if at == 0:
        return repeat(talk, say("back_none"))
    return start_editing(talk, answered[at - 1])


def edit(talk: Talk, command: Command) -> Step:
    """修改: asks a question again, found by number, code or name."""
    if not command.target:
        return _which(talk)
    found = _questions(find(talk.case.standard, command.target))
    if not found:
        return repeat(talk, say("edit_unknown", target=command.target))
    if len(found) > 1:
        return _many(talk, command.target, found)
    return start_editing(talk, found[0].question.id)


def _questions(targets: tuple[Target, ...]) -> list[Target]:
    return list({target.question.id: target for target in targets}.values())


def _which(talk: Talk) -> Step:
    standard = talk.case.standard
    recent = [
        _named(talk, q, q.facts[0])
        for q in standard.questions
        if any(name in talk.answers for name in q.facts)
    ]
    return repeat(talk, say("edit_which", recent=join(recent[-_RECENT:]) or say("nothing_yet")))


def _named(talk: Talk, question: Question, fact: str) -> str:
    label = talk.case.standard.facts[fact].label
    return say("question_named", number=talk.number(question), label=label)


def _many(talk: Talk, target: str, found: list[Target]) -> Step:
    names = [_named(talk, t.question, t.fact or t.question.facts[0]) for t in found[:_MOST_NAMED]]
    number = talk.number(found[0].question)
    return repeat(talk, say("edit_many", target=target, found=join(names), number=number))


def set_(talk: Talk, command: Command) -> Step:
    """改成: changes what was named at once, and stays at the open question.

    What is meant may be named, numbered, said by its old value, or be the last answer.
    """
    found = meant(talk, command.target)
    questions = _questions(found)
    if len(questions) != 1:
        return _many(talk, command.target, questions) if questions else edit(talk, command)
    question = questions[0].question
    item = talk.edited(question.id)
    facts = [t.fact for t in found if t.fact] or list(question.facts)
    if item is None or not set(facts) & set(item.facts):
        return repeat(talk, say("edit_not_applicable", number=talk.number(question)))
    if len(facts) == 1 and talk.case.standard.facts[facts[0]].type in _SCALARS:
        return _set_one(talk, Item(item.key, question, (facts[0],)), command.value)
    return _set_all(talk, item, command.value)


def meant(talk: Talk, target: str) -> tuple[Target, ...]:
    """What is to be changed: by what was named, by its old figure, or the last answer."""
    standard, change = talk.case.standard, talk.case.last_change
    if target == LAST:
        names = list(change.before) if change else []
        return tuple(Target(standard.question_of[name], name) for name in names)
    return find(standard, target) or holding(talk, target)


def _set_one(talk: Talk, item: Item, value: str) -> Step:
    spec = talk.case.standard.facts[item.facts[0]]
    got = read_cell(spec, value, talk.today)
    if isinstance(got, Ask):
        # People add a word of apology behind the figure.
        got = read_cell(spec, first_clause(value), talk.today)
    if isinstance(got, Ask):
        return repeat(talk, problem(got) + say("answer_kept"))
    notes = ((item.facts[0], got.note),) if got.note else ()
    return keep(talk, item, {item.facts[0]: got.value}, value, notes)


def _set_all(talk: Talk, item: Item, value: str) -> Step:
    """All facts of a question from one message; where that isn't clear, the question is asked."""
    standard = talk.case.standard
    if any(standard.facts[name].type is Kind.ROWS for name in item.facts):
        return start_editing(talk, item.question.id)
    answer = read_answer(item, value, standard, talk.answers, talk.today)
    if set(answer.values) == set(item.facts) and not answer.left and not answer.asks:
        return keep(talk, item, answer.values, value, answer.notes)
    return start_editing(talk, item.question.id)


def undo_(talk: Talk, command: Command) -> Step:
    """撤销: the last change of this person is taken back."""
    change = talk.case.last_change
    if change is None or not change.before:
        return repeat(talk, say("undo_nothing"))
    return undo(talk, change)


def cancel(talk: Talk, command: Command) -> Step:
    """取消: leaves a correction; the answer stays."""
    editing = talk.state.editing
    if not editing:
        return repeat(talk, say("cancel_nothing"))
    state = talk.state.with_draft(editing, None).but(editing="", asked="", pending={})
    question = talk.question(editing)
    kept = question and any(name in talk.answers for name in question.facts)
    return ask_next(talk.with_state(state), say("edit_cancelled" if kept else "edit_dropped"))
