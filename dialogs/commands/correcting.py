"""Commands that correct by name, number or old value: 修改, 改成, 取消."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.agenda import Item, asked_facts
from dialogs.answers import problem, read_answer, read_cell
from dialogs.replies import ask_next, keep, repeat, start_editing
from dialogs.several.choosing import which
from dialogs.step import Step
from dialogs.talk import Talk
from dialogs.targets import Target, find, fitting, guess, holding
from dialogs.understand.command import LAST, Command
from dialogs.understand.mention import old_figure
from dialogs.understand.plain_text import first_clause
from dialogs.understand.reading import Ask
from dialogs.understand.text_piece import is_figure
from dialogs.wording import join, say, shortened
from scoring.questionnaire import Kind, Question

_RECENT = 4
_SHOWN = 30
_SHORT_TEXT = 100
_SCALARS = {Kind.MONEY, Kind.PERCENT, Kind.NUMBER, Kind.COUNT, Kind.DATE, Kind.YESNO, Kind.TEXT}


def edit(talk: Talk, command: Command) -> Step:
    """修改: asks a question again, found by number, code or name."""
    if not command.target:
        return _which(talk)
    if command.target == LAST:
        last = meant(talk, LAST)
        return start_editing(talk, last[0].question.id) if last else _which(talk)
    found = _questions(find(talk.case.standard, command.target))
    if not found:
        return _unknown(talk, command)
    if len(found) > 1:
        return which(talk, command, found)
    return take(talk, found[0], command)


def take(talk: Talk, target: Target, command: Command) -> Step:
    """What was wanted, done to the one target that is meant."""
    if command.name == "set":
        return _set(talk, [target], command.value)
    lead = _said(command.value) if command.value else ""
    return start_editing(talk, target.question.id, lead)


def _questions(targets: tuple[Target, ...]) -> list[Target]:
    return list({target.question.id: target for target in reversed(targets)}.values())[::-1]


def _unknown(talk: Talk, command: Command) -> Step:
    """Nothing has that name: what resembles it is asked about."""
    alike = guess(talk.case.standard, command.target)
    if alike:
        return which(talk, command, alike, "which_alike")
    return repeat(talk, say("edit_unknown", target=shortened(command.target, _SHOWN)))


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


def set_(talk: Talk, command: Command) -> Step:
    """改成: changes what was named at once, and stays at the open question.

    What is meant may be named, numbered, said by its old value, or be the last answer.
    """
    if command.target == LAST and talk.state.editing:
        command = Command("set", str(talk.number(_open(talk))), command.value)
    found = _narrowed(talk, command, meant(talk, command.target))
    if not found:
        return _which(talk) if command.target == LAST else _unknown(talk, command)
    if len({target.question.id for target in found}) > 1:
        return which(talk, command, found)
    return _set(talk, found, command.value, command)


def _open(talk: Talk) -> Question:
    question = talk.question(talk.state.editing)
    return question or talk.case.standard.questions[0]


def meant(talk: Talk, target: str) -> tuple[Target, ...]:
    """What is to be changed: by what was named, by its old figure, or the last answer. Of several
    a colleague means their own, and is not shown the others."""
    standard = talk.case.standard
    if target == LAST:
        change = talk.case.last_change
        names = list(change.before) if change else []
        return tuple(Target(standard.question_of[name], name) for name in names)
    found = find(standard, target) or holding(talk, target)
    if talk.limit is None:
        return found
    return tuple(each for each in found if talk.concerns(each.question.id)) or found[:1]


def takes(talk: Talk, found: Sequence[Target], value: str) -> bool:
    """Whether something that was named can have this value: 改为按月调度 is no figure, and whole
    tables and long texts are not changed in one word."""
    facts = talk.case.standard.facts
    return any(
        not isinstance(read_cell(facts[t.fact], said, talk.today), Ask)
        for t in found
        for said in (value, first_clause(value))
        if t.fact
        and facts[t.fact].type in _SCALARS
        and (facts[t.fact].type is not Kind.TEXT or facts[t.fact].max_chars <= _SHORT_TEXT)
    ) or any(not t.fact for t in found)


def _narrowed(talk: Talk, command: Command, found: tuple[Target, ...]) -> tuple[Target, ...]:
    """Of several those whose present figure is the old one that was said, whose type has room
    for the new value, and which have an answer that can be changed."""
    old = command.old or old_figure(command.target)
    if old and len(found) > 1:
        held = {(each.question.id, each.fact) for each in holding(talk, old)}
        found = tuple(t for t in found if (t.question.id, t.fact) in held) or found
    if len(found) > 1:
        found = fitting(talk.case.standard, found, command.value, talk.today)
    answered = tuple(t for t in found if t.fact in talk.answers)
    return answered if len(found) > 1 and answered else found


def _set(
    talk: Talk, found: list[Target] | tuple[Target, ...], value: str, command: Command | None = None
) -> Step:
    question = found[0].question
    item = talk.edited(question.id)
    named = [t.fact for t in found if t.fact]
    facts = named or list(question.facts)
    if item is None or not set(facts) & set(item.facts):
        return repeat(talk, say("edit_not_applicable", number=talk.number(question)))
    if len(facts) == 1 and talk.case.standard.facts[facts[0]].type in _SCALARS:
        return _set_one(talk, Item(item.key, question, (facts[0],)), value)
    return _set_all(talk, item, value, command)


def _set_one(talk: Talk, item: Item, value: str) -> Step:
    spec = talk.case.standard.facts[item.facts[0]]
    if spec.type is Kind.TEXT and spec.max_chars > _SHORT_TEXT and is_figure(value):
        told = say("text_odd_figure", text=shortened(value, _SHOWN), label=spec.label)
        return repeat(talk, told + say("answer_kept"))
    got = read_cell(spec, value, talk.today)
    if isinstance(got, Ask):
        # People add a word of apology behind the figure.
        shorter = read_cell(spec, first_clause(value), talk.today)
        got = got if isinstance(shorter, Ask) or _says_more(value) else shorter
    if isinstance(got, Ask):
        kept = say("answer_kept") if item.facts[0] in talk.answers else ""
        return repeat(talk, problem(got) + kept)
    notes = ((item.facts[0], got.note),) if got.note else ()
    return keep(talk, item, {item.facts[0]: got.value}, value, notes)


def _says_more(value: str) -> bool:
    """Whether another figure stands behind the first clause: it must not be lost."""
    return any(char.isdigit() for char in value.strip()[len(first_clause(value)) :])


def _set_all(talk: Talk, item: Item, value: str, command: Command | None) -> Step:
    """All facts of a question from one message; one value for several is asked which it is for."""
    standard = talk.case.standard
    if any(standard.facts[name].type is Kind.ROWS for name in item.facts):
        return start_editing(talk, item.question.id, _said(value))
    answer = read_answer(item, value, standard, talk.answers, talk.today)
    if set(answer.values) == set(item.facts) and not answer.left and not answer.asks:
        return keep(talk, item, answer.values, value, answer.notes)
    named = set(answer.values) and set(answer.values) <= set(answer.named)
    if named and not answer.left and not answer.asks:
        return keep(talk, item, answer.values, value, answer.notes)
    options = [Target(item.question, name) for name in item.facts]
    fits = fitting(standard, options, value, talk.today)
    if command is not None and 1 <= len(fits) < len(options) + 1 and _is_one(talk, fits, value):
        return _set(talk, fits, value) if len(fits) == 1 else which(talk, command, fits)
    return start_editing(talk, item.question.id, _said(value))


def _said(value: str) -> str:
    return say("edit_said", text=shortened(value, _SHOWN))


def _is_one(talk: Talk, options: tuple[Target, ...], value: str) -> bool:
    """Whether the value is one value that each of the options can take."""
    facts = talk.case.standard.facts
    return all(
        facts[t.fact].type in _SCALARS
        and not isinstance(read_cell(facts[t.fact], value, talk.today), Ask)
        for t in options
    )


def cancel(talk: Talk, command: Command) -> Step:
    """取消: leaves a correction; the answer stays."""
    editing = talk.state.editing
    if not editing:
        return repeat(talk, say("cancel_nothing"))
    state = talk.state.with_draft(editing, None).but(editing="", asked="", pending={})
    question = talk.question(editing)
    kept = question and any(name in talk.answers for name in question.facts)
    return ask_next(talk.with_state(state), say("edit_cancelled" if kept else "edit_dropped"))


def asked_before(talk: Talk, question: Question) -> bool:
    """Whether something of a question has an answer."""
    standard = talk.case.standard
    return any(n in talk.answers for n in asked_facts(question, standard, talk.answers))
