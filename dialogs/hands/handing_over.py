"""What a confirmed hand-over does: whom it goes to, what is said, what is asked next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dialogs.case import Hand, Known
from dialogs.effects import HandOver
from dialogs.hands.held import ACTIVE, OFFERED, questions_in, questions_of
from dialogs.hands.lines import person_named, scope_named, scopes_named, state_of
from dialogs.hands.scopes import open_in
from dialogs.replies import ask_next
from dialogs.step import Step
from dialogs.talk import Talk
from dialogs.wording import join, say


def hand_over(talk: Talk, scopes: Sequence[str], person: Known, *, name: str, note: str) -> Step:
    """Hands over what is not there already, says so, and asks what comes next."""
    fresh = talk.with_state(talk.state.but(pending={}))
    there = already(talk, scopes, person)
    if there:
        return ask_next(fresh, there)
    new = _new_to(talk, scopes, person)
    after = _with_hands(fresh, new, person)
    effect = HandOver(new, person.userid, name, note)
    return ask_next(after, _echo(talk, new, person), (effect,))


def already(talk: Talk, scopes: Sequence[str], person: Known) -> str:
    """What is said where nothing of it is left to hand to this person; "" where something is."""
    if _new_to(talk, scopes, person):
        return ""
    scopes = still_open(talk, scopes) or tuple(scopes)
    named, held = scopes_named(talk, scopes), _held(talk, person)
    hands = [held[q] for scope in scopes for q in _open_ids(talk, scope) if q in held]
    if not hands:
        return say("hand_nothing_open", scope=named)
    return say("hand_already", scope=named, name=person.name, state=state_of(talk, hands[0]))


def _new_to(talk: Talk, scopes: Sequence[str], person: Known) -> tuple[str, ...]:
    """The scopes with open questions that this person doesn't have yet."""
    held = set(_held(talk, person))
    return tuple(scope for scope in scopes if set(_open_ids(talk, scope)) - held)


def _open_ids(talk: Talk, scope: str) -> list[str]:
    return [q.id for q in open_in(talk, questions_of(talk.case.standard, scope))]


def _held(talk: Talk, person: Known) -> dict[str, Hand]:
    """The questions that this person has, each with its hand-over."""
    return {
        question: hand
        for hand in talk.case.hands
        if hand.receiver.userid == person.userid and hand.state in ACTIVE and not hand.done
        for question in questions_in(talk.case.standard, hand)
    }


def _with_hands(talk: Talk, scopes: Sequence[str], person: Known) -> Talk:
    """The talk when the house has noted the hand-over."""
    me = Known(talk.case.person.userid, talk.case.person.name)
    hands = tuple(Hand(0, scope, me, person, OFFERED) for scope in scopes)
    case = replace(talk.case, hands=(*talk.case.hands, *hands))
    questions = {q for hand in hands for q in questions_in(case.standard, hand)}
    state = talk.state
    if state.asked.split(".")[0] in questions or state.editing in questions:
        state = state.but(asked="", editing="")
    return Talk(state, case, talk.now)


def _echo(talk: Talk, scopes: Sequence[str], person: Known) -> str:
    named = person_named(person)
    if len(scopes) == 1:
        lines = [
            say("hand_given", scope=scope_named(talk, scopes[0]), person=named, name=person.name)
        ]
    else:
        lines = [say("hand_given_many", person=named)]
        lines += [say("hand_given_line", scope=scope_named(talk, scope)) for scope in scopes]
        lines.append(say("hand_given_next", name=person.name))
    questions = {q for scope in scopes for q in questions_of(talk.case.standard, scope)}
    also = [
        hand.receiver.name
        for hand in talk.case.hands
        if hand.state in ACTIVE
        and hand.receiver.userid not in (person.userid, talk.case.person.userid)
        and questions & set(questions_in(talk.case.standard, hand))
    ]
    if also:
        lines.append(say("hand_also", names=join(list(dict.fromkeys(also))), name=also[0]))
    return "\n".join(lines)


def still_open(talk: Talk, scopes: Sequence[str]) -> tuple[str, ...]:
    """Those of the scopes with questions that are open."""
    return tuple(scope for scope in scopes if _open_ids(talk, scope))
