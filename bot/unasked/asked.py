"""Reminds people at the moment that they asked for: 明天上午9点再提醒我."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time

from bot.lifecycle import By, FormState
from bot.phrases import phrase
from bot.reminding import reviewers_of
from bot.unasked import owing
from bot.unasked.base import MORNING, Kind, Look, Reason, Said
from dialogs.case import Role
from storage import hands, people, snoozes
from storage.running_forms import RunningForm

NAME = "reminder_asked"
_OWING = {Role.CONTACT, Role.COLLEAGUE, Role.REVIEWER}


def due(look: Look) -> Iterator[Reason]:
    """Those whose moment has come; where nothing could be sent then, the working day after it."""
    since = look.calendar.add_working_days(look.today, -1)
    after = datetime.combine(since, time(), look.zone)
    for snooze in snoozes.waking(look.tx, after, look.now):
        forms = forms_for(look, snooze.userid)
        today = look.day_of(snooze.until) == look.today
        at = snooze.until if today else look.today_at(MORNING)
        codes = tuple(sorted({form.code for form, _ in forms}))
        one = forms[0][0].form_id if len(forms) == 1 else None
        yield Reason(snooze.userid, NAME, snooze.until.isoformat(), at, codes, one)


def forms_for(look: Look, userid: str) -> list[tuple[RunningForm, Role]]:
    """The forms with which somebody has something to do now, and as what."""
    helping = {each.form_id for each in hands.running_with(look.tx, userid) if not each.done}
    found = []
    for form in look.forms:
        if form.state == FormState.DRAFTING:
            if userid in look.holders(By.CONTACT, form.department_id):
                found.append((form, Role.CONTACT))
            elif form.form_id in helping:
                found.append((form, Role.COLLEAGUE))
        elif form.state == FormState.IN_REVIEW and has_turn(look, form, userid):
            found.append((form, Role.REVIEWER))
    return sorted(found, key=lambda each: (each[0].due_at or each[0].deadline, each[0].form_id))


def has_turn(look: Look, form: RunningForm, userid: str) -> bool:
    """Whether somebody is among the reviewers whose turn it is."""
    return any(each.userid == userid for each in reviewers_of(look.tx, form, look.now))


def say(look: Look, reasons: Sequence[Reason]) -> Said | None:
    """What waits for them; nothing where that is settled meanwhile."""
    userid = reasons[0].userid
    forms = forms_for(look, userid)
    title = phrase("asked_title")
    if not forms:
        others = {row.role for row in people.roles(look.tx, userid)} - _OWING
        return Said(title, (phrase("asked_other"),)) if others else None
    told = [_told(look, form, userid, role) for form, role in forms]
    if len(forms) > 1 or forms[0][1] is Role.REVIEWER:
        return owing.about_several(title, [phrase("clause_mark").join(each) for each in told])
    return owing.about_one(title, told[0], forms[0][0], owing.buttons())


def _told(look: Look, form: RunningForm, userid: str, role: Role) -> list[str]:
    if role is Role.REVIEWER:
        days = look.waited(form.since)
        return [phrase("asked_review", department=form.department, days=days)]
    head = phrase("asked_form", department=form.department, when=owing.when(look, form))
    return [head, *owing.told(look, form, userid, role)]


KIND = Kind(NAME, due, say)
