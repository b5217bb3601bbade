"""Tells who had not handed in that the exercise is over, and what they can still do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from bot.acts.rounds import OWED
from bot.lifecycle import By
from bot.phrases import listed, phrase
from bot.unasked.base import Kind, Look, Reason, Said
from storage import cycle_events, cycles, departments, forms, interviews
from storage.cycle_events import CycleEvent
from storage.forms import Form

NAME = "notice_closed"
_REMEMBERED = timedelta(days=10)


def due(look: Look) -> Iterator[Reason]:
    """The forms that were still owed when their exercise was closed, as long as it is."""
    for event in _closings(look):
        for form in _owed(look, event):
            department = departments.get(look.tx, form.department_id)
            code = department.code if department else ""
            roles = (By.CONTACT, By.REVIEWER)
            people = [u for role in roles for u in look.holders(role, form.department_id)]
            for userid in dict.fromkeys(people):
                key = f"{form.id}:{event.id}"
                yield Reason(userid, NAME, key, event.at, (code,), form.id)


def say(look: Look, reasons: Sequence[Reason]) -> Said | None:
    """Which exercise is over, for which departments."""
    wanted = {each.form_id for each in reasons}
    names = interviews.names(look.tx, None, By.COORDINATOR)[By.COORDINATOR]
    lines = []
    for event in _closings(look):
        cycle = cycles.get(look.tx, event.cycle_id)
        found = [form for form in _owed(look, event) if form.id in wanted]
        whose = [departments.get(look.tx, form.department_id) for form in found]
        if cycle and found:
            called = phrase("list_comma").join(each.name for each in whose if each)
            lines.append(phrase("closed_line", cycle=cycle.name, departments=called))
    if not lines:
        return None
    return Said(phrase("closed_title"), (*lines, phrase("closed_how", names=listed(names))))


def _closings(look: Look) -> list[CycleEvent]:
    """The last closing of each exercise that is closed."""
    events = cycle_events.since(look.tx, look.now - _REMEMBERED)
    last = {each.cycle_id: each for each in events if each.act in ("closed", "reopened")}
    return [each for each in last.values() if each.act == "closed"]


def _owed(look: Look, event: CycleEvent) -> list[Form]:
    told = set(event.data["forms"])
    return [each for each in forms.by_state(look.tx, event.cycle_id, *OWED) if each.id in told]


KIND = Kind(NAME, due, say)
