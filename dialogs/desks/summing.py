"""汇总 and 归档: finance or a coordinator wants a year summed up, a coordinator has it archived."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from dialogs.bubbles import Buttons, Choice, Words
from dialogs.cards import TITLE_LIMIT
from dialogs.case import Desk, Role
from dialogs.desk_cards import key_at
from dialogs.desks.base import reply
from dialogs.effects import OrderArchive, OrderSummary
from dialogs.events import Chosen, Event, Said
from dialogs.exercises import Exercise
from dialogs.previews import is_cold
from dialogs.states import State
from dialogs.step import Step
from dialogs.understand.command import read_fixed
from dialogs.understand.parts import says_not
from dialogs.understand.plain_text import bare_words
from dialogs.understand.summing import Sum, SumWish, read_sum
from dialogs.understand.yesno import says_yes
from dialogs.wording import join, say, shortened

KIND = "archive"
YES, NO = "yes", "no"
_SUMS_UP = (Role.FINANCE, Role.COORDINATOR)
_CARD_PARTS = 4
_WAIT_FOR_WORDS = ("send_back", "points", "disown")
"""Questions that want words; others want a yes, and a command is none."""


def is_meant(event: Event) -> bool:
    """Whether the exercises are needed to understand an event."""
    return isinstance(event, Said) and read_sum(event.text) is not None


def read(state: State, event: Event, desk: Desk, now: datetime) -> Step | None:
    """The step of a message about 汇总 or 归档, or of the tap that confirms one."""
    if desk.role not in _SUMS_UP:
        return None
    if isinstance(event, Chosen):
        return _chosen(state, event, desk)
    if not isinstance(event, Said):
        return None
    mine = state.pending.get("kind") == KIND
    wish = read_sum(event.text)
    if wish is not None and desk.exercises is not None:
        if state.pending.get("kind") in _WAIT_FOR_WORDS:
            return None  # these may be the words
        return _wished(state.but(pending={}), wish, desk, desk.exercises)
    return _answered(state, event.text) if mine else None


def _wished(state: State, wish: SumWish, desk: Desk, exercises: Sequence[Exercise]) -> Step:
    if wish.what is Sum.ARCHIVE and desk.role is not Role.COORDINATOR:
        return reply(state, say("archive_coordinators", names=join(list(desk.coordinators))))
    found = _named(wish, exercises)
    if not found:
        return reply(state, _none(wish, exercises))
    if len(found) > 1:
        return reply(state, say("sum_which", years=_years(found), word=say(f"sum_{wish.what}")))
    (one,) = found
    if one.erased:
        return reply(state, say("sum_erased", name=one.name))
    if wish.what is Sum.SUMMARY:
        numbers = {"name": one.name, "forms": one.forms, "delivered": one.delivered}
        words = say("summary_ordered", **numbers)
        return Step(state, (OrderSummary(one.id),), (Words(words),))
    return _preview(state, one, desk)


def _named(wish: SumWish, exercises: Sequence[Exercise]) -> list[Exercise]:
    """The one of the year; without a year the open one, else the last; several that are open are
    all meant."""
    if wish.year is not None:
        return [each for each in exercises if each.year == wish.year][:1]
    open_ones = [each for each in exercises if each.is_open]
    return open_ones or list(exercises[:1])


def _none(wish: SumWish, exercises: Sequence[Exercise]) -> str:
    if not exercises:
        return say("sum_none")
    return say("sum_not_that_year", year=wish.year, years=_years(exercises))


def _years(exercises: Sequence[Exercise]) -> str:
    return join([str(each.year) for each in exercises])


def _preview(state: State, one: Exercise, desk: Desk) -> Step:
    """What will be in it, and one tap."""
    parts = [say("archive_note", forms=one.forms, delivered=one.delivered)]
    if one.is_open:
        parts.append(say("archive_note_open"))
    choices = (Choice(YES, say("archive_button")), Choice(NO, say("archive_no")))
    title = shortened(say("archive_title", name=one.name), TITLE_LIMIT)
    card = Buttons(key_at(desk.role, KIND, one.id), title, "".join(parts), choices)
    pending = {"kind": KIND, "cycle": one.id, "name": one.name}
    return Step(state.but(pending=pending), (), (card,))


def _chosen(state: State, event: Chosen, desk: Desk) -> Step | None:
    parts = event.card.split(":")
    if len(parts) != _CARD_PARTS or event.card != key_at(desk.role, KIND, parts[-1]):
        return None
    mine = state.pending.get("kind") == KIND and str(state.pending.get("cycle")) == parts[-1]
    if not mine:
        return reply(state, say("archive_old"))
    return _settled(state, yes=event.options[:1] == (YES,))


def _answered(state: State, text: str) -> Step | None:
    """Yes or no in words; anything else drops the question and is read for itself."""
    said, yes, command = bare_words(text), says_yes(text), read_fixed(text)
    cold = is_cold(state)
    if said == say("archive_button") or (said == "1" and not cold):
        return _settled(state, yes=True)
    if said in ("2", say("archive_no")) or says_not(text) or (command and command.name == "cancel"):
        return _settled(state, yes=False)
    return None if yes is None or (yes and cold) else _settled(state, yes=yes)


def _settled(state: State, *, yes: bool) -> Step:
    pending, fresh = state.pending, state.but(pending={})
    if not yes:
        return reply(fresh, say("archive_dropped"))
    words = say("archive_ordered", name=str(pending["name"]))
    return Step(fresh, (OrderArchive(int(pending["cycle"])),), (Words(words),))
