"""Commands that move about: back, skip, edit, set, undo, cancel, go on."""

from __future__ import annotations

from dialogs.agenda import Item, asked_facts
from dialogs.answers import read_cell, with_cells
from dialogs.effects import RecordAnswer
from dialogs.replies import ask_next, keep, moved_on, repeat, start_editing, undo
from dialogs.step import Step
from dialogs.talk import Talk
from dialogs.targets import Target, find
from dialogs.understand.command import Command
from dialogs.understand.reading import Ask
from dialogs.wording import join, say
from scoring.questionnaire import Kind
from scoring.values import Rows, Text, Value


def go_on(talk: Talk, command: Command) -> Step:
    """继续: the open question once more."""
    return ask_next(talk)


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


def skip(talk: Talk, command: Command) -> Step:
    """跳过: leaves an optional item blank, puts any other off to the end."""
    item = talk.current
    if item is None:
        return repeat(talk, say("skip_nothing"))
    if talk.state.editing:
        return cancel(talk, command)
    blank = _blank(talk, item)
    if blank:
        state = moved_on(talk.state, item)
        after = talk.after(blank, state)
        return ask_next(after, say("skipped_blank"), (RecordAnswer(blank, "skip"),))
    skipped = (*(key for key in talk.state.skipped if key != item.key), item.key)
    state = moved_on(talk.state, item).but(skipped=skipped)
    return ask_next(talk.with_state(state), say("skipped"))


def _blank(talk: Talk, item: Item) -> dict[str, Value]:
    """The values that leave an optional item blank; none where something is required."""
    facts = talk.case.standard.facts
    if item.row is not None:
        columns = facts[item.facts[0]].columns
        if not all(columns[c].optional for c in item.columns):
            return {}
        rows = talk.answers[item.facts[0]]
        assert isinstance(rows, Rows)  # noqa: S101 - rows are asked of tables only
        blanks = dict.fromkeys(item.columns, Text(""))
        return {item.facts[0]: with_cells(rows, item.row, blanks)}
    if item.columns or not all(facts[name].optional for name in item.facts):
        return {}
    return {name: Text("") for name in item.facts}


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
        say("submit_gap", number=talk.number(q), label=standard.facts[q.facts[0]].label)
        for q in standard.questions
        if any(name in talk.answers for name in q.facts)
    ]
    return repeat(talk, say("edit_which", recent=join(recent[-4:]) or "\u2014"))


def _many(talk: Talk, target: str, found: list[Target]) -> Step:
    standard = talk.case.standard
    names = [
        say(
            "submit_gap",
            number=talk.number(t.question),
            label=standard.facts[t.fact or t.question.facts[0]].label,
        )
        for t in found[:6]
    ]
    number = talk.number(found[0].question)
    return repeat(talk, say("edit_many", target=target, found=join(names), number=number))


def set_(talk: Talk, command: Command) -> Step:
    """改成: changes one fact at once, and stays at the open question."""
    found = find(talk.case.standard, command.target)
    facts = [t for t in found if t.fact]
    exact = facts[0] if len(facts) == 1 or (facts and len(_questions(found)) == 1) else None
    if exact is None and len(_questions(found)) == 1 and len(found[0].question.facts) == 1:
        exact = Target(found[0].question, found[0].question.facts[0])
    if exact is None:
        return edit(talk, command)
    fact = talk.case.standard.facts[exact.fact]
    item = talk.edited(exact.question.id)
    if item is None or exact.fact not in item.facts:
        number = talk.number(exact.question)
        return repeat(talk, say("edit_not_applicable", number=number))
    if fact.type in (Kind.ROWS, Kind.CHECKLIST):
        return start_editing(talk, exact.question.id)
    got = read_cell(fact, command.value, talk.today)
    if isinstance(got, Ask):
        return repeat(talk, say(got.code, **got.numbers) + say("answer_kept"))
    notes = ((exact.fact, got.note),) if got.note else ()
    one = Item(item.key, item.question, (exact.fact,))
    return keep(talk, one, {exact.fact: got.value}, command.value, notes)


def undo_(talk: Talk, command: Command) -> Step:
    """撤销: the last change of this person is taken back."""
    change = talk.case.last_change
    if change is None or not change.before:
        return repeat(talk, say("undo_nothing"))
    return undo(talk, change)


def cancel(talk: Talk, command: Command) -> Step:
    """取消: leaves a correction; the answer stays."""
    if not talk.state.editing and not talk.state.pending:
        return repeat(talk, say("cancel_nothing"))
    state = talk.state.but(editing="", asked="", draft=(), pending={})
    return ask_next(talk.with_state(state), say("edit_cancelled"))


def unknown(talk: Talk, command: Command) -> Step:
    """不知道: says who knows, and that the question can wait."""
    item = talk.current
    keepers = [talk.case.standard.facts[n] for n in item.facts] if item else []
    known = next((fact for fact in keepers if fact.keeper), None)
    if known is None:
        return repeat(talk, say("unknown_plain"))
    where = say("unknown_where", where=known.stands_in) if known.stands_in else ""
    return repeat(talk, say("unknown_keeper", keeper=known.keeper, where=where))
