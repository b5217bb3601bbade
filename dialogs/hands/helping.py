"""The interview of a colleague who helps with some questions (协办).

The same machine asks and understands; here stands what is different: the offer is accepted or
declined, questions go back, and nothing outside of what was handed over is shown or changed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from dialogs.bubbles import Words
from dialogs.commands import COMMANDS
from dialogs.effects import AnswerHand, EndHand, PreferText, RecordAnswer
from dialogs.events import Chosen, Event, Opened, Photo, Said, Unreadable
from dialogs.hands.giving_back import BACK_CARD, BACK_KIND, click_back, give_back, resume_back
from dialogs.hands.held import ACTIVE, OFFERED, hand_of_card, holders, mine
from dialogs.hands.lines import giver_of, hand_line
from dialogs.hands.offers import accept, click_offer, decline, offer_bubbles, offer_waits
from dialogs.hands.scopes import open_in
from dialogs.replies import ask_next, repeat
from dialogs.step import Step
from dialogs.supposing.assuming import Unclear, assume
from dialogs.talk import Talk
from dialogs.understand.asking import asked_in_words
from dialogs.understand.command import Command, read_command
from dialogs.understand.handing import ASK, GIVE, LIST, read_wish
from dialogs.understand.helping import read_reply, says_accepted, says_finished, says_refused
from dialogs.understand.names import find_people
from dialogs.understand.plain_text import clean
from dialogs.understand.supposing import read_supposition
from dialogs.wording import join, say

GoOn = Callable[[Talk, Event], Step]
_ALLOWED = {
    "back",
    "skip",
    "edit",
    "set",
    "undo",
    "cancel",
    "continue",
    "why",
    "whatif",
    "same",
    "as_last_year",
    "own",
    "wait",
    "later",
    "thanks",
    "text_only",
    "cards",
    "unknown",
    "delegate",
}
_DONE = ("done", "submit")
_INSTEAD = {"help": "help_help", "score": "help_no_score"}


def turn(talk: Talk, event: Event, go_on: GoOn) -> Step:
    """What follows from an event of a colleague; `go_on` is the interview of a contact."""
    if talk.case.form.state != "drafting":
        return repeat(talk, say("help_closed", giver=giver_of(talk)))
    # What came back from a reviewer is put to the contact, point by point, not to helpers.
    talk = Talk(talk.state, replace(talk.case, returned=()), talk.now)
    if isinstance(event, Chosen):
        return _chosen(talk, event, go_on)
    if not mine(talk.case, *ACTIVE):
        return repeat(talk, say("help_none"))
    match event:
        case Opened():
            return greet(talk)
        case Photo() | Unreadable(kind="file"):
            return repeat(talk, say("help_no_files", giver=giver_of(talk)))
        case Said(text=text) if clean(text):
            return _said(talk, text, event, go_on)
    return guarded(talk, go_on(talk, event))


def greet(talk: Talk) -> Step:
    """What was offered, or how much is left and the next question."""
    waits = mine(talk.case, OFFERED)
    if waits and not mine(talk.case):
        return Step(talk.state, (), offer_bubbles(talk, waits))
    left = open_in(talk, list(talk.limit or ()))
    told = {"name": talk.case.person.name, "giver": giver_of(talk), "left": len(left)}
    return ask_next(talk, say("help_greet", **told) if left and talk.current else "")


def _chosen(talk: Talk, event: Chosen, go_on: GoOn) -> Step:
    if hand_of_card(event.card) is not None:
        return click_offer(talk, event)
    if not mine(talk.case, *ACTIVE):
        return repeat(talk, say("help_none"))
    if event.card.startswith(BACK_CARD):
        return click_back(talk, event)
    question = event.card.removeprefix("ask:").split(".")[0]
    if talk.question(question) and not talk.concerns(question):
        return ask_next(talk, _not_yours(talk, question))
    return guarded(talk, go_on(talk, event))


def _said(talk: Talk, text: str, event: Event, go_on: GoOn) -> Step:
    waits, held = mine(talk.case, OFFERED), mine(talk.case)
    idle = not talk.current and not talk.state.pending
    reply = read_reply(text, alone=idle) if waits else None
    if reply and (idle or reply.yes or says_refused(text)):
        return accept(talk, waits) if reply.yes else decline(talk, waits, reply.words)
    if not held:
        return offer_waits(talk, waits)
    if says_accepted(text):
        return ask_next(talk, say("help_accepted_already"))
    if talk.state.pending.get("kind") == BACK_KIND:
        step = resume_back(talk, text)
        if step:
            return step
    step = give_back(talk, text) or _commanded(talk, text)
    if step:
        return step
    command = read_command(text)
    lost = _lost_question(talk)
    if lost:
        return lost
    if waits and idle and _is_no_wish(command):
        return offer_waits(talk, waits)
    if not talk.state.asked and not talk.state.pending and _is_no_wish(command):
        return greet(talk)
    return guarded(talk, go_on(talk, event))


def _is_no_wish(command: Command | None) -> bool:
    return command is None or command.name in ("continue", *_DONE)


def _lost_question(talk: Talk) -> Step | None:
    """The question shown last went back to the contact meanwhile: what was typed for it is not
    taken for another one."""
    asked = talk.state.editing or talk.state.asked.split(".")[0]
    question = talk.question(asked)
    if question is None or talk.concerns(asked):
        return None
    state = talk.state.but(asked="", editing="", pending={})
    return ask_next(talk.with_state(state), say("help_moved_on", number=talk.number(question)))


def _commanded(talk: Talk, text: str) -> Step | None:
    """What a colleague is told in another way than a contact; None for all else."""
    command = read_command(text)
    name = command.name if command else asked_in_words(text)
    wish = read_wish(text)
    if wish and wish.kind == LIST and not wish.whom and not wish.what:
        return repeat(talk, _progress(talk))
    if wish and wish.kind == GIVE and wish.sure and not _asks_words(talk):
        return repeat(talk, say("help_not_allowed", giver=giver_of(talk)))
    if (
        wish
        and wish.kind == ASK
        and not _asks_words(talk)
        and find_people(talk.case.people, wish.whom)
    ):
        return repeat(talk, say("help_ask", whom=wish.whom, giver=giver_of(talk)))
    if name in ("progress", "help"):
        return repeat(talk, instead(talk, name))
    if name == "unknown" and not (command and command.target):
        return repeat(talk, say("help_unknown", giver=giver_of(talk)))
    if (name in _DONE or says_finished(text)) and not talk.state.drafts and not talk.state.texts:
        return _finished(talk)
    if command and name == "whatif" and _supposes_others(talk, command):
        return repeat(talk, say("help_no_score", giver=giver_of(talk)))
    if name in COMMANDS and name not in _ALLOWED:
        return repeat(talk, instead(talk, name))
    return None


def instead(talk: Talk, name: str) -> str:
    """What a colleague is told where a contact would see the whole form, or decide about it; ""
    for a command that is theirs, too."""
    if name == "progress":
        return _progress(talk)
    if name in _ALLOWED:
        return ""
    return say(_INSTEAD.get(name, "help_not_allowed"), giver=giver_of(talk))


def _supposes_others(talk: Talk, command: Command) -> bool:
    """Whether a supposition is about answers that were not handed over."""
    try:
        supposed = assume(talk, read_supposition(command.value) or ())
    except Unclear:
        return False
    asked_by = talk.case.standard.question_of
    return any(not talk.concerns(asked_by[name].id) for name in supposed.values)


def _asks_words(talk: Talk) -> bool:
    item = talk.current
    facts = talk.case.standard.facts
    return item is not None and any(facts[name].type in ("text", "rows") for name in item.facts)


def _finished(talk: Talk) -> Step:
    """完成: thanks, or what is left."""
    left = open_in(talk, list(talk.limit or ()))
    lead = say("help_left", left=len(left)) if talk.current else ""
    return ask_next(talk.with_state(talk.state.but(pending={})), lead)


def _progress(talk: Talk) -> str:
    head = say("help_progress", giver=giver_of(talk), deadline=talk.deadline)
    return "\n".join([head, *(hand_line(talk, hand) for hand in mine(talk.case, *ACTIVE))])


def guarded(talk: Talk, step: Step) -> Step:
    """The step, unless it would change, ask or do what was not handed over: then it is said who
    is to be asked, and nothing has happened."""
    outside = _outside(talk, step)
    if outside is None:
        return step
    state = talk.state.but(pending={})
    return Step(state, (), (Words(outside),))


def _outside(talk: Talk, step: Step) -> str | None:
    """Why a step can't be; None where it can."""
    editing = step.state.editing
    if editing and not talk.concerns(editing):
        return _not_yours(talk, editing)
    for effect in step.effects:
        if isinstance(effect, RecordAnswer):
            question = _foreign(talk, effect)
            if question:
                return _not_yours(talk, question)
        elif not isinstance(effect, AnswerHand | EndHand | PreferText):
            return say("help_not_allowed", giver=giver_of(talk))
    return None


def _foreign(talk: Talk, effect: RecordAnswer) -> str:
    """A question outside of theirs that an effect would answer; "" if there is none. What hangs
    on their answers may be taken back with it."""
    asked_by = talk.case.standard.question_of
    facts = [name for name in effect.values if name not in effect.earlier]
    return next((asked_by[n].id for n in facts if not talk.concerns(asked_by[n].id)), "")


def _not_yours(talk: Talk, question_id: str) -> str:
    question = talk.question(question_id)
    names = holders(talk.case, question_id) or [giver_of(talk)]
    number = talk.number(question) if question else 0
    return say("help_not_yours", number=number, names=join(names))
