"""What waits for a yes or for words: a message that came twice, a reason that is missing."""

from __future__ import annotations

from dialogs import materials, photos, purging
from dialogs.bubbles import Words
from dialogs.commands import COMMANDS, is_meant
from dialogs.commands import purging as purging_command
from dialogs.commands.correcting import take as take_target
from dialogs.doubts import clash, scale, tardy
from dialogs.intake import take
from dialogs.replies import ask_next, keep, repeat
from dialogs.several import choosing
from dialogs.several.weaving import in_front
from dialogs.step import Step
from dialogs.talk import Talk
from dialogs.texts import choices as text_choices
from dialogs.texts import composing
from dialogs.understand.command import Command
from dialogs.understand.plain_text import clean
from dialogs.understand.repeated import digest
from dialogs.understand.yesno import says_yes
from dialogs.wording import say
from scoring.values import NotApplicable

# What was typed waits in these: a look at something else in between must not lose it.
_KEPT = {clash.KIND: clash.again, scale.KIND: scale.again, tardy.KIND: tardy.again}
_LOOKING = {
    "help",
    "progress",
    "score",
    "why",
    "shown",
    "history",
    "whatif",
    "preview",
    "picture",
    "materials",
    "wait",
    "thanks",
    "grumble",
}


def resume(talk: Talk, text: str, command: Command | None) -> Step | None:
    """The step that a pending suggestion leads to; None where the message is about other things."""
    return _resumed(talk, text, command) or _looked(talk, command)


def asked_again(talk: Talk, lead: str) -> Step | None:
    """The question about what was typed, once more behind other words; None where none waits."""
    put = _KEPT.get(str(talk.state.pending.get("kind")))
    bubbles = put(talk) if put else ()
    return Step(talk.state, (), in_front(bubbles, lead, "\n\n")) if bubbles else None


def _looked(talk: Talk, command: Command | None) -> Step | None:
    """A look at something else, and then again what is to be settled first."""
    if command is None or command.name not in _LOOKING or not is_meant(talk, command):
        return None
    again = asked_again(talk, "")
    step = COMMANDS[command.name](talk, command) if again else None
    if again is None or step is None or step.state.pending != talk.state.pending:
        return None
    words = "\n".join(bubble.text for bubble in step.bubbles if isinstance(bubble, Words))
    return Step(talk.state, step.effects, in_front(again.bubbles, words, "\n\n"))


def _resumed(talk: Talk, text: str, command: Command | None) -> Step | None:
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
