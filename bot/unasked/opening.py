"""Tells contacts on the first working day of a cycle that it has begun: what it is, how long it
takes, one tap to begin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from bot.calendar import hours_of
from bot.lifecycle import By, FormState
from bot.phrases import phrase
from bot.unasked import owing
from bot.unasked.base import MORNING, Kind, Look, Reason, Said
from dialogs.owing import Owed
from storage.running_forms import RunningForm

NAME = "notice_opening"
STILL = 2
"""For so many working days after the first it may still be said, where it could not be before."""
_HALF_HOUR = timedelta(minutes=30)


def due(look: Look) -> Iterator[Reason]:
    """The forms of cycles that have just begun, at their contacts."""
    for form in look.forms:
        if form.state != FormState.DRAFTING or form.version or form.due_at is not None:
            continue
        first = first_day(look, form)
        if not first <= look.today <= look.calendar.add_working_days(first, STILL):
            continue
        at = max(look.today_at(MORNING), form.opens_at)
        for userid in look.holders(By.CONTACT, form.department_id):
            yield Reason(userid, NAME, f"{form.form_id}", at, (form.code,), form.form_id)


def first_day(look: Look, form: RunningForm) -> date:
    """The first working day on which something can still be said after the opening."""
    local = form.opens_at.astimezone(look.zone)
    _, closes = hours_of(look.services.settings.working_hours)
    late = local.time() >= (datetime.combine(date.min, closes) - _HALF_HOUR).time()
    return look.calendar.next_working_day(local.date() + timedelta(days=1 if late else 0))


def say(look: Look, reasons: Sequence[Reason]) -> Said | None:
    """Who has begun already is not told that they can."""
    userid = reasons[0].userid
    forms = owing.forms_of(look, [each.form_id for each in reasons])
    found = [(form, owed) for form in forms if (owed := owing.owed_by(look, form, userid))]
    fresh = [(form, owed) for form, owed in found if not owed.done]
    if not fresh:
        return None
    if len(fresh) > 1:
        each = [phrase("opening_line", **_numbers(look, form, owed)) for form, owed in fresh]
        return owing.about_several(phrase("opening_several", count=len(fresh)), each)
    form, owed = fresh[0]
    lines = [phrase("opening_what", **_numbers(look, form, owed)), phrase("opening_how")]
    title = phrase("opening_title", year=form.year)
    return owing.about_one(title, lines, form, owing.buttons(start=True))


def _numbers(look: Look, form: RunningForm, owed: Owed) -> dict[str, object]:
    last = look.day_of(form.deadline)
    return {
        "department": form.department,
        "total": owed.total,
        "minutes": owed.minutes,
        "papers": owed.papers,
        "month": last.month,
        "day": last.day,
    }


KIND = Kind(NAME, due, say)
