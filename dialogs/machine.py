"""The conversation of a contact: one event in, one step out."""

from __future__ import annotations

from datetime import datetime

from dialogs.bubbles import Words
from dialogs.case import Case
from dialogs.clicks import click
from dialogs.commands import COMMANDS, is_meant
from dialogs.describing import noted
from dialogs.events import Chosen, Event, Opened, Said, Unreadable
from dialogs.intake import take
from dialogs.pending import resume
from dialogs.replies import ask_next, elsewhere, repeat
from dialogs.states import State
from dialogs.step import Step
from dialogs.talk import Talk
from dialogs.understand.command import read_command
from dialogs.understand.plain_text import clean
from dialogs.wording import join, phrases, say

_WHILE_AWAY = {
    "help",
    "progress",
    "score",
    "preview",
    "withdraw",
    "text_only",
    "cards",
    "thanks",
    "file",
}


def step(state: State, event: Event, case: Case, now: datetime) -> Step:
    """What follows from an event in the interview of a contact. Pure.

    The same state, event, case and time always give the same step.
    """
    talk = Talk(state, case, now)
    return _with_deadline(talk, _turn(talk, event))


def _turn(talk: Talk, event: Event) -> Step:
    match event:
        case Opened():
            return _greet(talk)
        case Unreadable(kind=kind):
            code = f"unreadable_{kind}"
            return repeat(talk, say(code if code in phrases() else "unreadable_unknown"))
        case Chosen():
            return click(talk, event)
        case Said(text=text):
            return _said(talk, text)
    raise TypeError(event)


def _with_deadline(talk: Talk, step: Step) -> Step:
    """Says once that the deadline is over; nothing is refused for that."""
    is_over = talk.now > talk.case.form.deadline and talk.case.form.state == "drafting"
    if not is_over or step.state.late:
        return step
    names = join(list(talk.case.coordinators)) or say("coordinators_default")
    told = say("deadline_over", deadline=talk.deadline, coordinators=names)
    first, *rest = step.bubbles
    bubbles = (
        (Words(f"{told}\n\n{first.text}"), *rest)
        if isinstance(first, Words)
        else (Words(told), *step.bubbles)
    )
    return Step(step.state.but(late=True), step.effects, bubbles)


def _greet(talk: Talk) -> Step:
    form, progress = talk.case.form, talk.progress
    if form.state != "drafting":
        return repeat(talk, elsewhere(talk))
    lead = say(
        "welcome_back" if talk.answers else "welcome",
        name=talk.case.person.name,
        department=form.department,
        year=form.year,
        done=progress.done,
        total=progress.total,
        low=talk.sheet.total.so_far,
        deadline=talk.deadline,
    )
    if form.returned_words:
        lead += "\n" + say("returned_note", words=form.returned_words)
    return ask_next(talk, lead)


def _is_stranger(talk: Talk) -> bool:
    """Whether the person has never been shown a question: what they say can't be an answer."""
    return not talk.state.asked and not talk.answers


def _said(talk: Talk, text: str) -> Step:
    command = read_command(text)
    if talk.case.form.state != "drafting":
        if command and command.name in _WHILE_AWAY:
            return COMMANDS[command.name](talk, command)
        return repeat(talk, elsewhere(talk))
    if not clean(text):
        return repeat(talk, say("ask_empty"))
    if _is_stranger(talk) and (command is None or command.name == "continue"):
        return _greet(talk)
    resumed = resume(talk, text, command)
    if resumed:
        return resumed
    talk = talk.with_state(talk.state.but(pending={}))
    if command and command.name in COMMANDS and is_meant(talk, command):
        return COMMANDS[command.name](talk, command)
    item = talk.current
    if item is None:
        return ask_next(talk)
    if talk.state.asked and talk.state.asked != item.key and not talk.state.editing:
        return _already(talk)
    return take(talk, item, text, command)


def _already(talk: Talk) -> Step:
    """The question shown last has been answered meanwhile, by a colleague or in another way."""
    question = talk.question(talk.state.asked.split(".")[0])
    given = {n: talk.answers[n] for n in question.facts if n in talk.answers} if question else {}
    if question is None or not given:
        return ask_next(talk)
    names = {talk.case.authors.get(name, "") for name in given} - {"", talk.case.person.name}
    what, number = noted(given, talk.case.standard), talk.number(question)
    if names:
        return ask_next(talk, say("already_by", number=number, name=join(sorted(names)), what=what))
    return ask_next(talk, say("already", number=number, what=what))
