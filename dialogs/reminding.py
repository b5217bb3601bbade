"""When to be reminded, in words and by tap: 明天上午9点再提醒我, 这周别提醒, 恢复提醒."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from dialogs.bubbles import Words
from dialogs.desk_cards import desk_of
from dialogs.effects import Effect
from dialogs.events import Chosen, Event, Opened, Said
from dialogs.hours import FURTHEST, Hours
from dialogs.reminder_effects import EndSnooze, SetSnooze
from dialogs.states import State
from dialogs.step import Step
from dialogs.understand.clock import Clock, Edge
from dialogs.understand.day import read_day
from dialogs.understand.reading import Ask
from dialogs.understand.snoozing import Want, Wish, read_snooze
from dialogs.wording import say

CARD = "remind"
GO_ON, TOMORROW = "go_on", "tomorrow"
"""The buttons of a reminder's card."""
_DAY = timedelta(days=1)
_WEEK = 7
_EVENING = timedelta(hours=1)
_NOON = 12
_LAST_MONTH = 12


def is_meant(event: Event) -> bool:
    """Whether the working hours are needed to understand an event."""
    if isinstance(event, Said):
        return read_snooze(event.text) is not None
    return isinstance(event, Chosen) and _is_ours(event) and event.options[:1] == (TOMORROW,)


def opened(event: Event) -> Event:
    """A tap on 继续填 is as good as opening the chat."""
    if isinstance(event, Chosen) and _is_ours(event) and event.options[:1] == (GO_ON,):
        return Opened(event.at)
    return event


def read(state: State, event: Event, hours: Hours | None, now: datetime) -> Step | None:
    """The step of what is said about reminders; None for all else. What is half said stays."""
    if hours is None:
        return None
    if isinstance(event, Chosen):
        return _tomorrow(state, hours, now) if is_meant(event) else None
    wish = read_snooze(event.text) if isinstance(event, Said) else None
    return _granted(state, wish, hours, now) if wish else None


def _is_ours(event: Chosen) -> bool:
    key = event.card
    return key.split(":")[0] == CARD or (desk_of(key) is not None and key.split(":")[-1] == CARD)


def _tomorrow(state: State, hours: Hours, now: datetime) -> Step:
    """明天再提醒: the next working day, when work begins."""
    day = now.astimezone(hours.zone).date() + _DAY
    return _set(state, hours.at(day, hours.opens), hours, now)


def _granted(state: State, wish: Wish, hours: Hours, now: datetime) -> Step:
    match wish.want:
        case Want.RESUME:
            return _resumed(state, hours, now)
        case Want.LOOK:
            return _reply(state, f"{_standing(hours, now)}{say('remind_how')}")
        case Want.NEVER:
            return _reply(state, say("remind_never"))
        case Want.VAGUE:
            return _reply(state, say("remind_vague"))
        case Want.AT:
            moment = _moment(wish, hours, now)
            return _set(state, moment, hours, now) if moment else _bad_day(state, wish)
        case Want.QUIET:
            return _quiet(state, wish, hours, now)


def _resumed(state: State, hours: Hours, now: datetime) -> Step:
    runs = hours.until is not None and hours.until > now
    if not runs:
        return _reply(state, say("remind_not_resting"))
    return _do(state, EndSnooze(), [say("remind_resumed")])


def _standing(hours: Hours, now: datetime) -> str:
    """What was said about reminders before, if it still holds."""
    if hours.until is None or hours.until <= now:
        return say("remind_stands_plan")
    if hours.wakes:
        return say("remind_stands_wakes", when=_when(hours.until, hours))
    return say("remind_stands_rest", day=_day(hours.until.astimezone(hours.zone).date()))


def _set(state: State, wished: datetime, hours: Hours, now: datetime) -> Step:
    """Reminds at a moment, and not before."""
    if wished <= now:
        return _reply(state, say("remind_over", when=_when(wished, hours)))
    if _is_too_far(wished, hours, now):
        return _reply(state, say("remind_too_far", count=FURTHEST))
    moment = hours.moved(wished)
    if moment <= now:
        moment = hours.soonest(now)
    lines = [say("remind_set", when=_when(moment, hours))]
    lines += _moved_lines(wished, moment, hours)
    return _do(state, SetSnooze(moment, True), [*lines, *_deadlines(moment, hours, now)])


def _moved_lines(wished: datetime, moment: datetime, hours: Hours) -> list[str]:
    """Why it is another moment than was wished for."""
    local = wished.astimezone(hours.zone)
    day = local.date()
    if not hours.works(day):
        code = "remind_moved_day" if day.year not in hours.unsure else "remind_moved_unsure"
        return [say(code, day=_day(day), year=day.year)]
    if moment.date() != day or moment.time() != local.time().replace(second=0, microsecond=0):
        numbers = {"opens": _clock(hours.opens), "closes": _clock(hours.closes)}
        return [say("remind_moved_hours", **numbers)]
    return [say("remind_unsure", year=day.year)] if day.year in hours.unsure else []


