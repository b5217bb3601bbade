"""What waits for a yes or for words: a message that came twice, a reason that is missing."""

from __future__ import annotations

from dialogs import (
    choosing,
    clash,
    composing,
    materials,
    photos,
    purging,
    scale,
    tardy,
    text_choices,
)
from dialogs.commands import COMMANDS
from dialogs.commands import purging as purging_command
from dialogs.commands.correcting import take as take_target
from dialogs.intake import take
from dialogs.replies import ask_next, keep, repeat
from dialogs.step import Step
from dialogs.talk import Talk
from dialogs.understand.command import Command
from dialogs.understand.plain_text import clean
from dialogs.understand.repeated import digest
from dialogs.understand.yesno import says_yes
from dialogs.wording import say
from scoring.values import NotApplicable


def resume(talk: Talk, text: str, command: Command | None) -> Step | None:
    """The step that a pending suggestion leads to; None where the message is about other things."""
    match talk.state.pending.get("kind"):
        case "again":
            return _again(talk, text)
        case clash.KIND:
            return clash.resume(talk, text)
        case scale.KIND:
            return scale.resume(talk, text)
        case tardy.KIND:
            return tardy.resume(talk, text)
        case composing.PENDING:
            return text_choices.resume(talk, text)
        case photos.PENDING:
            return photos.resume(talk, text, command)
        case purging.KIND:
            return purging_command.resume(talk, text, command)
        case materials.CONFIRMED:
            return _send_in(talk, text)
        case choosing.KIND:
            return choosing.resume(talk, text, take_target)
        case "na" if not (command and command.name in COMMANDS):
            return _reason(talk, text)
    return None


def _again(talk: Talk, text: str) -> Step | None:
    """A message was sent twice: 是 takes it for this question too, as does sending it again."""
    twice, item = str(talk.state.pending["text"]), talk.current
    fresh = talk.with_state(talk.state.but(pending={}, taken=""))
    yes = says_yes(text)
    meant = digest(text) == digest(twice) or yes
    if meant and item is not None:
        return take(fresh, item, twice, None)
    return None if yes is None else ask_next(fresh)


def _send_in(talk: Talk, text: str) -> Step | None:
    """Whether to send in although mandatory materials are missing."""
    yes = says_yes(text)
    if yes is None:
        return None
    if yes:
        return COMMANDS["submit"](talk, Command("submit"))
    return repeat(talk.with_state(talk.state.but(pending={})), say("submit_mandatory_dropped"))


def _reason(talk: Talk, text: str) -> Step | None:
    """不适用 was said without a reason: this is the reason."""
    item = talk.current
    if item is None or item.key != talk.state.pending.get("item"):
        return None
    return keep(talk, item, dict.fromkeys(item.facts, NotApplicable(clean(text))), text)
