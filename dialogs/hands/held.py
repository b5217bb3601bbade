"""Who helps with which questions (转交): scopes, the questions in them, and whose they are.

A scope is `question:<id>`, `indicator:<code>` (also a group of indicators) or `section:<id>`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from dialogs.agenda import progress
from dialogs.case import Case, Hand, Role
from dialogs.wording import say
from scoring.by_content import ByContent
from scoring.losses import SECTION as LOSSES
from scoring.reopening import facts_of as opened_by
from scoring.standard import Standard
from scoring.tree import Indicator
from scoring.values import Value

QUESTION, INDICATOR, SECTION = "question", "indicator", "section"
CARD = "hand:"
OFFERED, ACCEPTED, DECLINED = "offered", "accepted", "declined"
ACTIVE = (OFFERED, ACCEPTED)


def card_of(hand_id: int) -> str:
    """The key of the card on which a colleague accepts or declines.

    >>> card_of(12), hand_of_card("hand:12"), hand_of_card("hand:x"), hand_of_card("ask:cover")
    ('hand:12', 12, None, None)
    """
    return f"{CARD}{hand_id}"


def hand_of_card(key: str) -> int | None:
    """The hand-over that a card is about; None for any other card."""
    number = key.removeprefix(CARD)
    known = key.startswith(CARD) and number.isascii() and number.isdigit()
    return int(number) if known else None


def questions_of(standard: Standard, scope: str) -> tuple[str, ...]:
    """The ids of the questions in a scope, in their order; none where the scope is unknown."""
    return _questions_of(ByContent(standard), scope)


@cache
def _questions_of(key: ByContent, scope: str) -> tuple[str, ...]:
    standard = key.standard
    kind, _, name = scope.partition(":")
    if kind == SECTION:
        return tuple(q.id for q in standard.questions if q.section == name)
    if kind == INDICATOR:
        facts = _of_indicator(standard, name)
        return tuple(q.id for q in standard.questions if facts & set(q.facts))
    return tuple(q.id for q in standard.questions if kind == QUESTION and q.id == name)


def _of_indicator(standard: Standard, code: str) -> set[str]:
    """The facts that the rules of an indicator read and that its analysis names, without those
    that only decide what is asked, and without the texts about lost points."""
    if code not in standard.nodes:
        return set()
    found: set[str] = set()
    for leaf in _leaves(standard.nodes[code]):
        read = set(leaf.rule.facts()) if leaf.rule else set()
        opened = set(opened_by(standard, leaf.code))
        gates = {c.fact for name in opened for c in standard.facts[name].when if c.fact}
        found |= read | (opened - gates)
    return {name for name in found if standard.question_of[name].section != LOSSES}


def _leaves(node: Indicator) -> Iterator[Indicator]:
    if node.rule is not None:
        yield node
    for child in node.children:
        yield from _leaves(child)


def scope_title(standard: Standard, scope: str) -> str:
    """What a scope is called: a section's name, an indicator's code and name, a question."""
    kind, _, name = scope.partition(":")
    if kind == SECTION and name in standard.sections:
        return standard.sections[name].name
    if kind == INDICATOR and name in standard.nodes:
        return say("indicator_named", code=name, name=standard.nodes[name].name)
    for question in standard.questions:
        if kind == QUESTION and question.id == name:
            label = standard.facts[question.facts[0]].label
            return say("question_named", number=standard.number_of[name], label=label)
    return name


def questions_in(standard: Standard, hand: Hand) -> tuple[str, ...]:
    """The ids of the questions that a hand-over still holds."""
    return tuple(q for q in questions_of(standard, hand.scope) if q not in hand.without)


def facts_of(standard: Standard, hand: Hand) -> frozenset[str]:
    """The facts that the receiver of a hand-over may answer."""
    wanted = set(questions_in(standard, hand))
    return frozenset(f for q in standard.questions if q.id in wanted for f in q.facts)


def is_done(standard: Standard, answers: Mapping[str, Value], hand: Hand) -> bool:
    """Whether nothing of a hand-over is open; what may yet turn out not to apply is open."""
    far = progress(standard, answers, questions_in(standard, hand))
    return far.done == far.total


def is_colleague(case: Case) -> bool:
    """Whether somebody looks at the form who only helps with it."""
    return Role.CONTACT not in case.person.roles and Role.COLLEAGUE in case.person.roles


def mine(case: Case, *states: str) -> tuple[Hand, ...]:
    """The hand-overs to the person who looks, those in these states (accepted ones by default)."""
    wanted = states or (ACCEPTED,)
    me = case.person.userid
    return tuple(h for h in case.hands if h.receiver.userid == me and h.state in wanted)


def my_questions(case: Case) -> frozenset[str]:
    """The questions that a colleague has accepted."""
    return frozenset(q for hand in mine(case) for q in questions_in(case.standard, hand))


def handed(case: Case) -> frozenset[str]:
    """The questions that others were asked to answer and are not done with."""
    return frozenset(
        question
        for hand in case.hands
        if hand.state in ACTIVE and not hand.done and hand.receiver.userid != case.person.userid
        for question in questions_in(case.standard, hand)
    )


def holders(case: Case, question_id: str, *states: str) -> list[str]:
    """The names of those, other than who looks, that have a question as a hand-over in one of
    these states (offered or accepted by default)."""
    names = [
        hand.receiver.name
        for hand in case.hands
        if hand.state in (states or ACTIVE)
        and hand.receiver.userid != case.person.userid
        and question_id in questions_in(case.standard, hand)
    ]
    return list(dict.fromkeys(names))
