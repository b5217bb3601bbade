"""Colleagues who wait for an earlier answer of somebody else learn when it has come."""

from __future__ import annotations

from dialogs.agenda import agenda
from dialogs.case import Hand
from dialogs.effects import RecordAnswer, TellOpened
from dialogs.hands.held import ACCEPTED, questions_in
from dialogs.hands.scopes import open_in
from dialogs.step import Step
from dialogs.talk import Talk


def opened(talk: Talk, step: Step) -> Step:
    """The step, with a word to each colleague for whom its answers open the first question, or
    show that none will come."""
    made = [each for each in step.effects if isinstance(each, RecordAnswer)]
    waiting = [hand for hand in talk.case.hands if _waits_for(talk, hand)] if made else []
    if not waiting:
        return step
    values = {name: value for each in made for name, value in each.values.items()}
    after = talk.after(values, step.state)
    told = tuple(TellOpened(hand.id) for hand in waiting if not is_shut(after, hand))
    return Step(step.state, (*step.effects, *told), step.bubbles)


def _waits_for(talk: Talk, hand: Hand) -> bool:
    """Whether a colleague has accepted something of which nothing can be asked yet."""
    own = hand.receiver.userid == talk.case.person.userid
    return hand.state == ACCEPTED and not hand.done and not own and is_shut(talk, hand)


def is_shut(talk: Talk, hand: Hand) -> bool:
    """Whether there are open questions, and all of them hang on answers that are not there."""
    standard = talk.case.standard
    left = open_in(talk, questions_in(standard, hand))
    asked = {item.question.id for item in agenda(standard, talk.answers)}
    return bool(left) and not any(question.id in asked for question in left)
