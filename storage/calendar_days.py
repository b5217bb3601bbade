"""The days that differ from the calendar known here, as the coordinators loaded them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select

from storage.conflicts import ConflictInsert
from storage.models import CalendarDay as CalendarDayModel
from storage.models import table


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day on which people work, or don't, and what it is called (春节)."""

    day: date
    working: bool
    name: str = ""


_days = table(CalendarDayModel)
_ALL = select(_days.c.day, _days.c.working, _days.c.name).order_by(_days.c.day)
_FORGET = delete(_days).where(_days.c.day == bindparam("which")).returning(_days.c.day)


def _setting(insert: Any) -> Any:
    new = insert(_days)
    changed = {name: new.excluded[name] for name in ("working", "name", "by", "at")}
    return new.on_conflict_do_update(index_elements=["day"], set_=changed)


_SET = ConflictInsert(_setting)


def put(tx: Connection, day: CalendarDay, by: str, now: datetime) -> None:
    """Keeps what a day is; said again it changes."""
    values = {"day": day.day.isoformat(), "working": day.working, "name": day.name}
    tx.execute(_SET.on(tx), values | {"by": by, "at": now})


def forget(tx: Connection, day: date) -> bool:
    """Goes back to what the known calendar says of a day; False if nothing was kept."""
    return tx.execute(_FORGET, {"which": day.isoformat()}).first() is not None


def all_of_them(tx: Connection) -> list[CalendarDay]:
    """Gives the days by date."""
    return [
        CalendarDay(date.fromisoformat(day), working, name)
        for day, working, name in tx.execute(_ALL)
    ]


def overlay(tx: Connection) -> Mapping[date, bool]:
    """Gives for each of the days whether people work."""
    return {each.day: each.working for each in all_of_them(tx)}
