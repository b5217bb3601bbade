"""放假, 上班, 日历: which days are worked, and what differs from the known calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from dialogs.rounds.orders import DaySaid, SetDays
from dialogs.rounds.proposals import Option, Proposal
from dialogs.rounds.telling import day_text, local_day, moment_text, unannounced_line
from dialogs.rounds.view import OtherDay, Rounds
from dialogs.understand.days_off import DaysWish
from dialogs.wording import join, say

_MOST_LINES = 40
_LOOKS_AHEAD = 60
_WEEKEND = 5


def propose_days(rounds: Rounds, wishes: Sequence[DaysWish], now: datetime) -> Proposal | str:
    """The days with what they are and what they are to be."""
    unclear = [wish for wish in wishes if wish.unclear]
    if unclear:
        code = "round_days_half" if unclear[0].half else "round_days_unclear"
        return say(code, words=unclear[0].unclear)
    said = {day: DaySaid(day, w.working, w.name) for w in wishes for day in w.days}
    known = {each.day for each in rounds.other_days}
    told = [s for day, s in sorted(said.items()) if day in known or not _is_so(rounds, s)]
    return propose_overlay(rounds, told, now)


def _is_so(rounds: Rounds, said: DaySaid) -> bool:
    """Whether that is how it is anyway, with nothing new to remember."""
    is_so = said.working is rounds.days.is_working_day(said.day)
    return is_so and not said.name and rounds.days.announced(said.day.year)


def propose_overlay(rounds: Rounds, said: Sequence[DaySaid], now: datetime) -> Proposal | str:
    """The same for days that were read from a file."""
    today = local_day(rounds, now)
    kept = {each.day: each for each in rounds.other_days}
    changed = [each for each in said if _differs(each, kept.get(each.day))]
    if not changed:
        return say("round_days_same")
    lines = [_line(rounds, each, kept.get(each.day), today) for each in changed[:_MOST_LINES]]
    if len(changed) > _MOST_LINES:
        lines.append(say("round_days_more", count=len(changed)))
    lines += _deadlines(rounds, changed, now)
    done = say("round_days_done", count=len(changed))
    option = Option(say("round_days_yes"), SetDays(tuple(changed)), done)
    return Proposal(say("round_days_title"), tuple(lines), (option,), say("round_no"))


def _differs(said: DaySaid, kept: OtherDay | None) -> bool:
    if kept is None or said.working is None:
        return kept is not None or said.working is not None
    return (kept.working, kept.name) != (said.working, said.name)


def _line(rounds: Rounds, said: DaySaid, kept: OtherDay | None, today: date) -> str:
    before = _work(rounds.days.is_working_day(said.day), kept.name if kept else "")
    if said.working is None:
        return say("round_days_back", day=day_text(said.day, today), before=before)
    after = _work(said.working, said.name)
    return say("round_days_line", day=day_text(said.day, today), before=before, after=after)


def _work(working: bool, name: str) -> str:
    kind = say("round_works" if working else "round_off")
    return say("round_named", kind=kind, name=name) if name else kind


def _deadlines(rounds: Rounds, changed: Sequence[DaySaid], now: datetime) -> list[str]:
    """The deadlines that fall on a day that is to be off."""
    off = {each.day for each in changed if each.working is False}
    return [
        say(
            "round_days_deadline", cycle=each.name, deadline=moment_text(rounds, each.deadline, now)
        )
        for each in rounds.running
        if local_day(rounds, each.deadline) in off
    ]


def show_calendar(rounds: Rounds, now: datetime) -> str:
    """What is different from a plain week in the weeks to come, what the coordinators said, and
    which years are not announced."""
    today = local_day(rounds, now)
    ends = [local_day(rounds, each.deadline) for each in rounds.running]
    last = max([today + timedelta(days=_LOOKS_AHEAD), *ends])
    days = [today + timedelta(days=step) for step in range((last - today).days + 1)]
    off = [d for d in days if d.weekday() < _WEEKEND and not rounds.days.is_working_day(d)]
    on = [d for d in days if d.weekday() >= _WEEKEND and rounds.days.is_working_day(d)]
    said = [
        say(
            "round_calendar_said",
            day=day_text(each.day, today),
            kind=_work(each.working, each.name),
        )
        for each in rounds.other_days
        if each.day >= today
    ]
    lines = [
        say("round_calendar", first=day_text(today, today), last=day_text(last, today)),
        say("round_calendar_off", days=spans_text(off, today)) if off else "",
        say("round_calendar_on", days=spans_text(on, today)) if on else "",
        "" if off or on else say("round_calendar_plain"),
        say("round_calendar_yours", days=join(said[:_MOST_LINES])) if said else "",
        *_left(rounds, now),
        unannounced_line(rounds, today, date(today.year + 1, 1, 1)),
        say("round_calendar_how"),
    ]
    return "\n".join(line for line in lines if line)


def spans_text(days: Sequence[date], today: date) -> str:
    """Days in a row, those that follow each other as spans."""
    spans: list[list[date]] = []
    for day in days:
        if spans and day - spans[-1][-1] == timedelta(days=1):
            spans[-1].append(day)
        else:
            spans.append([day])
    return join([_span(span, today) for span in spans])


def _span(span: Sequence[date], today: date) -> str:
    if len(span) == 1:
        return day_text(span[0], today)
    return say("round_span", first=day_text(span[0], today), last=day_text(span[-1], today))


def _left(rounds: Rounds, now: datetime) -> list[str]:
    today = local_day(rounds, now)
    return [
        say(
            "round_calendar_left",
            cycle=each.name,
            deadline=moment_text(rounds, each.deadline, now),
            days=rounds.days.working_days_between(today, local_day(rounds, each.deadline)),
        )
        for each in rounds.running
        if each.deadline > now
    ]
