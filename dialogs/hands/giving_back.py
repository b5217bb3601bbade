"""退回: a colleague gives a question, or all of them, back to who asked for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dialogs.bubbles import Buttons, Choice, Words
from dialogs.case import Hand
from dialogs.effects import Effect, EndHand
from dialogs.events import Chosen
from dialogs.hands.held import mine, questions_in
from dialogs.hands.lines import giver_of
from dialogs.hands.scopes import open_in
from dialogs.replies import ask_next, repeat
from dialogs.step import Step
from dialogs.talk import Talk
from dialogs.understand.command import read_command
from dialogs.understand.helping import read_given_back
from dialogs.understand.plain_text import bare_words
from dialogs.understand.yesno import says_yes
from dialogs.wording import say

BACK_CARD = "giving:"
BACK_KIND = "give_back"
ONE, ALL, KEEP = "one", "all", "keep"


def give_back(talk: Talk, text: str) -> Step | None:
    """The step of a message that gives something back; None for all else."""
    wish = read_given_back(text)
    if wish is None:
        return None
    here = talk.current.question.id if talk.current else ""
    open_ = [q.id for q in open_in(talk, list(talk.limit or ()))]
    if wish.plain:
        return _doubt(talk, here, wish.words) if here else None
    if wish.what.isdigit():
        found = [q for q in talk.limit or () if str(talk.case.standard.number_of[q]) == wish.what]
        return _give(talk, found, wish.words) if found else None
    if wish.all or len(open_) < 2:
        return _give_all(talk, wish.words)
    if wish.what and here:
        return _give(talk, [here], wish.words)
    return _which(talk, here, len(open_), wish.words) if here else _give_all(talk, wish.words)


def _doubt(talk: Talk, here: str, words: str) -> Step:
    """They don't know either: the question can go back, or wait."""
    pending = {"kind": BACK_KIND, "question": here, "words": words, "many": False}
    told = say("help_not_known", giver=giver_of(talk))
    return _asked(talk, pending, told, say("help_not_known_hint"))


def _which(talk: Talk, here: str, count: int, words: str) -> Step:
    pending = {"kind": BACK_KIND, "question": here, "words": words, "many": True}
    number = talk.case.standard.number_of[here]
    told = say("help_back_which", count=count, number=number, giver=giver_of(talk))
    return _asked(talk, pending, told, say("help_back_which_hint"))


def _asked(talk: Talk, pending: dict[str, object], told: str, hint: str) -> Step:
    state = talk.state.but(pending=pending)
    if talk.case.person.text_only:
        return Step(state, (), (Words(f"{told}\n{hint}"),))
    choices = [Choice(ONE, say("help_back_one"))]
    choices += [Choice(ALL, say("help_back_all"))] if pending["many"] else []
    choices.append(Choice(KEEP, say("help_back_keep")))
    key = f"{BACK_CARD}{pending['question']}"
    return Step(state, (), (Buttons(key, say("help_back_title"), told, tuple(choices)),))


def click_back(talk: Talk, event: Chosen) -> Step:
    """A button of the card that asks what goes back; an old one changes nothing."""
    pending = talk.state.pending
    question = event.card.removeprefix(BACK_CARD)
    if pending.get("kind") != BACK_KIND or pending.get("question") != question:
        return ask_next(talk, say("card_gone"))
    return _decided(talk, event.options[0] if event.options else KEEP)


def resume_back(talk: Talk, text: str) -> Step | None:
    """What was said to the question what goes back; None for other things."""
    said, yes = bare_words(text), says_yes(text)
    command = read_command(text)
    labels = {say("help_back_one"): ONE, say("help_back_all"): ALL}
    if said in labels:
        return _decided(talk, labels[said])
    if command and command.name == "cancel":
        return _decided(talk, KEEP)
    if yes is not None and not talk.state.pending["many"]:
        return _decided(talk, ONE if yes else KEEP)
    wish = read_given_back(text)
    if wish and not wish.plain:
        one = bool(wish.what) or not talk.state.pending["many"]
        return _decided(talk, ALL if wish.all else ONE if one else ALL)
    return None


def _decided(talk: Talk, option: str) -> Step:
    pending = talk.state.pending
    question, words = str(pending["question"]), str(pending["words"])
    if option == ALL:
        return _give_all(talk, words)
    if option == ONE and talk.concerns(question):
        return _give(talk, [question], words)
    return ask_next(talk.with_state(talk.state.but(pending={})), say("help_back_dropped"))


def _give_all(talk: Talk, words: str) -> Step:
    hands = mine(talk.case)
    gone = {hand.id for hand in hands}
    kept = tuple(h for h in talk.case.hands if h.id not in gone)
    effects = tuple(EndHand(hand.id, words) for hand in hands)
    if not effects:
        return repeat(talk, say("help_back_nothing"))
    giver = giver_of(talk)
    state = talk.state.but(asked="", editing="", pending={})
    after = Talk(state, replace(talk.case, hands=kept), talk.now)
    told = say("help_back_given_all", giver=giver)
    return ask_next(after, told, effects) if after.current else Step(state, effects, (Words(told),))


def _give(talk: Talk, questions: Sequence[str], words: str) -> Step:
    """These questions go back; a hand-over of which nothing is left is over."""
    effects: list[Effect] = []
    hands: list[Hand] = []
    held = {hand.id for hand in mine(talk.case)}
    for hand in talk.case.hands:
        inside = [q for q in questions if q in questions_in(talk.case.standard, hand)]
        if hand.id not in held or not inside:
            hands.append(hand)
            continue
        smaller = replace(hand, without=(*hand.without, *inside))
        if open_in(talk, questions_in(talk.case.standard, smaller)):
            effects += [EndHand(hand.id, words, question) for question in inside]
            hands.append(smaller)
        else:
            effects.append(EndHand(hand.id, words))
    number, giver = talk.case.standard.number_of[questions[0]], giver_of(talk)
    told = say("help_back_given", number=number, giver=giver)
    state = talk.state.but(asked="", editing="", pending={})
    after = Talk(state, replace(talk.case, hands=tuple(hands)), talk.now)
    if after.current is None:
        return Step(state, tuple(effects), (Words(told),))
    return ask_next(after, told, tuple(effects))
