"""Reminds contacts of forms that came back: the working day before they are due, that day, and
each working day after it. The old deadline is not spoken of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.lifecycle import By, FormState
from bot.phrases import phrase
from bot.unasked import owing
from bot.unasked.base import MORNING, Kind, Look, Reason, Said
from bot.unasked.replaced import heard_today
from dialogs.naming import target_name
from storage import returned
from storage.running_forms import RunningForm

NAME = "reminder_returned"
_MOST_NAMES = 3


def due(look: Look) -> Iterator[Reason]:
    """The returned forms whose due date is near or over, at their contacts."""
    heard, tomorrow = heard_today(look), look.calendar.add_working_days(look.today, 1)

    def is_near(due_at: datetime) -> bool:
        return look.day_of(due_at) <= tomorrow

    for form in look.forms:
        if form.state != FormState.DRAFTING or form.due_at is None or not is_near(form.due_at):
            continue
        if look.day_of(form.since) >= look.today:
            continue
        key = f"{form.form_id}:{form.due_at.isoformat()}:{look.today}"
        for userid in look.holders(By.CONTACT, form.department_id):
            if not heard(form, userid, MORNING, is_near):
                at = look.today_at(MORNING)
                yield Reason(userid, NAME, key, at, (form.code,), form.form_id)


def say(look: Look, reasons: Sequence[Reason]) -> Said | None:
    """Its due date, how much of it is still open by name, and one tap to go on."""
    userid = reasons[0].userid
    forms = owing.forms_of(look, [each.form_id for each in reasons])
    if not forms:
        return None
    if len(forms) > 1:
        lines = [
            phrase("clause_mark").join([_head(look, each), *_lines(look, each)]) for each in forms
        ]
        return owing.about_several(phrase("reminder_returned_several", count=len(forms)), lines)
    form = forms[0]
    lines = [*_lines(look, form), *owing.told(look, form, userid)]
    over = form.due_at is not None and look.today >= look.day_of(form.due_at)
    choices = owing.buttons(tomorrow=not over or look.now > (form.due_at or form.since))
    return owing.about_one(_head(look, form), lines, form, choices)


def _head(look: Look, form: RunningForm) -> str:
    moment = form.due_at or form.since
    last = look.day_of(moment)
    code = "reminder_returned_over" if look.now > moment else "reminder_returned"
    return phrase(code, month=last.month, day=last.day)


def _lines(look: Look, form: RunningForm) -> list[str]:
    """The department, with what came back and has not been answered."""
    standard = look.services.shelf.standard(look.tx, form.standard_hash)
    points = [point for point, _ in returned.latest(look.tx, form.form_id) if point.indicator]
    open_ = [target_name(standard, each.indicator) for each in points if each.settled_at is None]
    if not open_:
        return [form.department]
    names = phrase("list_comma").join(open_[:_MOST_NAMES])
    left = phrase("reminder_points_left", count=len(open_), names=names)
    return [phrase("reminder_returned_line", department=form.department, left=left)]


KIND = Kind(NAME, due, say)
