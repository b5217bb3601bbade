"""Tells reviewers that their department has not sent its form in: by setting once it is so many
working days late, or because a coordinator says so (催审核人)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.lifecycle import By, FormState
from bot.phrases import listed, phrase
from bot.reminding import reviewers_of
from bot.unasked import owing
from bot.unasked.base import MORNING, Kind, Look, Reason, Said
from bot.unasked.nudged import reason, running, said_for
from storage import people
from storage.running_forms import RunningForm

NAME = "escalation_late"


def due(look: Look) -> Iterator[Reason]:
    """The forms that are still filled in, at the reviewers who will be asked first."""
    yield from _by_setting(look)
    for nudge, form in running(look):
        if form.state != FormState.DRAFTING:
            continue
        contacts = look.holders(By.CONTACT, form.department_id)
        reviewers = {each.userid for each in reviewers_of(look.tx, form, look.now)}
        if nudge.userid in reviewers and nudge.userid not in contacts:
            yield reason(look, NAME, nudge, form)


def _by_setting(look: Look) -> Iterator[Reason]:
    after = look.services.settings.escalate_after_days
    for form in look.forms if after else ():
        if form.state != FormState.DRAFTING or form.due_at is not None:
            continue
        if look.now <= form.deadline or look.waited(form.deadline) < after:
            continue
        key = f"{form.form_id}:{form.deadline.isoformat()}"
        for each in reviewers_of(look.tx, form, look.now):
            at = look.today_at(MORNING)
            yield Reason(each.userid, NAME, key, at, (form.code,), form.form_id)


def say(look: Look, reasons: Sequence[Reason]) -> Said | None:
    """Which departments, how late, who fills in, how far they are."""
    forms = owing.forms_of(look, [each.form_id for each in reasons])
    if not forms:
        return None
    words = [nudge.words for nudge, _ in said_for(look, reasons) if nudge.words]
    lines = [_line(look, form) for form in forms]
    lines += [phrase("nudge_words", words=each) for each in dict.fromkeys(words)]
    return Said(phrase("late_title", count=len(forms)), (*lines, phrase("late_how")))


def _line(look: Look, form: RunningForm) -> str:
    contacts = look.holders(By.CONTACT, form.department_id)
    found = (people.person(look.tx, userid) for userid in contacts)
    names = [each.name for each in found if each]
    owed = owing.owed_by(look, form, contacts[0]) if contacts else None
    far = phrase("late_far", done=owed.done, total=owed.total) if owed else ""
    numbers = {"department": form.department, "when": owing.when(look, form)}
    return phrase("late_line", names=listed(names), far=far, **numbers)


KIND = Kind(NAME, due, say)
