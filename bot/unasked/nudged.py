"""Reminds people of a form because a coordinator says so (催办)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time

from bot.acts.base import name_of
from bot.lifecycle import By, FormState
from bot.phrases import phrase
from bot.unasked import owing
from bot.unasked.asked import has_turn
from bot.unasked.base import MORNING, Kind, Look, Reason, Said
from storage import nudges
from storage.nudges import Nudge
from storage.running_forms import RunningForm

NAME = "reminder_nudge"


def due(look: Look) -> Iterator[Reason]:
    """The wishes of coordinators about forms that are still where they can be acted on."""
    for nudge, form in running(look):
        contacts = look.holders(By.CONTACT, form.department_id)
        if (form.state == FormState.DRAFTING and nudge.userid in contacts) or (
            form.state == FormState.IN_REVIEW and has_turn(look, form, nudge.userid)
        ):
            yield reason(look, NAME, nudge, form)


def running(look: Look) -> Iterator[tuple[Nudge, RunningForm]]:
    """The wishes of today, and those of the working day before for which there was no room."""
    since = look.calendar.add_working_days(look.today, -1)
    forms = {form.form_id: form for form in look.forms}
    for nudge in nudges.open_since(look.tx, datetime.combine(since, time(), look.zone)):
        if nudge.form_id in forms:
            yield nudge, forms[nudge.form_id]


def reason(look: Look, kind: str, nudge: Nudge, form: RunningForm) -> Reason:
    """Why somebody hears of a form now."""
    at = nudge.at if look.day_of(nudge.at) >= look.today else look.today_at(MORNING)
    return Reason(nudge.userid, kind, f"nudge:{nudge.id}", at, (form.code,), form.form_id)


def said_for(look: Look, reasons: Sequence[Reason]) -> list[tuple[Nudge, RunningForm]]:
    """The wishes that these reasons stand for."""
    keys = {each.key for each in reasons}
    return [(nudge, form) for nudge, form in running(look) if f"nudge:{nudge.id}" in keys]


def say(look: Look, reasons: Sequence[Reason]) -> Said | None:
    """Who says so, in which words, and what is missing."""
    found = said_for(look, reasons)
    if not found:
        return None
    title = phrase("nudge_title", name=name_of(look.tx, found[0][0].by))
    told = [_told(look, nudge, form) for nudge, form in found]
    if len(found) > 1 or found[0][1].state != FormState.DRAFTING:
        joined = phrase("clause_mark")
        return owing.about_several(title, [joined.join(each) for each in told])
    return owing.about_one(title, told[0], found[0][1], owing.buttons(tomorrow=False))


def _told(look: Look, nudge: Nudge, form: RunningForm) -> list[str]:
    words = [phrase("nudge_words", words=nudge.words)] if nudge.words else []
    if form.state != FormState.DRAFTING:
        days = look.waited(form.since)
        return [phrase("asked_review", department=form.department, days=days), *words]
    head = phrase("asked_form", department=form.department, when=owing.when(look, form))
    return [head, *words, *owing.told(look, form, nudge.userid)]


KIND = Kind(NAME, due, say)
