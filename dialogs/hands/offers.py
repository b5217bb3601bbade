"""The answer to an offered hand-over: the card again, yes, no."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dialogs.bubbles import Bubble, Words
from dialogs.case import Hand
from dialogs.effects import AnswerHand
from dialogs.events import Chosen
from dialogs.hands.held import ACCEPTED, ACTIVE, hand_of_card, mine, questions_in, scope_title
from dialogs.hands.lines import gates
from dialogs.hands.notices import YES, offered_all
from dialogs.hands.scopes import open_in
from dialogs.replies import ask_next, repeat
from dialogs.step import Step
from dialogs.talk import Talk
from dialogs.wording import say


def offer_bubbles(talk: Talk, hands: Sequence[Hand]) -> tuple[Bubble, ...]:
    """The offers as they were first made; text only for who wants no cards."""
    case = talk.case
    bubbles = offered_all(case.form, case.standard, hands, case.answers)
    if case.person.text_only:
        return tuple(bubble for bubble in bubbles if isinstance(bubble, Words))
    return bubbles


def click_offer(talk: Talk, event: Chosen) -> Step:
    """A button of the card of an offer; once it is answered or over, nothing happens."""
    number = hand_of_card(event.card)
    hand = next((h for h in mine(talk.case, *ACTIVE) if h.id == number), None)
    yes = event.options == (YES,)
    if hand is None:
        gone = say("help_gone")
        return ask_next(talk, gone) if mine(talk.case) else repeat(talk, gone)
    if hand.state == ACCEPTED:
        late = say("help_decline_late", giver=hand.giver.name)
        return ask_next(talk, say("help_accepted_already")) if yes else repeat(talk, late)
    return accept(talk, (hand,)) if yes else decline(talk, (hand,))


def accept(talk: Talk, hands: Sequence[Hand]) -> Step:
    """These are accepted; the first question follows."""
    ids = {hand.id for hand in hands}
    changed = tuple(replace(h, state=ACCEPTED) if h.id in ids else h for h in talk.case.hands)
    state = talk.state.but(pending={})
    after = Talk(state, replace(talk.case, hands=changed), talk.now)
    effects = tuple(AnswerHand(hand.id, True) for hand in hands)
    questions = {q for hand in hands for q in questions_in(talk.case.standard, hand)}
    count = len(open_in(after, list(questions)))
    if not count:
        return Step(state, effects, (Words(say("help_asked_already", giver=hands[0].giver.name)),))
    if after.current is None:
        told = {"giver": hands[0].giver.name, "gates": gates(after, questions), "count": count}
        return Step(state, effects, (Words(say("help_accepted_waits", **told)),))
    return ask_next(after, say("help_accepted", count=count), effects)


def decline(talk: Talk, hands: Sequence[Hand], words: str = "") -> Step:
    """These are declined, with what was said to it; other questions of theirs go on."""
    told = say("help_declined", giver=hands[0].giver.name)
    effects = tuple(AnswerHand(hand.id, False, words) for hand in hands)
    fresh = talk.with_state(talk.state.but(pending={}))
    if mine(talk.case) and fresh.current:
        return ask_next(fresh, told, effects)
    return Step(fresh.state, effects, (Words(told),))


def offer_waits(talk: Talk, waits: Sequence[Hand]) -> Step:
    """Nothing was accepted yet: what waits for a yes or no, in short."""
    standard = talk.case.standard
    lines = [
        say(
            "help_offer_waits",
            giver=hand.giver.name,
            title=scope_title(standard, hand.scope),
            count=len(open_in(talk, questions_in(standard, hand))),
        )
        for hand in waits
    ]
    return repeat(talk, "\n".join(lines))
