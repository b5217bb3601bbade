"""Reminds contacts that they can object to an opinion (复核意见): the working day before the last
day, and on it, as long as nothing was said to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.lifecycle import By
from bot.phrases import phrase
from bot.reviewing import current
from bot.unasked.base import MORNING, Kind, Look, Reason, Said
from dialogs.bubbles import Choice
from dialogs.review_notices import AGREE, APPEAL, CARD
from dialogs.reviewed import REVIEWABLE
from storage import reviewing
from storage.reviewing import Opinion
from storage.running_forms import RunningForm

NAME = "reminder_appeal"


def due(look: Look) -> Iterator[Reason]:
    """The opinions that can be objected to for one more working day or less, at the contacts."""
    for form, opinion in _open(look):
        until = opinion.appeal_until
        if until is None or look.calendar.add_working_days(look.today, 1) < look.day_of(until):
            continue
        if look.day_of(opinion.at) < look.today:
            key = f"{form.form_id}:{opinion.number}:{until.isoformat()}:{look.today}"
            for userid in look.holders(By.CONTACT, form.department_id):
                at = look.today_at(MORNING)
                yield Reason(userid, NAME, key, at, (form.code,), form.form_id)


def say(look: Look, reasons: Sequence[Reason]) -> Said | None:
    """Until when, and the two things that can be done."""
    told = {each.form_id for each in reasons}
    found = [(form, opinion) for form, opinion in _open(look) if form.form_id in told]
    if not found:
        return None
    lines = []
    for form, opinion in found:
        last = look.day_of(opinion.appeal_until or look.now)
        numbers = {"department": form.department, "month": last.month, "day": last.day}
        lines.append(phrase("reminder_appeal_line", **numbers, total=opinion.total))
    lines.append(phrase("reminder_appeal_how"))
    title = phrase("reminder_appeal")
    if len(found) > 1:
        return Said(title, tuple(lines))
    choices = (
        Choice(AGREE, phrase("reminder_appeal_agree")),
        Choice(APPEAL, phrase("reminder_appeal_object")),
    )
    return Said(title, tuple(lines), choices, f"{CARD}{found[0][1].number}")


def _open(look: Look) -> list[tuple[RunningForm, Opinion]]:
    """The forms with an opinion to which nothing was said yet and still can be."""
    forms = [form for form in look.forms if form.state in REVIEWABLE]
    ids = [form.form_id for form in forms]
    opinions = reviewing.opinions_of(look.tx, ids) if ids else {}
    appeals = reviewing.appeals_of(look.tx, list(opinions)) if opinions else {}
    found = []
    for form in forms:
        opinion = current(opinions.get(form.form_id, []), form.version)
        if opinion is None or not opinion.open_at(look.now):
            continue
        if all(each.opinion_id != opinion.id for each in appeals.get(form.form_id, [])):
            found.append((form, opinion))
    return found


KIND = Kind(NAME, due, say)
