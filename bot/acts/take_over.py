"""采用: brought values become answers of whoever takes them over; 不采用 puts them away."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import being_filled, check_access, locked, standard_of
from bot.acts.keep_earlier import shaken_by, take_back
from bot.acts.record_answer import record_answer
from bot.lifecycle import By
from bot.offering import best, readable
from bot.phrases import phrase
from bot.services import Services
from dialogs.offers import EARLIER, place_of
from scoring.sameness import same
from scoring.standard import Standard
from scoring.values import Value
from storage import proposals


def take_over(
    services: Services,
    tx: Connection,
    actor: str,
    form_id: int,
    ids: Collection[int],
    now: datetime,
) -> int:
    """Records the ticked proposals that still wait, each with the place it comes from; gives how
    many facts. Of two ticked for one fact the source that counts more is taken."""
    check_access(tx, actor, By.CONTACT, locked(tx, form_id))
    standard = standard_of(services, tx, form_id)
    waiting = readable(standard, proposals.open_of_form(tx, form_id))
    offers = best([pair for pair in waiting if pair[0].id in set(ids)])
    by_place: dict[str, dict[str, Value]] = {}
    for fact, offer in offers.items():
        by_place.setdefault(place_of(offer), {})[fact] = offer.value
    taken = {fact: offer.value for fact, offer in offers.items()}
    earlier = shaken_by(services, tx, actor, form_id, taken, now)
    for place, values in by_place.items():
        record_answer(services, tx, actor, form_id, values, phrase("taken_raw", place=place), now)
    take_back(services, tx, actor, form_id, earlier, "", now)
    settle(tx, actor, form_id, standard, taken, now)
    return len(offers)


def record_taken(
    services: Services,
    tx: Connection,
    actor: str,
    form_id: int,
    values: Mapping[str, Value | None],
    raw: str,
    taken: Mapping[str, str],
    now: datetime,
    turn_id: int | None,
    record: Callable[..., None] = record_answer,
) -> None:
    """What was confirmed in the chat: `taken` says for the brought facts where they stood, the
    others were typed. All of it belongs to one turn, so 撤销 takes it back at once. `record` is
    the act that keeps it and looks at who asks."""
    typed = {name: value for name, value in values.items() if name not in taken}
    if typed:
        record(services, tx, actor, form_id, typed, raw, now, turn_id)
    by_place: dict[str, dict[str, Value | None]] = {}
    for name, place in taken.items():
        by_place.setdefault(place, {})[name] = values[name]
    for place, found in by_place.items():
        told = phrase("taken_raw", place=place)
        record(services, tx, actor, form_id, found, told, now, turn_id)
    kept = {name: value for name in taken if (value := values[name]) is not None}
    settle(tx, actor, form_id, standard_of(services, tx, form_id), kept, now)


def decline(tx: Connection, actor: str, form_id: int, ids: Collection[int], now: datetime) -> int:
    """Puts proposals away; gives how many of them still waited."""
    being_filled(tx, actor, form_id)
    return proposals.decline(tx, form_id, ids, actor, now)


def settle(
    tx: Connection,
    actor: str,
    form_id: int,
    standard: Standard,
    values: Mapping[str, Value],
    now: datetime,
) -> None:
    """Notes what became of all that waited for these facts: taken where it says the same as
    what was recorded, declined where it says something else."""
    waiting = readable(standard, proposals.open_of_form(tx, form_id))
    # An old answer stays on offer, so that 撤销 brings it back: who has answered is not offered it.
    brought = [(p, v) for p, v in waiting if p.source != EARLIER]
    mine = [(p, same(v, values[p.fact])) for p, v in brought if p.fact in values]
    proposals.take(tx, form_id, [p.id for p, agrees in mine if agrees], actor, now)
    proposals.decline(tx, form_id, [p.id for p, agrees in mine if not agrees], actor, now)
