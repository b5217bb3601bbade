"""放假, 上班: says which days are worked, whatever the calendar known here says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import ActRefused
from bot.acts.rounds import check_coordinates
from bot.lifecycle import By
from dialogs.rounds.orders import DaySaid
from storage import calendar_days, cycle_events, cycles
from storage.calendar_days import CalendarDay


def set_days(tx: Connection, actor: str, by: By, days: Sequence[DaySaid], now: datetime) -> int:
    """Keeps them, and gives how many differ from what was said before. Everything that counts
    working days counts by them from now on."""
    check_coordinates(tx, actor, by)
    if not days:
        raise ActRefused("no_days")
    kept = {each.day: each for each in calendar_days.all_of_them(tx)}
    changed = [each for each in days if _differs(each, kept.get(each.day))]
    for each in changed:
        if each.working is None:
            calendar_days.forget(tx, each.day)
        else:
            calendar_days.put(tx, CalendarDay(each.day, each.working, each.name), actor, now)
    data = {each.day.isoformat(): [each.working, each.name] for each in changed}
    for cycle in cycles.open_ones(tx) if changed else ():
        cycle_events.note(tx, cycle.id, "calendar", actor, now, {"days": data})
    return len(changed)


def _differs(said: DaySaid, kept: CalendarDay | None) -> bool:
    if kept is None or said.working is None:
        return kept is not None or said.working is not None
    return (kept.working, kept.name) != (said.working, said.name)
