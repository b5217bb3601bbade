"""A message that was sent before one that is answered already: which question is it for?

It happens when the first delivery of a message failed and the next one was faster.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from dialogs.bubbles import Bubble, Buttons, Choice, Words
from dialogs.commands import COMMANDS
from dialogs.events import Chosen, Event, Said
from dialogs.intake import take
from dialogs.replies import ask_next, start_editing
from dialogs.step import Step
from dialogs.talk import Talk
from dialogs.understand.command import LAST, Command, read_command
from dialogs.understand.tardy import meant_number, says_leave_it
from dialogs.wording import say, shortened
from scoring.questionnaire import Question

KIND = "tardy"
_BEFORE, _NOW, _NOT = "before", "now", "not"
_ANSWERING = {"set", "skip", "back", "undo", "na", "agree", "adopt", "same", "as_last_year"}
_SHOWN = 30
_AHEAD = timedelta(hours=1)


def heard(talk: Talk, event: Event, step: Step) -> Step:
    """The step with a note of when this person was heard last, by the clock that dates messages."""
    at, before = event.at or talk.now, _sent(talk)
    newest = max(at, before) if before else at
    return replace(step, state=step.state.but(sent=newest.isoformat()))


def tardy(talk: Talk, event: Event) -> Step | None:
    """Asks which question a message is for that was overtaken by the one after it; None for
    messages in order, and for words that answer nothing."""
    before = _sent(talk)
    if not isinstance(event, Said) or event.at is None or before is None or event.at >= before:
        return None
    command = read_command(event.text)
    if command and command.name in COMMANDS and not _answers(command):
        return None
    earlier, item = _answered_last(talk), talk.current
    if earlier is None or item is None or earlier.id == item.question.id:
        return None
    state = talk.state.but(pending={"kind": KIND, "text": event.text, "question": earlier.id})
    return Step(state, (), again(talk.with_state(state)))


def again(talk: Talk) -> tuple[Bubble, ...]:
    """For which question the message is that waits; nothing where there is none to choose."""
    earlier, item = talk.question(str(talk.state.pending["question"])), talk.current
    if earlier is None or item is None:
        return ()
    numbers = {"before": talk.number(earlier), "now": talk.number(item.question)}
    words = say("tardy", text=shortened(str(talk.state.pending["text"]), _SHOWN), **numbers)
    if talk.case.person.text_only:
        return (Words(words + say("tardy_how", **numbers)),)
    choices = tuple(Choice(each, say(f"tardy_{each}", **numbers)) for each in (_BEFORE, _NOW, _NOT))
    return (Buttons(KIND, say("tardy_title"), words, choices),)


def _answers(command: Command) -> bool:
    """Whether a command means the open question or the last answer; one that names what it is
    about does so however late it comes."""
    return command.name in _ANSWERING and (command.name != "set" or command.target == LAST)


def _sent(talk: Talk) -> datetime | None:
    at = datetime.fromisoformat(talk.state.sent) if talk.state.sent else None
    # A clock that was wrong once must not make all that follows late.
    return at if at and at < talk.now + _AHEAD else None


def _answered_last(talk: Talk) -> Question | None:
    change = talk.case.last_change
    names = list(change.before) if change else []
    return talk.case.standard.question_of.get(names[0]) if names else None


def click(talk: Talk, event: Chosen) -> Step:
    """The choice by card."""
    return _settle(talk, event.options[0] if event.options else "")


def resume(talk: Talk, text: str) -> Step | None:
    """The choice in words; None for all else."""
    question, item = talk.question(str(talk.state.pending.get("question"))), talk.current
    number = meant_number(text)
    if question and number == talk.number(question):
        return _settle(talk, _BEFORE)
    if item and number == talk.number(item.question):
        return _settle(talk, _NOW)
    return _settle(talk, _NOT) if says_leave_it(text) else None


def _settle(talk: Talk, choice: str) -> Step:
    pending, fresh = talk.state.pending, talk.with_state(talk.state.but(pending={}))
    if pending.get("kind") != KIND:
        return ask_next(talk, say("card_gone"))
    earlier = talk.edited(str(pending["question"]))
    item = {_BEFORE: earlier, _NOW: talk.current}.get(choice)
    if item is None:
        return ask_next(fresh, say("tardy_dropped"))
    text = str(pending["text"])
    command = read_command(text)
    if command and choice == _BEFORE:
        # What was wanted before that answer was given: it is shown, to be said again.
        return start_editing(fresh, item.question.id)
    if command and command.name in COMMANDS:
        return COMMANDS[command.name](fresh, command)
    return take(fresh, item, text, command)
