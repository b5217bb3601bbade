"""The digest of the week (周报): on its first working day, to reviewers who want it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from bot.digests import WEEKLY, held
from bot.lifecycle import By, FormState
from bot.overviews import overview_of
from bot.unasked.base import MORNING, Kind, Look, Reason, Said
from bot.unasked.digest_daily import begun, has_changed, of_departments
from dialogs.overview.digest import weekly_lines, weekly_title
from storage import overview

_DAY = timedelta(days=1)


def due(look: Look) -> Iterator[Reason]:
    """Each reviewer who said 周报 and of whose departments one is not through, or something has
    happened since the last one."""
    monday = look.today - _DAY * look.today.weekday()
    earlier = (monday + _DAY * number for number in range(look.today.weekday()))
    if not look.calendar.is_working_day(look.today) or any(
        look.calendar.is_working_day(day) for day in earlier
    ):
        return
    forms = begun(look)
    for userid, departments in overview.holders(look.tx, By.REVIEWER, weekly=True).items():
        mine = of_departments(forms, departments)
        since = overview.last_told(look.tx, userid, WEEKLY, before=str(look.today))
        open_ = any(form.state != FormState.ACCEPTED for form in mine)
        if mine and (open_ or has_changed(look, mine, since)):
            yield Reason(userid, WEEKLY, str(monday), look.today_at(MORNING))


def say(look: Look, reasons: Sequence[Reason]) -> Said | None:
    """How the departments of the reviewer stand, and what the week brought."""
    userid = reasons[0].userid
    since = overview.last_told(look.tx, userid, WEEKLY, before=str(look.today))
    departments = held(look.tx, userid, By.REVIEWER)
    found = overview_of(look.services, look.tx, look.now, departments, since, userid)
    if not found.statuses or not found.weekly:
        return None
    return Said(weekly_title(found), weekly_lines(found))


KIND = Kind(WEEKLY, due, say)
