"""What the contact says or taps about a point that came back: 改好了, 没问题, a number, a word."""

from __future__ import annotations

from dataclasses import replace

from dialogs.bubbles import Words
from dialogs.case import Returned
from dialogs.commands.correcting import edit
from dialogs.effects import SettlePoint
from dialogs.events import Chosen
from dialogs.replies import ask_next, repeat, start_editing
from dialogs.returned import CARD, DONE, next_point, unsettled
from dialogs.step import Step
from dialogs.talk import Talk
from dialogs.understand.command import Command
from dialogs.understand.mention import question_number
from dialogs.understand.plain_text import clean
from dialogs.understand.returning import read_done, says_next
from dialogs.understand.yesno import says_yes
from dialogs.wording import say, shortened

_REPLY = "point_reply"
_SHOWN = 40


def settling(talk: Talk, text: str, command: Command | None) -> Step | None:
    """The step that settles a point or opens one of its questions; None for all else."""
    point = next_point(talk)
    if point is None:
        return None
    reply = read_done(text)
    if talk.state.editing:
        return None if reply is None else _left(talk, point, reply)
    if talk.current is not None:
        return None
    waits = str(talk.state.pending["text"]) if talk.state.pending.get("kind") == _REPLY else ""
    if reply is not None or (says_next(text) and not talk.state.pending):
        # 改好了 behind an answer that was about to be passed on takes it along.
        return settle(talk, point, reply or waits)
    if waits:
        return _replied(talk, point, text, command)
    number = question_number(text)
    if number is not None and command is None:
        return edit(talk, Command("edit", str(number)))
    if command is None:
        return _as_reply(talk, point, text)
    return _put_off(talk, point) if command and command.name == "skip" else None


def click(talk: Talk, event: Chosen) -> Step:
    """A button of a point's card; that of a point that is done changes nothing."""
    code = event.card.removeprefix(CARD)
    point = next((each for each in unsettled(talk) if each.indicator == code), None)
    chosen = event.options[0] if event.options else ""
    if point is None:
        return ask_next(talk, say("card_gone"))
    if chosen == DONE:
        return settle(talk, point, "")
    question = talk.question(chosen.removeprefix("q:"))
    return start_editing(talk, question.id) if question else ask_next(talk)


def settle(talk: Talk, point: Returned, reply: str) -> Step:
    """Notes that a point is done, with what is answered to the words, and shows the next."""
    done = replace(point, settled=True, reply=reply)
    changed = tuple(done if each is point else each for each in talk.case.returned)
    state = talk.state.but(pending={}, editing="", asked="")
    after = Talk(state, replace(talk.case, returned=changed), talk.now)
    left = len(unsettled(after))
    lead = say("point_settled", left=left) if left else say("points_settled", by=point.by)
    if reply:
        lead = say("point_replied", by=point.by, reply=shortened(reply, _SHOWN)) + lead
    return ask_next(after, lead, (SettlePoint(point.indicator, reply),))


def _left(talk: Talk, point: Returned, reply: str) -> Step:
    """改好了 while a question is open: the answer there stays; rows are saved or dropped first."""
    if talk.state.editing in talk.state.drafts or talk.state.editing in talk.state.texts:
        return repeat(talk, say("point_unsaved"))
    return settle(talk, point, reply)


def _as_reply(talk: Talk, point: Returned, text: str) -> Step:
    """Words that are no command may be an answer to the words of the return: it is asked."""
    pending = {"kind": _REPLY, "indicator": point.indicator, "text": clean(text)}
    told = say("point_reply_ask", by=point.by, text=shortened(text, _SHOWN))
    return Step(talk.state.but(pending=pending), (), (Words(told),))


def _replied(talk: Talk, point: Returned, text: str, command: Command | None) -> Step | None:
    yes = says_yes(text)
    words = str(talk.state.pending.get("text", ""))
    if yes is not None:
        fresh = talk.with_state(talk.state.but(pending={}))
        return settle(talk, point, words) if yes else ask_next(fresh)
    if command is None and question_number(text) is None:
        return _as_reply(talk, point, text)
    return settling(talk.with_state(talk.state.but(pending={})), text, command)


def _put_off(talk: Talk, point: Returned) -> Step:
    key = CARD + point.indicator
    skipped = (*(each for each in talk.state.skipped if each != key), key)
    return ask_next(talk.with_state(talk.state.but(skipped=skipped)), say("skipped"))
