"""What is done on a day for one department, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import ActRefused
from bot.services import Services
from bot.simulation import objecting, sharing
from bot.simulation.players import Play
from bot.simulation.temperaments import Temperament

Deed = Callable[[Play, Services, Connection, datetime], bool]
"""Does what somebody would at that moment; True if they did anything."""
_EVERYBODY: Mapping[str, Deed] = {
    "fill_in": Play.fill_in,
    "look_over": Play.look_over,
    "receive": Play.receive,
    "look_after": Play.look_after,
}
_SHARING: Mapping[str, Deed] = {"hand_on": sharing.hand_on, "help_out": sharing.help_out}
_OBJECTING: Mapping[str, Deed] = {"review": objecting.review, "object_to": objecting.object_to}
_ALL = {**_EVERYBODY, **_SHARING, **_OBJECTING}


def deeds_of(temperament: Temperament) -> tuple[str, ...]:
    """What may be done for a department on any day."""
    more = (_SHARING if temperament.shares else {}, _OBJECTING if temperament.objects else {})
    return (*_EVERYBODY, *more[0], *more[1])


def attempt(part: Play, services: Services, deed: str, now: datetime) -> bool:
    """Does one of the deeds in a transaction; a refusal is noted."""
    try:
        with services.database.begin() as tx:
            return _ALL[deed](part, services, tx, now)
    except ActRefused as refusal:
        part.refusals.append(refusal.words)
        return False
