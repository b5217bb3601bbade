"""Tells coordinators before the content of a cycle is erased, or that it has no archive yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.lifecycle import By
from bot.phrases import phrase
from bot.retention import NAME, Ending, endings, key_of
from bot.unasked.base import MORNING, Kind, Look, Reason, Said
from storage import people


def due(look: Look) -> Iterator[Reason]:
    """Each cycle whose end is near, once for each archive, at those who coordinate everything."""
    for ending in _near(look):
        for person in people.holders(look.tx, By.COORDINATOR):
            yield Reason(person.userid, NAME, key_of(ending), look.today_at(MORNING))


def say(look: Look, reasons: Sequence[Reason]) -> Said | None:
    """A line for each cycle: when its content goes, or that it can't go."""
    keys = {reason.key for reason in reasons}
    lines = tuple(_line(look, each) for each in _near(look) if key_of(each) in keys)
    if not lines:
        return None
    return Said(phrase("digest_erasure_title"), (*lines, phrase("digest_erasure_how")))


def _near(look: Look) -> list[Ending]:
    start = look.today_at(MORNING)
    return [each for each in endings(look.tx, look.services.settings) if each.told_from <= start]


def _line(look: Look, ending: Ending) -> str:
    name = ending.cycle.name
    if ending.erased_from is None:
        return phrase("digest_erasure_none", name=name)
    day = max(ending.erased_from, look.now).astimezone(look.zone)
    numbers = {"year": day.year, "month": day.month, "day": day.day}
    return phrase("digest_erasure_line", name=name, **numbers)


KIND = Kind(NAME, due, say)
