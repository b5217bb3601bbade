"""Reminds colleagues of the questions that were handed to them (转交), on the days of the plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from bot.lifecycle import FormState
from bot.phrases import phrase
from bot.unasked import owing
from bot.unasked.base import Kind, Look, Reason, Said
from bot.unasked.deadline import last_day, planned
from bot.unasked.replaced import heard_today
from dialogs.case import Role
from dialogs.hands.held import OFFERED, mine, scope_title
from dialogs.hands.lines import giver_of
from dialogs.owing import lines
from dialogs.plan import Plan
from storage import hands
from storage.running_forms import RunningForm

NAME = "reminder_handed"
RETURNED = Plan((1,), 1, 1)
"""When a form came back, as its contacts are reminded of it."""


def due(look: Look) -> Iterator[Reason]:
    """The forms of which something is in somebody's hands or offered to them."""
    heard = heard_today(look)
    for form in look.forms:
        if form.state != FormState.DRAFTING:
            continue
        plan = Plan.read(form.plan) if form.due_at is None else RETURNED
        yield from planned(look, NAME, form, plan, partial(receivers, look, form), heard)


def receivers(look: Look, form: RunningForm) -> list[str]:
    """Who has something of a form and isn't done with it."""
    running = hands.of_form(look.tx, form.form_id)
    return list(dict.fromkeys(each.receiver for each in running if each.runs and not each.done))


def say(look: Look, reasons: Sequence[Reason]) -> Said | None:
    """For whom, what is missing, how long it takes; nothing for who waits for others' answers."""
    userid = reasons[0].userid
    forms = owing.forms_of(look, [each.form_id for each in reasons])
    found = [(form, told) for form in forms if (told := _told(look, form, userid))]
    if not found:
        return None
    if len(found) > 1:
        joined = phrase("clause_mark")
        each = [
            phrase("handed_line", department=f.department, told=joined.join(t)) for f, t in found
        ]
        return owing.about_several(phrase("handed_several", count=len(found)), each)
    form, told = found[0]
    moment = form.due_at or form.deadline
    tomorrow = look.now > moment or look.today < last_day(look, moment)
    choices = owing.buttons(tomorrow=tomorrow)
    return owing.about_one(phrase("handed_title", when=owing.when(look, form)), told, form, choices)


def _told(look: Look, form: RunningForm, userid: str) -> list[str]:
    talk = owing.talk_of(look, form, userid, Role.COLLEAGUE)
    owed = owing.owed_by(look, form, userid, Role.COLLEAGUE)
    if talk is None or owed is None:
        return []
    offered = mine(talk.case, OFFERED)
    titles = [scope_title(talk.case.standard, hand.scope) for hand in offered]
    told = []
    if titles:
        named = phrase("list_comma").join(titles)
        told.append(phrase("handed_offered", titles=named, giver=giver_of(talk)))
    if owed.missing:
        told += [phrase("handed_for", giver=giver_of(talk)), *lines(owed)]
    return told


KIND = Kind(NAME, due, say)