def _quiet(state: State, wish: Wish, hours: Hours, now: datetime) -> Step:
    """No reminders up to a day. Quiet begins now: what is to begin later is asked about."""
    first = _first_day(wish, hours, now)
    if first is None:
        return _bad_day(state, wish)
    until = hours.at(first, time())
    if wish.span == "next":
        return _reply(state, say("remind_next", said=wish.day, day=_month_day(first)))
    if until <= now:
        return _reply(state, say("remind_over", when=_day(first)))
    if _is_too_far(until, hours, now):
        return _reply(state, say("remind_too_far", count=FURTHEST))
    day = hours.next_worked(first)
    lines = [say("remind_quiet", last=_day(first - _DAY), again=_day(day))]
    return _do(state, SetSnooze(until, False), [*lines, *_deadlines(until, hours, now)])


def _first_day(wish: Wish, hours: Hours, now: datetime) -> date | None:
    """The first day that is not quiet any more; None where no day was understood."""
    today = now.astimezone(hours.zone).date()
    monday = today - timedelta(days=today.weekday())
    if wish.span == "today":
        return today + _DAY
    if wish.span == "week":
        return monday + timedelta(days=_WEEK)
    if wish.span == "month":
        return _next_month(today)
    if wish.span == "next":
        return _end_of_next(wish, today)
    if wish.working:
        return hours.after(today, wish.working)
    if wish.days:
        return today + timedelta(days=wish.days)
    day = _named(wish.day, today)
    return day if day is None or wish.before else day + _DAY


def _end_of_next(wish: Wish, today: date) -> date | None:
    """The day after what has not begun: a day named, or a whole week or month."""
    if wish.months:
        return _next_month(today) if wish.months == 1 else _next_month(_next_month(today))
    if wish.weeks:
        return today - timedelta(days=today.weekday()) + timedelta(weeks=wish.weeks)
    day = _named(wish.day, today)
    return day + _DAY if day else None


def _next_month(day: date) -> date:
    if day.month == _LAST_MONTH:
        return date(day.year + 1, 1, 1)
    return date(day.year, day.month + 1, 1)


def _moment(wish: Wish, hours: Hours, now: datetime) -> datetime | None:
    """The moment wished for, before holidays are thought of; None where no day was understood."""
    local = now.astimezone(hours.zone)
    if wish.minutes:
        return local + timedelta(minutes=wish.minutes)
    if wish.working:
        return hours.at(hours.after(local.date(), wish.working), hours.opens)
    day = _named(wish.day, local.date()) if wish.day else local.date()
    return hours.at(day, _time(wish.clock, hours)) if day else None


def _time(clock: Clock | None, hours: Hours) -> time:
    """The time of the day: where 3点 may be that of the morning or the afternoon, the one at
    which people work."""
    if clock is None or clock.edge is Edge.OPENING:
        return hours.opens
    if clock.edge is Edge.CLOSING:
        return (datetime.combine(date.min, hours.closes) - _EVENING).time()
    if not clock.sure and clock.at < hours.opens and clock.at.hour < _NOON:
        later = clock.at.replace(hour=clock.at.hour + _NOON)
        return later if later < hours.closes else clock.at
    return clock.at


def _named(said: str, today: date) -> date | None:
    """A day to come, by its name; weekdays, days of a month or a year that are over are the next
    ones."""
    got = read_day(said, today, ahead=True)
    if isinstance(got, Ask):
        return None
    day: date = got.value.value
    if day >= today:
        return day
    if got.note == "week_assumed":
        return day + timedelta(days=_WEEK)
    if got.note == "month_assumed":
        return _on(_next_month(today), day.day)
    if got.note in ("year_assumed", "end_assumed") and day.year == today.year:
        return _on(date(day.year + 1, day.month, 1), day.day)
    return day


def _on(month: date, day: int) -> date | None:
    """A day of a month; None where the month is too short."""
    try:
        return month.replace(day=day)
    except ValueError:
        return None


def _deadlines(until: datetime, hours: Hours, now: datetime) -> list[str]:
    """A line for each form that is due before."""
    return [
        say(
            "remind_deadline_over" if each.deadline <= now else "remind_deadline",
            department=each.department,
            day=_day(each.deadline.astimezone(hours.zone).date()),
        )
        for each in hours.owing
        if each.deadline <= until
    ]


def _bad_day(state: State, wish: Wish) -> Step:
    return _reply(state, say("remind_no_day", said=wish.day))


def _is_too_far(moment: datetime, hours: Hours, now: datetime) -> bool:
    return (
        moment.astimezone(hours.zone).date() > now.astimezone(hours.zone).date() + FURTHEST * _DAY
    )


def _when(moment: datetime, hours: Hours) -> str:
    local = moment.astimezone(hours.zone)
    return say("remind_moment", day=_day(local.date()), clock=_clock(local.time()))


def _day(day: date) -> str:
    weekday = say("weekdays")[day.weekday()]
    return say("remind_day", month=day.month, day=day.day, weekday=weekday)


def _month_day(day: date) -> str:
    return say("month_day", month=day.month, day=day.day)


def _clock(clock: time) -> str:
    return f"{clock.hour}:{clock.minute:02}"


def _do(state: State, effect: Effect, lines: list[str]) -> Step:
    return Step(state, (effect,), (Words("\n".join(lines)),))


def _reply(state: State, text: str) -> Step:
    return Step(state, (), (Words(text),))
