"""Tells contacts, and who approves, that their deadline is another one than before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.acts.base import name_of
from bot.acts.rounds import OWED
from bot.lifecycle import By
from bot.phrases import phrase
from bot.unasked.base import Kind, Look, Reason, Said
from dialogs.rounds.telling import day_text
from storage import cycle_events, ledger
from storage.running_forms import RunningForm

NAME = "notice_deadline"
_MOVES = ("moved", "extended")
_REMEMBERED = timedelta(days=10)
"""For how long a change is news."""
_SHOWN = 5


@dataclass(frozen=True)
class _Change:
    """The last change of one form's deadline."""

    form: RunningForm
    event_id: int
    before: datetime
    after: datetime
    by: str
    at: datetime
    returned: bool
    earlier: tuple[tuple[int, datetime], ...] = ()
    """The changes before it, newest first: the event's id, and the deadline before that."""

    def before_for(self, tx: Connection, userid: str) -> datetime:
        """The deadline that somebody knows: of changes that nobody told them of, the first's."""
        keys = {
            number: _reason(self.form, number, userid, self.at).once for number, _ in self.earlier
        }
        told = ledger.known(tx, set(keys.values()))
        known = self.before
        for number, before in self.earlier:
            if keys[number] in told:
                break
            known = before
        return known


def due(look: Look) -> Iterator[Reason]:
    """The last change of each form's deadline, as long as it stands."""
    for change in _changes(look).values():
        form = change.form
        roles = (By.CONTACT, By.REVIEWER)
        people = dict.fromkeys(u for role in roles for u in look.holders(role, form.department_id))
        for userid in people:
            yield _reason(form, change.event_id, userid, change.at)


def _reason(form: RunningForm, event_id: int, userid: str, at: datetime) -> Reason:
    return Reason(userid, NAME, f"{form.form_id}:{event_id}", at, (form.code,), form.form_id)


def say(look: Look, reasons: Sequence[Reason]) -> Said | None:
    """From when to when, by whom, and how many working days are left."""
    found = _changes(look)
    known = [
        replace(change, before=change.before_for(look.tx, each.userid))
        for each in reasons
        if (change := found.get(each.form_id))
    ]
    # There and back again before anybody heard of it is no news.
    changes = [change for change in known if change.before != change.after]
    if not changes:
        return None
    lines = [_line(look, change) for change in changes[:_SHOWN]]
    if len(changes) > _SHOWN:
        lines.append(phrase("moved_more", count=len(changes)))
    return Said(phrase("moved_title"), tuple(lines))


def _changes(look: Look) -> Mapping[int | None, _Change]:
    events = cycle_events.since(look.tx, look.now - _REMEMBERED)
    forms: dict[str, RunningForm] = {}
    if any(event.act in _MOVES for event in events):
        forms = {str(form.form_id): form for form in look.forms if form.state in OWED}
    found: dict[int | None, _Change] = {}
    for event in events:
        if event.act not in _MOVES:
            continue
        for number, data in event.data["changes"].items():
            form = forms.get(number)
            if form is None:
                continue
            last, returned = found.get(form.form_id), data.get("returned", False)
            follows = last is not None and last.returned == returned
            found[form.form_id] = _Change(
                *(form, event.id),
                datetime.fromisoformat(data["from"]),
                datetime.fromisoformat(data["to"]),
                *(event.actor, event.at),
                returned,
                ((last.event_id, last.before), *last.earlier) if last and follows else (),
            )
    return {number: change for number, change in found.items() if _stands(change)}


def _stands(change: _Change) -> bool:
    own = change.form.due_at if change.returned else change.form.deadline
    return own == change.after


def _line(look: Look, change: _Change) -> str:
    today = look.today
    moments = {}
    for name, moment in (("before", change.before), ("after", change.after)):
        local = moment.astimezone(look.zone)
        moments[name] = phrase(
            "moved_moment", day=day_text(local.date(), today), clock=f"{local:%H:%M}"
        )
    by = name_of(look.tx, change.by) if change.by != By.SYSTEM else phrase("moved_by_operator")
    last = look.day_of(change.after)
    days = look.calendar.working_days_between(today, last) if last > today else 0
    return phrase("moved_line", department=change.form.department, by=by, days=days, **moments)


KIND = Kind(NAME, due, say)
