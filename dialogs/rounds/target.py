"""The moment to which a deadline is moved, from what was said."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, time, timedelta

from dialogs.rounds.view import Rounds
from dialogs.understand.aims import Aim, Shift, Unit, day_of
from dialogs.understand.clock import Clock

_EARLIEST = 8


def target(rounds: Rounds, aim: Aim, stands: datetime, now: datetime) -> datetime | None:
    """The new deadline, at the time of day of the old one unless another was said; None where
    the day is none."""
    local = stands.astimezone(rounds.zone)
    if isinstance(aim, Shift):
        return datetime.combine(_shifted(rounds, local.date(), aim), local.time(), rounds.zone)
    day = day_of(aim.day, now.astimezone(rounds.zone).date())
    if day is None:
        return None
    clock = local.time() if aim.clock is None or aim.clock.edge else _time(aim.clock)
    return datetime.combine(day, clock, rounds.zone)


def _shifted(rounds: Rounds, day: date, shift: Shift) -> date:
    match shift.unit:
        case Unit.WORKING:
            return rounds.days.add_working_days(day, shift.count)
        case Unit.DAY:
            return day + timedelta(days=shift.count)
        case Unit.WEEK:
            return day + timedelta(weeks=shift.count)
        case Unit.MONTH:
            return _months_later(day, shift.count)


def _months_later(day: date, count: int) -> date:
    months = day.year * 12 + day.month - 1 + count
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _time(clock: Clock) -> time:
    """Nobody ends anything at 3点 in the night."""
    if clock.sure or clock.at.hour >= _EARLIEST:
        return clock.at
    return clock.at.replace(hour=clock.at.hour + 12)


def turns_back(later: bool | None, stands: datetime, until: datetime) -> bool:
    """Whether 推迟 was said with an earlier day, or 提前 with a later one; `later` None is neither."""
    return later is not None and until != stands and later != (until > stands)
