"""What somebody still owes of a form, and how far away its deadline is, in the words of a reminder."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from bot.contact_talk import person_of
from bot.handing import in_role
from bot.phrases import phrase
from bot.unasked.base import Look, Said
from bot.views import case_of
from dialogs.bubbles import Choice
from dialogs.case import Role
from dialogs.owing import Owed, lines, owed
from dialogs.pace import Answered, pace
from dialogs.reminding import CARD, GO_ON, TOMORROW
from dialogs.states import State
from dialogs.talk import Talk
from storage import interviews, paces, people
from storage.running_forms import RunningForm


def talk_of(look: Look, form: RunningForm, userid: str, role: Role = Role.CONTACT) -> Talk | None:
    """A form as somebody who fills it in, or helps with it, would see it now; None for somebody
    who isn't there any more."""
    standing = interviews.one(look.tx, form.form_id)
    known = people.person(look.tx, userid)
    if standing is None or known is None or not known.active:
        return None
    person = in_role(person_of(look.services, known, {role}), role)
    return Talk(State(), case_of(look.services, look.tx, standing, person), look.now)


def owed_by(look: Look, form: RunningForm, userid: str, role: Role = Role.CONTACT) -> Owed | None:
    """What somebody still owes, with the time it takes at their own pace."""
    talk = talk_of(look, form, userid, role)
    if talk is None:
        return None
    standard = talk.case.standard
    given = [each for each in paces.given_by(look.tx, userid) if each.fact in standard.question_of]
    answered = []
    for _, group in groupby(given, key=lambda each: each.turn_id):
        together = list(group)
        questions = {
            standard.question_of[each.fact].id: standard.question_of[each.fact] for each in together
        }
        answered.append(Answered(tuple(questions.values()), together[-1].at))
    return owed(talk, pace(answered, standard.facts))


def told(look: Look, form: RunningForm, userid: str, role: Role = Role.CONTACT) -> tuple[str, ...]:
    """The same in lines."""
    found = owed_by(look, form, userid, role)
    return tuple(lines(found)) if found else ()


def when(look: Look, form: RunningForm) -> str:
    """How far away the deadline of a form is, in working days; of one that came back, its own."""
    moment = form.due_at or form.deadline
    last = look.day_of(moment)
    numbers = {"month": last.month, "day": last.day}
    if form.due_at is not None and look.now <= moment:
        return phrase("deadline_returned", **numbers)
    if look.now > moment:
        count = look.calendar.working_days_between(last, look.today)
        return phrase("deadline_over", count=count, **numbers)
    if last == look.today:
        local = form.deadline.astimezone(look.zone)
        return phrase("deadline_today", clock=f"{local.hour}:{local.minute:02}")
    count = look.calendar.working_days_between(look.today, last)
    code = "deadline_before" if count else "deadline_rest"
    return phrase(code, count=count, **numbers)


def buttons(*, tomorrow: bool = True, start: bool = False) -> tuple[Choice, ...]:
    """继续填, and 明天再提醒 where there is still time."""
    go_on = Choice(GO_ON, phrase("start_button" if start else "go_on_button"))
    later = (Choice(TOMORROW, phrase("tomorrow_button")),) if tomorrow else ()
    return (go_on, *later)


def forms_of(look: Look, form_ids: Sequence[int | None]) -> list[RunningForm]:
    """These forms, those that are due first before the others."""
    found = [form for form in look.forms if form.form_id in form_ids]
    return sorted(found, key=lambda form: (form.due_at or form.deadline, form.form_id))


def about_one(
    title: str, lines: Sequence[str], form: RunningForm, choices: Sequence[Choice]
) -> Said:
    """A card about one form."""
    return Said(title, tuple(lines), tuple(choices), f"{CARD}:{form.form_id}")


def about_several(title: str, lines: Sequence[str]) -> Said:
    """A text about several forms: which of them somebody wants to go on with, they say."""
    return Said(title, (*lines, phrase("several_how")))
