"""名册: a coordinator wants to change it, or to have it compared with the directory."""

from __future__ import annotations

from datetime import datetime

from dialogs.bubbles import Words
from dialogs.case import Desk, Role
from dialogs.desks.base import reply
from dialogs.effects import CheckDirectory
from dialogs.events import Event, Said
from dialogs.roster_page import RosterPage
from dialogs.states import State
from dialogs.step import Step
from dialogs.understand.roster import RosterWish, read_roster_wish
from dialogs.wording import join, say

_FEW = 3


def is_meant(event: Event) -> bool:
    """Whether the roster is needed to understand an event."""
    return isinstance(event, Said) and read_roster_wish(event.text) is not None


def read(state: State, event: Event, desk: Desk, now: datetime) -> Step | None:
    """Where the roster is changed, or that it is being compared."""
    page = desk.roster_page
    if desk.role is not Role.COORDINATOR or page is None or not isinstance(event, Said):
        return None
    wish = read_roster_wish(event.text)
    if wish is None:
        return None
    if not page.may:
        return reply(state, say("roster_others", names=join(list(desk.coordinators))))
    if wish is RosterWish.CHECK:
        return Step(state, (CheckDirectory(),), (Words(say("roster_checking")),))
    return reply(state, _where(page))


def _where(page: RosterPage) -> str:
    counts = {"departments": page.departments, "people": page.people}
    code = "roster_page" if page.address else "roster_no_page"
    lines = [say(code, address=page.address, **counts), *page.odd[:_FEW]]
    if len(page.odd) > _FEW:
        lines.append(say("roster_more_odd", count=len(page.odd) - _FEW))
    return "\n".join(lines)
