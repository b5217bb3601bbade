"""收到: somebody confirms a notice, by its card or in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dialogs.events import Chosen, Event, Said
from dialogs.notice_lines import day_text, first_words, notice_of_card
from dialogs.understand.notices import Confirmed, read_confirmation
from dialogs.wording import say


@dataclass(frozen=True)
class Got:
    """A notice that somebody got, and when they confirmed it."""

    id: int
    words: str
    at: datetime
    confirmed: datetime | None = None


@dataclass(frozen=True)
class Answered:
    """Which notices are confirmed now, and what is said to it."""

    confirm: tuple[int, ...]
    words: str


def is_meant(event: Event) -> bool:
    """Whether an event may be about a notice that was got."""
    if isinstance(event, Chosen):
        return notice_of_card(event.card) is not None
    return isinstance(event, Said) and read_confirmation(event.text) is not None


def answer(event: Event, got: Sequence[Got], *, asked_to_help: bool) -> Answered | None:
    """What follows for somebody who got these notices, oldest first; None where the event is
    about something else. `asked_to_help`: a colleague's questions wait for their yes, which 收到
    says too. Pure."""
    if isinstance(event, Chosen):
        return _clicked(notice_of_card(event.card), got)
    said = read_confirmation(event.text) if isinstance(event, Said) else None
    if said is None:
        return None
    open_ = [each for each in got if each.confirmed is None]
    if not open_:
        return Answered((), _before(got[-1])) if got and said.named else None
    if asked_to_help and not said.named:
        return Answered((), say("receipt_or_help"))
    return _said(said, open_)


def _clicked(number: int | None, got: Sequence[Got]) -> Answered:
    found = next((each for each in got if each.id == number), None)
    if found is None:
        return Answered((), say("receipt_gone"))
    return Answered((), _before(found)) if found.confirmed else _done([found])


def _said(said: Confirmed, open_: Sequence[Got]) -> Answered:
    if said.all or (len(open_) == 1 and said.number in (None, 1)):
        return _done(open_)
    if said.number is not None and 0 < said.number <= len(open_):
        return _done([open_[said.number - 1]])
    lines = [
        say("receipt_line", number=n, day=day_text(each.at), words=first_words(each.words))
        for n, each in enumerate(open_, start=1)
    ]
    return Answered(
        (), "\n".join([say("receipt_which", count=len(open_)), *lines, say("receipt_which_how")])
    )


def _done(found: Sequence[Got]) -> Answered:
    ids = tuple(each.id for each in found)
    if len(found) == 1:
        return Answered(ids, say("receipt_done", words=first_words(found[0].words)))
    return Answered(ids, say("receipt_done_many", count=len(found)))


def _before(found: Got) -> str:
    return say("receipt_before", words=first_words(found.words))
