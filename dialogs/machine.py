"""The conversation of a contact: one event in, one step out."""

from __future__ import annotations

from datetime import datetime

from dialogs import away
from dialogs.agreeing import answer_together
from dialogs.bubbles import Words
from dialogs.case import Case
from dialogs.clicks import click
from dialogs.commands import COMMANDS, is_meant
from dialogs.commands.sealing import named
from dialogs.describing import noted
from dialogs.events import Chosen, Event, Opened, Photo, Said, Unreadable
from dialogs.intake import take
from dialogs.materials import way, welcome_line
from dialogs.pending import resume
from dialogs.photos import photo
from dialogs.replies import ask_next, elsewhere, repeat
from dialogs.returned import guarded, points
from dialogs.secrecy import turn_away
from dialogs.settling import settling
from dialogs.states import State
from dialogs.step import Step
from dialogs.talk import Talk
from dialogs.together import is_together
from dialogs.understand.asking import asked_in_words
from dialogs.understand.command import Command, read_command
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
    "materials",
    "seal",
    "sign_by_hand",
    "picture",
    "purge",
}


def step(state: State, event: Event, case: Case, now: datetime) -> Step:
    """What follows from an event in the interview of a contact. Pure.

    The same state, event, case and time always give the same step.
    """
    if refused := turn_away(state, event):
        return refused
    talk = Talk(state, case, now)
    return _with_deadline(talk, guarded(talk, _turn(talk, event)))


def _turn(talk: Talk, event: Event) -> Step:
    match event:
        case Opened():
            return _greet(talk)
        case Photo():
            return photo(talk, event)
        case Unreadable(kind="file"):
            return repeat(talk, say("unreadable_file") + way(talk))
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
    last = talk.case.form.due or talk.case.form.deadline
    is_over = talk.now > last and talk.case.form.is_owed
    if not is_over or step.state.late or not step.bubbles:
        return step
    names = join(list(talk.case.coordinators)) or say("coordinators_default")
    code = "deadline_over_seal" if talk.case.form.needs_seal else "deadline_over"
    told = say(code, deadline=talk.deadline, coordinators=names)
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
        files=welcome_line(talk),
        bring=say("welcome_bring") if talk.case.links.get("bring") else "",
    )
    if points(talk):
        lead += "\n" + say("points_note", count=len(points(talk)), deadline=talk.deadline)
    elif form.returned_words:
        lead += "\n" + say("returned_note", words=form.returned_words)
    return ask_next(talk, lead)


def _is_stranger(talk: Talk) -> bool:
    """Whether the person has never been asked anything: what they say can't be an answer."""
    return not talk.state.asked and not talk.answers and not talk.state.pending


def _said(talk: Talk, text: str) -> Step:
    command = read_command(text) or _asked(text)
    if talk.case.form.state != "drafting":
        if command and command.name in _WHILE_AWAY:
            return COMMANDS[command.name](talk, command)
        changed = away.answer(talk, text) or (away.change(talk, command) if command else None)
        return changed or named(talk, text, command) or repeat(talk, elsewhere(talk))
    if not clean(text):
        return repeat(talk, say("ask_empty"))
    if _is_stranger(talk) and (
        command is None or command.name == "continue" or command.name not in COMMANDS
    ):
        return _greet(talk)
    resumed = settling(talk, text, command) or resume(talk, text, command)
    if resumed:
        return resumed
    talk = talk.with_state(talk.state.but(pending={}))
    if command and command.name in COMMANDS and is_meant(talk, command):
        return COMMANDS[command.name](talk, command)
    if is_together(talk.state) and not talk.state.editing:
        return answer_together(talk, text, command)
    item = talk.current
    if item is None:
        return ask_next(talk)
    if talk.state.asked and talk.state.asked != item.key and not talk.state.editing:
        return _already(talk)
    return take(talk, item, text, command)


def _asked(text: str) -> Command | None:
    """A command in words of the person's own."""
    name = asked_in_words(text)
    return Command(name) if name else None


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
