"""The coordinators' digest (进度简报): on the morning of each working day, when something changed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from bot.digests import DAILY, coordinated
from bot.lifecycle import By, FormState
from bot.overview_files import picture_of
from bot.overviews import overview_of
from bot.unasked.base import MORNING, Kind, Look, Reason, Said
from dialogs.case import Role
from dialogs.desk_cards import key_at
from dialogs.desks.digest import CARD
from dialogs.overview.digest import daily_choices, daily_lines, daily_title
from storage import overview, running_forms
from storage.running_forms import RunningForm

_ON_THE_WAY = (FormState.DRAFTING, FormState.IN_REVIEW, FormState.APPROVED)


def due(look: Look) -> Iterator[Reason]:
    """Each coordinator in whose departments something has happened since their last digest. It
    looks at all forms whatever the message is about: what it says hangs on all of them."""
    if not look.calendar.is_working_day(look.today):
        return
    forms = begun(look)
    for userid, departments in overview.holders(look.tx, By.COORDINATOR).items():
        mine = of_departments(forms, departments)
        since = overview.last_told(look.tx, userid, DAILY, before=str(look.today))
        if mine and has_changed(look, mine, since):
            yield Reason(userid, DAILY, str(look.today), look.today_at(MORNING))


def say(look: Look, reasons: Sequence[Reason]) -> Said | None:
    """The digest as things are now, with a picture of all departments."""
    userid = reasons[0].userid
    since = overview.last_told(look.tx, userid, DAILY, before=str(look.today))
    departments = coordinated(look.tx, userid)
    found = overview_of(look.services, look.tx, look.now, departments, since, userid)
    if not found.statuses:
        return None
    return Said(
        title=daily_title(found),
        lines=daily_lines(found),
        choices=daily_choices(),
        card=key_at(Role.COORDINATOR, CARD, look.today),
        pictures=(picture_of(found),),
    )


def begun(look: Look) -> list[RunningForm]:
    """All forms of open cycles that have begun."""
    return [form for form in running_forms.running(look.tx) if form.opens_at <= look.now]


def of_departments(
    forms: Sequence[RunningForm], departments: Collection[int] | None
) -> list[RunningForm]:
    """Those of these departments, None for all."""
    return [each for each in forms if departments is None or each.department_id in departments]


def has_changed(look: Look, forms: Sequence[RunningForm], since: datetime | None) -> bool:
    """Whether up to this morning anybody has done anything since then, or the time alone has made
    something late. What comes in the course of the day is for the next morning."""
    ids, morning = [form.form_id for form in forms], look.today_at(MORNING)
    moment = since or min(form.opens_at for form in forms)
    if overview.lively(look.tx, ids, moment, morning):
        return True
    return any(
        form.state in _ON_THE_WAY and moment < (form.due_at or form.deadline) < morning
        for form in forms
    )


KIND = Kind(DAILY, due, say)
