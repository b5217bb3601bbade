"""An answer and a command in one message: the answer is kept, and the command is answered with it."""

from __future__ import annotations

from collections.abc import Callable

from dialogs.bubbles import Bubble, Words
from dialogs.commands import COMMANDS
from dialogs.describing import noted
from dialogs.effects import RecordAnswer
from dialogs.hands.helping import instead
from dialogs.several.weaving import before_question, in_front
from dialogs.step import Step
from dialogs.talk import Talk
from dialogs.texts.prose import asks_prose
from dialogs.understand.command import Command
from dialogs.understand.tail import split_tail
from dialogs.wording import say

_NEXT = {"skip", "continue", "thanks", "wait", "later"}
_GOING = {"back", "submit", "delegate"}


def alongside(
    talk: Talk, text: str, command: Command | None, said: Callable[[Talk, str], Step]
) -> Step | None:
    """The step of a message that ends in a command; None where it doesn't. `said` gives the step
    of a whole message."""
    if command is not None and command.name != "set":
        return None
    if split_tail(text) is None:
        return None  # as mostly; then what is being asked need not be known
    split = split_tail(text, prose=asks_prose(talk, talk.current))
    if split is None:
        return None
    body, behind = split
    step = said(talk, body)
    if behind.name in _NEXT or behind.name not in COMMANDS or _asks_back(talk, step):
        return step
    if talk.limit is not None and (told := instead(_after(talk, step), behind.name)):
        # 送审 of who only helps says no more than that they are done.
        words = "" if behind.name == "submit" else told
        return Step(step.state, step.effects, before_question(step.bubbles, words))
    if behind.name in _GOING:
        return _going(talk, step, behind)
    reply = COMMANDS[behind.name](_after(talk, step), behind)
    bubbles = before_question(step.bubbles, _words(reply.bubbles))
    return Step(step.state, (*step.effects, *reply.effects), bubbles)


def _asks_back(talk: Talk, step: Step) -> bool:
    """Whether something must be settled first, such as a figure that looks mistyped."""
    return bool(step.state.pending) and step.state.pending != talk.state.pending


def _after(talk: Talk, step: Step) -> Talk:
    """The talk once the step has been carried out."""
    for effect in step.effects:
        if isinstance(effect, RecordAnswer):
            talk = talk.after(effect.values, step.state)
    return talk.with_state(step.state)


def _going(talk: Talk, step: Step, behind: Command) -> Step:
    """A command that leads elsewhere: what was noted is said in short, then it is carried out."""
    made = next((e for e in step.effects if isinstance(e, RecordAnswer)), None)
    if made is None:
        return step
    then = COMMANDS[behind.name](_after(talk, step), behind)
    given = {name: value for name, value in made.values.items() if value is not None}
    lead = say("noted", what=noted(given, talk.case.standard))
    told = in_front(then.bubbles, lead, "\n\n")
    return Step(then.state, (*step.effects, *then.effects), told)


def _words(bubbles: tuple[Bubble, ...]) -> str:
    return "\n".join(bubble.text for bubble in bubbles if isinstance(bubble, Words))
