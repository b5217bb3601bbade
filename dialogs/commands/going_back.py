"""Commands that go back: 上一题, 撤销 (as often as wanted), 恢复."""

from __future__ import annotations

from dialogs.bubbles import Words
from dialogs.case import Change
from dialogs.commands.correcting import asked_before
from dialogs.describing import noted
from dialogs.replies import ask_next, repeat, start_editing, undo
from dialogs.step import Step
from dialogs.talk import Talk
from dialogs.trail import last_step, overtaken
from dialogs.understand.command import Command
from dialogs.wording import join, say


def back(talk: Talk, command: Command) -> Step:
    """上一题: the question before the open one that has an answer, which is shown, or that was
    put off."""
    here = talk.current.question.id if talk.current else ""
    put_off = {item.question.id for item in talk.items if item.key in talk.state.skipped}
    known = [
        question.id
        for question in talk.case.standard.questions
        if talk.concerns(question.id)
        and (question.id in {here, *put_off} or asked_before(talk, question))
    ]
    at = known.index(here) if here in known else len(known)
    if at == 0:
        return repeat(talk, say("back_none"))
    before = known[at - 1]
    return _taken_up(talk, before) if before in put_off else start_editing(talk, before)


def _taken_up(talk: Talk, question_id: str) -> Step:
    """A question that was put off, asked again."""
    keys = [item.key for item in talk.items if item.question.id == question_id]
    skipped = tuple(key for key in talk.state.skipped if key not in keys)
    state = talk.state.but(skipped=skipped, asked=keys[0], editing="", pending={})
    return ask_next(talk.with_state(state), say("back_skipped"))


def undo_(talk: Talk, command: Command) -> Step:
    """撤销: the last change of this person is taken back; said again, the one before it."""
    if not talk.state.trail:
        if talk.state.undone:
            return repeat(talk, say("undo_no_more"))
        change = talk.case.last_change
        return _undone(talk, change) if change and change.before else _nothing(talk)
    change = last_step(talk)
    lost = overtaken(talk)
    talk = talk.with_state(talk.state.but(trail=talk.state.trail[:-1]))
    left = {name: value for name, value in change.before.items() if name not in lost}
    if not left:
        labels = join([talk.case.standard.facts[name].label for name in lost])
        return repeat(talk, say("undo_overtaken", what=labels))
    return _undone(talk, Change(left, change.raw))


def _undone(talk: Talk, change: Change) -> Step:
    return undo(talk.with_state(talk.state.but(undone=True)), change)


def _nothing(talk: Talk) -> Step:
    return repeat(talk, say("undo_nothing"))


def redo(talk: Talk, command: Command) -> Step:
    """恢复: what was just taken back counts again."""
    change = talk.case.last_change
    if not talk.state.undone or change is None or not change.before:
        return repeat(talk, say("redo_nothing"))
    step = undo(talk.with_state(talk.state.but(undone=False)), change)
    given = {name: value for name, value in change.before.items() if value is not None}
    first, *rest = step.bubbles
    if given and isinstance(first, Words):
        told = say("undo_back", what=noted(given, talk.case.standard))
        again = say("redone", what=noted(given, talk.case.standard))
        return Step(step.state, step.effects, (Words(first.text.replace(told, again)), *rest))
    return step
