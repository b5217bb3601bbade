"""When people can be reminded, and of which forms, as the conversation sees it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from bot.acts.base import holders
from bot.calendar import Calendar, calendar_of, hours_of
from bot.chain import chain_of
from bot.lifecycle import By, FormState
from bot.services import Services
from dialogs.hours import FURTHEST, Behind, Hours, Owing, Whom
from storage import interviews, nudges, people, running_forms, snoozes
from storage.interviews import Standing
from storage.running_forms import RunningForm

_DAY = timedelta(days=1)
# A reminder moved from the furthest day may pass the longest holiday.
_AHEAD = FURTHEST + 30


def office_hours(services: Services, tx: Connection, now: datetime) -> Hours:
    """The working hours and the days off that are near."""
    zone = services.settings.zone
    calendar = calendar_of(tx)
    today = now.astimezone(zone).date()
    days = [today + _DAY * number for number in range(_AHEAD)]
    opens, closes = hours_of(services.settings.working_hours)
    return Hours(
        zone,
        opens,
        closes,
        off=frozenset(day for day in days if not calendar.is_working_day(day)),
        unsure=frozenset(
            year for year in {day.year for day in days} if not calendar.announced(year)
        ),
    )


def hours_for(services: Services, tx: Connection, userid: str, now: datetime) -> Hours:
    """The same with what somebody said about reminders before, and what they owe."""
    hours = office_hours(services, tx, now)
    kept = snoozes.get(tx, userid)
    found = [*interviews.of_contact(tx, userid), *interviews.of_colleague(tx, userid)]
    owing = {each.form_id: each for each in found if each.state == FormState.DRAFTING}
    return Hours(
        hours.zone,
        hours.opens,
        hours.closes,
        hours.off,
        hours.unsure,
        kept.until if kept else None,
        kept.wakes if kept else False,
        tuple(Owing(each.department, each.due_at or each.deadline) for each in owing.values()),
    )


def behind_of(
    services: Services, tx: Connection, forms: Iterable[Standing], now: datetime
) -> tuple[Behind, ...]:
    """Who could be reminded of these forms, and how much of their time is over."""
    zone = services.settings.zone
    calendar, today = calendar_of(tx), now.astimezone(zone).date()
    midnight = datetime.combine(today, datetime.min.time(), zone)
    nudged = {each.form_id for each in nudges.since(tx, midnight - _DAY) if each.at >= midnight}
    running = {each.form_id: each for each in running_forms.running(tx)}
    found = []
    for standing in forms:
        form = running.get(standing.form_id)
        if form is None or form.state not in (FormState.DRAFTING, FormState.IN_REVIEW):
            continue
        opened, last = (each.astimezone(zone).date() for each in (form.opens_at, form.deadline))
        found.append(
            Behind(
                form.form_id,
                receivers=receivers_of(tx, form, now),
                reviewers=reviewers_of(tx, form, now),
                gone=_worked(calendar, opened, today - _DAY),
                days=_worked(calendar, opened, last),
                nudged=form.form_id in nudged,
            )
        )
    return tuple(found)


def receivers_of(tx: Connection, form: RunningForm, now: datetime) -> tuple[Whom, ...]:
    """Who has something to do with a form now: its contacts, in review those whose turn it is."""
    if form.state == FormState.IN_REVIEW:
        return reviewers_of(tx, form, now)
    if form.state != FormState.DRAFTING:
        return ()
    return _known(tx, holders(tx, By.CONTACT, form.department_id))


def reviewers_of(tx: Connection, form: RunningForm, now: datetime) -> tuple[Whom, ...]:
    """The reviewers whose turn it is, or who will be asked first."""
    chain = chain_of(tx, form.department_id, now)
    rank = chain.turn(form.rank)
    return tuple(Whom(seat.userid, seat.name) for seat in chain.at(rank))


def _known(tx: Connection, userids: Iterable[str]) -> tuple[Whom, ...]:
    found = (people.person(tx, userid) for userid in userids)
    return tuple(Whom(each.userid, each.name) for each in found if each and each.active)


def _worked(calendar: Calendar, first: date, last: date) -> int:
    """How many working days there are from a day to another, both included."""
    return calendar.working_days_between(first - _DAY, last) if first <= last else 0
