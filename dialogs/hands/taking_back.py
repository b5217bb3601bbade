"""收回: a contact takes handed-over questions back, or asks who is on what."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from dialogs.case import Hand
from dialogs.effects import Effect, EndHand
from dialogs.hands.held import ACTIVE, QUESTION, questions_in, questions_of, scope_title
from dialogs.hands.lines import hand_line, scopes_named
from dialogs.hands.scopes import scopes_meant
from dialogs.replies import ask_next, repeat
from dialogs.step import Step
from dialogs.talk import Talk
from dialogs.understand.handing import Wish, is_all, is_here, part_of
from dialogs.understand.names import How, find_people
from dialogs.understand.parts import owner_and_part
from dialogs.wording import join, say, shortened

_SHOWN = 20


def given(talk: Talk) -> list[Hand]:
    """The hand-overs that can be taken back."""
    me = talk.case.person.userid
    return [h for h in talk.case.hands if h.state in ACTIVE and h.receiver.userid != me]


@dataclass(frozen=True)
class _Named:
    """What is to be taken back: these hand-overs, or of them only the questions `wanted`."""

    hands: Sequence[Hand]
    wanted: frozenset[str] | None = None
    title: str = ""


def take_back(talk: Talk, wish: Wish, *, certain: bool) -> Step | None:
    """Takes back what was named; None where the words may be about other things. `certain`: the
    open question is not one that takes any words."""
    named = _named(talk, wish, given(talk))
    if named is None:
        return None
    leaving = [(hand, _leaving(talk, hand, named.wanted)) for hand in named.hands]
    ends = [(hand, questions) for hand, questions in leaving if questions is not None]
    explicit = wish.sure or wish.said or wish.whom
    if ends and (explicit or wish.what or talk.current):
        bare = not (wish.said or wish.whom or wish.what)
        return _which(talk, named.hands) if bare and len(ends) > 1 else _taken(talk, ends)
    if not certain or not explicit or not (named.title or wish.said or wish.whom):
        return None
    if not named.title:
        return repeat(talk, say("hand_take_none_plain"))
    return repeat(talk, say("hand_take_none", said=shortened(named.title, _SHOWN)))


def _named(talk: Talk, wish: Wish, hands: Sequence[Hand]) -> _Named | None:
    """What the words name; None where they name nothing that there is."""
    if wish.said and is_all(wish.said):
        return _Named(hands)
    if wish.said:
        # 资产 is rather what is called so than who sits in the office of that name.
        near = _of_somebody(talk, wish.said, hands, How.SOUND)
        return near or _of_scope(talk, wish.said, hands) or _of_somebody(talk, wish.said, hands)
    if wish.whom:
        theirs = _held_by(hands, wish.whom)
        return (_of_scope(talk, wish.what, theirs) or _Named(theirs)) if theirs else None
    if wish.what and not is_here(wish.what):
        return _of_scope(talk, wish.what, hands)
    here = talk.current.question.id if talk.current else ""
    held = {q for hand in hands for q in questions_in(talk.case.standard, hand)}
    if here in held:
        return _Named(hands, frozenset({here}))
    # 我来填 alone may be about other things than hand-overs.
    return _Named(hands) if hands and wish.sure and not wish.what else None


def _of_somebody(
    talk: Talk, said: str, hands: Sequence[Hand], surest: How = How.LIKE
) -> _Named | None:
    """张三, 张三的, 张三的资产; found at least as surely as `surest`."""
    whom, what = owner_and_part(said)
    theirs = _held_by(hands, whom, surest)
    if not theirs:
        return None
    return _of_scope(talk, what, theirs) if what else _Named(theirs)


def _of_scope(talk: Talk, said: str, hands: Sequence[Hand]) -> _Named | None:
    meant = scopes_meant(talk, part_of(said)) if said else None
    if meant is None:
        return None
    standard = talk.case.standard
    found = frozenset(q for scope in meant for q in questions_of(standard, scope))
    return _Named(hands, found, join([scope_title(standard, scope) for scope in meant]))


def _held_by(hands: Sequence[Hand], whom: str, surest: How = How.LIKE) -> list[Hand]:
    """The hand-overs to somebody called so."""
    people = list({hand.receiver.userid: hand.receiver for hand in hands}.values())
    found = {match.person.userid for match in find_people(people, whom) if match.how <= surest}
    return [hand for hand in hands if hand.receiver.userid in found]


def _leaving(talk: Talk, hand: Hand, wanted: Collection[str] | None) -> tuple[str, ...] | None:
    """The questions of a hand-over that are to leave it: () for the whole, None for none."""
    held = questions_in(talk.case.standard, hand)
    leaving = tuple(q for q in held if wanted is None or q in wanted)
    if not leaving:
        return None
    return () if leaving == held else leaving


def _which(talk: Talk, hands: Sequence[Hand]) -> Step:
    lines = [say("hand_take_which"), *(hand_line(talk, hand) for hand in hands)]
    return repeat(talk, "\n".join(lines))


def _taken(talk: Talk, ends: Sequence[tuple[Hand, tuple[str, ...]]]) -> Step:
    standard = talk.case.standard
    effects: list[Effect] = []
    gone: dict[int, Hand | None] = {}
    titles: list[str] = []
    back: set[str] = set()
    for hand, questions in ends:
        if questions:
            effects += [EndHand(hand.id, "", question) for question in questions]
            gone[hand.id] = replace(hand, without=(*hand.without, *questions))
            titles += [f"{QUESTION}:{question}" for question in questions]
        else:
            effects.append(EndHand(hand.id))
            gone[hand.id] = None
            titles.append(hand.scope)
        back |= set(questions or questions_in(standard, hand))
    kept = [gone.get(h.id, h) for h in talk.case.hands]
    case = replace(talk.case, hands=tuple(h for h in kept if h is not None))
    names = list(dict.fromkeys(hand.receiver.name for hand, _ in ends))
    words = say(
        "hand_taken", scope=scopes_named(talk, list(dict.fromkeys(titles))), name=join(names)
    )
    fresh = Talk(talk.state.but(pending={}), case, talk.now)
    first = next((item.key for item in fresh.items if item.question.id in back), "")
    asked = talk.state.asked if talk.state.editing or not first else first
    return ask_next(fresh.with_state(fresh.state.but(asked=asked)), words, tuple(effects))


def listed(talk: Talk, wish: Wish) -> Step | None:
    """谁在填什么: each hand-over with how far it is."""
    hands = talk.case.hands
    if wish.whom:
        hands = tuple(_held_by(hands, wish.whom))
        if not hands:
            return None
    if wish.what:
        meant = scopes_meant(talk, wish.what)
        if meant is None:
            return None
        hit = {q for scope in meant for q in questions_of(talk.case.standard, scope)}
        hands = tuple(h for h in hands if hit & set(questions_in(talk.case.standard, h)))
    if not hands:
        return repeat(talk, say("hand_list_none"))
    lines = [say("hand_list"), *(hand_line(talk, hand) for hand in hands)]
    if not wish.whom and not wish.what:
        lines.append(say("hand_list_rest", name=talk.case.person.name))
    return repeat(talk, "\n".join(lines))
