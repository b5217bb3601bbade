"""Reminds contacts of forms that came back: the working day before they are due, that day, and
each working day after it. The old deadline is not spoken of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Connection

from bot.acts.base import holders
from bot.calendar import add_working_days
from bot.jobs.dated.base import Reminder
from bot.lifecycle import By
from bot.phrases import phrase
from bot.services import Services
from storage import returned, waiting_forms
from storage.waiting_forms import WaitingForm


def due(services: Services, tx: Connection, now: datetime) -> dict[str, list[WaitingForm]]:
    """The returned forms whose due date is near or over, at their contacts."""
    found: dict[str, list[WaitingForm]] = {}
    today = now.astimezone(services.settings.zone).date()
    for form in waiting_forms.returned(tx):
        last = _last_day(services, form)
        if form.since.astimezone(services.settings.zone).date() < today and (
            add_working_days(today, 1) >= last
        ):
            for userid in holders(tx, By.CONTACT, form.department_id):
                found.setdefault(userid, []).append(form)
    return found


def say(services: Services, tx: Connection, forms: Sequence[WaitingForm], now: datetime) -> str:
    """A line a form with its due date and how much of it is still open."""
    lines = [_line(services, tx, form, now) for form in forms]
    return phrase("line_break").join([*lines, phrase("reminder_returned_how")])


def _line(services: Services, tx: Connection, form: WaitingForm, now: datetime) -> str:
    last = _last_day(services, form)
    over = form.due_at is not None and now > form.due_at
    points = [point for point, _ in returned.latest(tx, form.form_id) if point.indicator]
    open_ = sum(point.settled_at is None for point in points)
    left = phrase("reminder_points_left", count=open_) if open_ else ""
    code = "reminder_returned_over" if over else "reminder_returned"
    day = {"month": last.month, "day": last.day}
    return phrase(code, department=form.department, left=left, **day)


def _last_day(services: Services, form: WaitingForm) -> date:
    moment = form.due_at or form.since
    return moment.astimezone(services.settings.zone).date()


REMINDER = Reminder(due, say)
