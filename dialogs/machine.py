"""The conversation of a contact: one event in, one step out."""

from __future__ import annotations

from datetime import datetime

from dialogs import appealing, away, reminding
from dialogs.agreeing import answer_together
from dialogs.bubbles import Words
from dialogs.case import Case
from dialogs.clicks import click
from dialogs.commands import COMMANDS, is_meant
from dialogs.commands.sealing import named
from dialogs.doubts.clash import asked_first
from dialogs.doubts.scale import read_back
from dialogs.doubts.second import second
from dialogs.doubts.tardy import heard, tardy
from dialogs.events import Chosen, Event, Opened, Photo, Said, Unreadable
from dialogs.gates import gate
from dialogs.hands import helping
from dialogs.hands import wishes as handing
from dialogs.hands.opening import opened
from dialogs.intake import take
from dialogs.materials import way, welcome_line
from dialogs.pending import asked_again, resume
from dialogs.photos import photo
from dialogs.replies import ask_next, elsewhere, repeat
from dialogs.returned import guarded, points
from dialogs.secrecy import turn_away
from dialogs.settling import settling
from dialogs.several.alongside import alongside
from dialogs.several.beside import beside, several
from dialogs.several.choosing import is_which
from dialogs.states import State
from dialogs.step import Step
from dialogs.tables.opened import about_rows
from dialogs.talk import Talk
from dialogs.texts.lasting import retouched
from dialogs.texts.steering import steer
from dialogs.together import is_together
from dialogs.trail import tracked
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
    "whatif",
    "history",
}


def step(state: State, event: Event, case: Case, now: datetime) -> Step:
    """What follows from an event in the interview of a contact. Pure.

    The same state, event, case and time always give the same step.
    """
    if refused := turn_away(state, event):
        return refused
    talk = Talk(state, case, now)
    if rest := reminding.read(state, event, case.hours, now):
        return rest
    event = reminding.opened(event)
    step = tardy(talk, event) if case.form.state == "drafting" else None
    step = step or asked_first(talk, read_back(talk, guarded(talk, _turned(talk, event))))
    step = opened(talk, step)
    return heard(talk, event, _with_deadline(talk, tracked(talk, step)))


def _turned(talk: Talk, event: Event) -> Step:
    if talk.limit is not None:
        return helping.turn(talk, event, _turn)
    return _turn(talk, event)


def _turn(talk: Talk, event: Event) -> Step:
    if about := appealing.answer(talk, event):
        return about
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
    if not is_over or step.state.late or not step.bubbles or talk.limit is not None:
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
    return asked_again(talk, lead) or ask_next(talk, lead)


def _is_stranger(talk: Talk) -> bool:
    """Whether the person has never been asked anything: what they say can't be an answer."""
    return not talk.state.asked and not talk.answers and not talk.state.pending


def _said(talk: Talk, text: str) -> Step:
    command = read_command(text) or _asked(text)
    if talk.case.form.state != "drafting":
        return _away(talk, text, command)
    if not clean(text):
        return repeat(talk, say("ask_empty"))
    if _is_stranger(talk) and (
        command is None or command.name == "continue" or command.name not in COMMANDS
    ):
        return _greet(talk)
    if both := alongside(talk, text, command, _said):
        return both
    if is_which(talk.state):
        if picked := resume(talk, text, command):
            return picked
        talk = talk.with_state(talk.state.but(pending={}))
    resumed = handing.answer(talk, text) or retouched(talk, text)
    resumed = resumed or about_rows(talk, text, command)
    resumed = resumed or settling(talk, text, command)
    resumed = resumed or resume(talk, text, command)
    if resumed:
        return resumed
    talk = talk.with_state(talk.state.but(pending={}))
    if steered := steer(talk, text, command):
        return steered
    if changed := several(talk, text, command, _said) or gate(talk, text, command):
        return changed
    if command and command.name in COMMANDS and is_meant(talk, command):
        return COMMANDS[command.name](talk, command)
    return _answered(talk, text, command)


def _answered(talk: Talk, text: str, command: Command | None) -> Step:
    """What is said to the open question, or to those that were shown together."""
    if is_together(talk.state) and not talk.state.editing:
        return answer_together(talk, text, command)
    item = talk.current
    if (
        talk.state.asked
        and not talk.state.editing
        and (item is None or talk.state.asked != item.key)
    ):
        return second(talk, text, command)
    if item is None:
        # Whoever says yes or 完 to a form that is full has not said anything that gets lost.
        if command is None and talk.limit is None and not points(talk):
            return repeat(talk, say("nothing_read_done"))
        return ask_next(talk, "" if command else say("nothing_read"))
    return beside(talk, item, text, command) or take(talk, item, text, command)


def _away(talk: Talk, text: str, command: Command | None) -> Step:
    """What is said while the form is with others."""
    if command and command.name in _WHILE_AWAY:
        return COMMANDS[command.name](talk, command)
    changed = away.answer(talk, text) or (away.change(talk, command) if command else None)
    return changed or named(talk, text, command) or repeat(talk, elsewhere(talk))


def _asked(text: str) -> Command | None:
    """A command in words of the person's own."""
    name = asked_in_words(text)
    return Command(name) if name else None
