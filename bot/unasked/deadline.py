"""Reminds contacts of the deadline by the cycle's plan: so many working days before it, on the
day, and once it is over. A form that came back has a date and reminders of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial

from bot.lifecycle import By, FormState
from bot.phrases import phrase
from bot.unasked import owing
from bot.unasked.base import AFTERNOON, MORNING, Kind, Look, Reason, Said
from bot.unasked.replaced import Heard, heard_today
from dialogs.plan import Plan
from storage.running_forms import RunningForm

NAME = "reminder_deadline"
_HALF_HOUR = timedelta(minutes=30)


def due(look: Look) -> Iterator[Reason]:
    """The forms that are to be sent in, at their contacts."""
    heard = heard_today(look)
    for form in look.forms:
        if form.state == FormState.DRAFTING and form.due_at is None:
            contacts = partial(look.holders, By.CONTACT, form.department_id)
            yield from planned(look, NAME, form, Plan.read(form.plan), contacts, heard)


def planned(
    look: Look,
    kind: str,
    form: RunningForm,
    plan: Plan,
    userids: Callable[[], Sequence[str]],
    heard: Heard,
) -> Iterator[Reason]:
    """Why these people hear of a form today by a plan; once for a slot, even if the deadline was
    moved in between."""

    def wanted(slot: time, deadline: datetime) -> bool:
        return slot in slots(look, deadline, plan, form.opens_at)

    for slot in slots(look, form.due_at or form.deadline, plan, form.opens_at):
        for userid in userids():
            if not heard(form, userid, slot, partial(wanted, slot)):
                yield reason(look, kind, userid, form, slot)


def reason(look: Look, kind: str, userid: str, form: RunningForm, slot: time) -> Reason:
    """Why somebody hears today, at this time, of a form that is due. Another deadline is another
    reason; another plan with the same deadline and day is not."""
    moment = form.due_at or form.deadline
    key = f"{form.form_id}:{moment.isoformat()}:{look.today}:{slot:%H%M}"
    return Reason(userid, kind, key, look.today_at(slot), (form.code,), form.form_id)


def slots(look: Look, deadline: datetime, plan: Plan, opens_at: datetime) -> tuple[time, ...]:
    """At which times of today the plan wants a reminder."""
    calendar, today, last = look.calendar, look.today, last_day(look, deadline)
    if not calendar.is_working_day(today) or today <= look.day_of(opens_at):
        return ()
    if today > last:
        count = calendar.working_days_between(last, today)
        return (MORNING,) if plan.after and (count - 1) % plan.after == 0 else ()
    left = calendar.working_days_between(today, last)
    if not left:
        # The day itself, or the last that is worked before it.
        wanted = (MORNING, AFTERNOON)[: plan.on_the_day]
        return tuple(slot for slot in wanted if look.today_at(slot) + _HALF_HOUR <= deadline)
    return (MORNING,) if left in plan.before else ()


def last_day(look: Look, deadline: datetime) -> date:
    """The last day on which something can still be done before the deadline."""
    local = deadline.astimezone(look.zone)
    early = local.time() < (datetime.combine(date.min, MORNING) + _HALF_HOUR).time()
    return local.date() - timedelta(days=1) if early else local.date()


def say(look: Look, reasons: Sequence[Reason]) -> Said | None:
    """How near it is, what is missing by name, how long it takes, what it counts."""
    userid = reasons[0].userid
    forms = owing.forms_of(look, [each.form_id for each in reasons])
    if not forms:
        return None
    if len(forms) > 1:
        return owing.about_several(
            phrase("deadline_several", count=len(forms)),
            [_line(look, form, userid) for form in forms],
        )
    form = forms[0]
    lines = owing.told(look, form, userid)
    title = phrase("deadline_title", when=owing.when(look, form))
    tomorrow = look.now > form.deadline or look.today < last_day(look, form.deadline)
    return owing.about_one(title, lines, form, owing.buttons(tomorrow=tomorrow)) if lines else None


def _line(look: Look, form: RunningForm, userid: str) -> str:
    told = phrase("clause_mark").join(owing.told(look, form, userid))
    numbers = {"department": form.department, "when": owing.when(look, form)}
    return phrase("deadline_line", told=told, **numbers)


KIND = Kind(NAME, due, say)
