"""Deadlines that stood earlier today: who was reminded of one has heard of the form for today."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time

from bot.unasked.base import Look
from bot.unasked.hours import own_minute
from storage import cycle_events
from storage.running_forms import RunningForm

Heard = Callable[[RunningForm, str, time, Callable[[datetime], bool]], bool]
"""Whether somebody was reminded of a form at a slot of today because of a deadline that has been
replaced since; the last says of a deadline whether it wanted a reminder then."""


def heard_today(look: Look) -> Heard:
    """Says it of each form; today's changes are read once. What a new deadline makes of the day is
    told as news (`bot.unasked.moved`), not as a second reminder."""
    stood = _stood(look)

    def heard(
        form: RunningForm, userid: str, slot: time, wanted: Callable[[datetime], bool]
    ) -> bool:
        moment = look.today_at(slot) + own_minute(userid, look.today)
        found = stood.get((form.form_id, form.due_at is not None), ())
        return any(moment <= until and wanted(deadline) for deadline, until in found)

    return heard


def _stood(look: Look) -> dict[tuple[int, bool], list[tuple[datetime, datetime]]]:
    """By form, and whether it had come back: each deadline that stood today, and until when."""
    found: dict[tuple[int, bool], list[tuple[datetime, datetime]]] = {}
    for event in cycle_events.since(look.tx, look.today_at(time())):
        if event.act not in ("moved", "extended"):
            continue
        for number, data in event.data["changes"].items():
            key = int(number), bool(data.get("returned", False))
            found.setdefault(key, []).append((datetime.fromisoformat(data["from"]), event.at))
    return found
