"""核定 at finance's desk: points of one's own for indicators, the opinion on a form, and the
decision on what the department says against it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dialogs.case import Desk, Role, Waiting
from dialogs.desks import opinions, points
from dialogs.desks.base import reply
from dialogs.desks.departments import meant, which_is_meant
from dialogs.desks.review_list import KIND, in_session, known_indicators
from dialogs.events import Chosen, Event, Said
from dialogs.review_notices import APPEAL, REVIEW
from dialogs.reviewed import REVIEWABLE
from dialogs.states import State
from dialogs.step import Step
from dialogs.understand import reviewing as said_of
from dialogs.understand.command import read_fixed
from dialogs.understand.plain_text import BETWEEN, clean, simple
from dialogs.understand.returning import read_points
from dialogs.understand.reviewing import Wish, read_wish
from dialogs.wording import join, say

_LEAVES = ("approve", "accept", "send_back", "waiting", "progress", "continue", "help", "thanks")
_CARD_PARTS = 6
_MOST_NAMED = 20
_LONGEST_NAMES = 80
_ABOUT_APPEALS = (said_of.APPEALS, said_of.UPHOLD, said_of.REJECT)


def read(state: State, event: Event, desk: Desk, now: datetime) -> Step | None:
    """The step of a review; None for everything else."""
    if desk.role is not Role.FINANCE:
        return None
    if isinstance(event, Chosen):
        return _chosen(state, event, desk, now)
    if not isinstance(event, Said) or state.pending.get("kind", KIND) != KIND:
        return None
    forms = _reviewable(desk)
    if state.pending and (answered := _answered(state, event.text, desk, now)):
        return answered
    wish = read_wish(event.text)
    if wish is not None:
        return _wanted(state, wish, forms, now)
    found = _in_hand(state, forms)
    if found and _begins_with_indicator(event.text, found):
        return points.give(state, found, event.text, now)
    return None


def is_meant(event: Event, talk: Mapping[str, Any] | None) -> bool:
    """Whether forms with their reviews are spoken of; `talk` is what is half said."""
    if isinstance(event, Chosen):
        return f":{REVIEW}:" in event.card
    if ((talk or {}).get("pending") or {}).get("kind") == KIND:
        return True
    return isinstance(event, Said) and read_wish(event.text) is not None


def _reviewable(desk: Desk) -> tuple[Waiting, ...]:
    return tuple(w for w in desk.forms if w.form.state in REVIEWABLE and w.review is not None)


def _in_hand(state: State, forms: Sequence[Waiting]) -> Waiting | None:
    """The form that was spoken of last."""
    return next((w for w in forms if w.form.id == state.pending.get("form")), None)


def _begins_with_indicator(text: str, found: Waiting) -> bool:
    read_ = read_points(text, known_indicators(found.standard))
    return bool(read_.mentions) and not read_.preface


def _wanted(state: State, wish: Wish, forms: Sequence[Waiting], now: datetime) -> Step | None:
    about = wish.kind in _ABOUT_APPEALS
    among = tuple(w for w in forms if w.review and w.review.opinion and w.review.opinion.waiting)
    if about and not among:
        # 驳回 and 支持 are said of other things too.
        return reply(state, say("appeals_nobody")) if wish.kind == said_of.APPEALS else None
    if not forms:
        return reply(state, say("review_none"))
    place = _placed(state, wish, among if about else forms, forms)
    if place is None:
        return None
    if place.found is None:
        return reply(state, place.asks)
    match wish.kind:
        case said_of.POINTS:
            return points.give(state, place.found, place.rest, now)
        case said_of.BACK:
            return points.back(state, place.found)
        case said_of.AGREE:
            return opinions.agree(state, place.found, now)
        case said_of.ISSUE | said_of.FINAL:
            return opinions.ask(state, place.found, wish.kind == said_of.FINAL, now)
        case said_of.APPEALS:
            return opinions.appeals(state, place.found, now)
    return opinions.settle(state, place.found, wish.kind == said_of.UPHOLD, place.rest)


@dataclass(frozen=True)
class _Place:
    """The form that is meant and the words that remain; without one, what to ask."""

    found: Waiting | None
    rest: str = ""
    asks: str = ""


def _placed(
    state: State, wish: Wish, among: Sequence[Waiting], forms: Sequence[Waiting]
) -> _Place | None:
    """Which form is meant; None where the words before the verb show that it is another matter."""
    before, behind = meant(forms, wish.before), meant(forms, wish.rest)
    rest = _as_typed(wish.rest, behind.rest)
    if wish.before and before.rest:
        if not _begins_with_indicator(before.rest, forms[0]):
            return None
        rest = f"{before.rest} {rest}".strip()
    if wish.before and not (before.found or before.rest or before.unclear or before.unknown):
        return None
    named = list({w.form.id: w for w in (*before.found, *behind.found)}.values())
    for mention in (before, behind):
        if not mention.is_clear:
            return _Place(None, asks=which_is_meant(mention))
    if len(named) > 1:
        return _Place(None, asks=say("review_one"))
    found = named[0] if named else among[0] if len(among) == 1 else _in_hand(state, among)
    if found is None:
        lines = [w.form.department for w in among[:_MOST_NAMED]]
        head = say("review_which", example=lines[0])
        return _Place(None, asks=head + join(lines))
    return _Place(found, rest)


def _as_typed(said: str, rest: str) -> str:
    """The words behind a department's name as they were typed: reasons are kept so, while names
    are read from simplified ones."""
    typed = clean(said)
    for at in range(min(len(typed), _LONGEST_NAMES)):
        if simple(typed[at:]).strip(BETWEEN) == rest:
            return typed[at:].strip()
    return rest


def _answered(state: State, text: str, desk: Desk, now: datetime) -> Step | None:
    """What is said to a question of this room; other commands leave it."""
    pending = state.pending
    found = _in_hand(state, _reviewable(desk))
    if set(pending) <= {"kind", "form"}:
        return None
    if found is None:
        return reply(state.but(pending={}), say("review_gone"))
    command = read_fixed(text)
    if command and command.name in _LEAVES:
        return None
    if command and command.name == "cancel":
        return reply(in_session(state, found), say("review_dropped"))
    if "confirm" in pending:
        return opinions.confirmed(state, found, text, now)
    if read_wish(text) is not None:
        return None
    if "settle" in pending:
        return opinions.settle_words(state, found, text)
    return points.answered(state, found, text, now)


def _chosen(state: State, event: Chosen, desk: Desk, now: datetime) -> Step | None:
    parts = event.card.split(":")
    if len(parts) != _CARD_PARTS or parts[3] != REVIEW:
        return None
    found = next((w for w in _reviewable(desk) if str(w.form.id) == parts[1]), None)
    if found is None or str(found.form.version) != parts[2]:
        return reply(state, say("review_gone"))
    option = event.options[0] if event.options else ""
    if parts[4] == APPEAL:
        return opinions.settle_tapped(state, found, parts[5], option)
    return opinions.tapped(state, found, parts[4], parts[5], option, now)
