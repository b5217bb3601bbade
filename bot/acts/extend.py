"""延期: gives single departments a deadline of their own, or that of all again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import ActRefused, locked, standing_of
from bot.acts.rounds import check_coordinates, held, plain
from bot.lifecycle import By, FormState
from dialogs.rounds.orders import Extension
from storage import cycle_events, forms
from storage.cycles import Cycle
from storage.forms import Form


def extend(
    tx: Connection,
    actor: str,
    by: By,
    cycle_id: int,
    extensions: Sequence[Extension],
    now: datetime,
) -> None:
    """Extends all of them or, raising ActRefused, none: where one has been changed since, or has
    been delivered. Whom it concerns is told by `bot.unasked.moved`."""
    cycle = held(tx, cycle_id)
    given = sorted(extensions, key=lambda each: each.form_id)
    found = [(locked(tx, each.form_id), each) for each in given]
    check_coordinates(tx, actor, by, {form.department_id for form, _ in found})
    for form, extension in found:
        _check(tx, cycle, form, extension, now)
    changed = {}
    for form, extension in found:
        before = extension.stands
        after = extension.until or cycle.deadline
        if extension.returned:
            forms.set_due(tx, form.id, after)
        else:
            forms.extend(tx, form.id, extension.until)
        data = {"from": plain(before), "to": plain(after), "returned": extension.returned}
        data["cancels"] = extension.until is None
        changed[str(form.id)] = data
        forms.note_event(tx, form.id, "extend", actor, form.state, form.state, now, data=data)
    cycle_events.note(tx, cycle_id, "extended", actor, now, {"changes": changed})


def _check(tx: Connection, cycle: Cycle, form: Form, extension: Extension, now: datetime) -> None:
    """Raises ActRefused where the form is not as it was, or the new day makes no sense."""
    department = standing_of(tx, form.id).department
    own = form.due_at if extension.returned else form.extended_to
    stands = own if extension.returned else own or cycle.deadline
    if form.cycle_id != cycle.id or stands != extension.stands:
        raise ActRefused("extension_changed", department=department)
    if form.state == FormState.ACCEPTED:
        raise ActRefused("extension_needless", department=department)
    if extension.until is None:
        if extension.returned or own is None:
            raise ActRefused("extension_none", department=department)
    elif extension.until <= now or extension.until == stands:
        raise ActRefused("extension_past", department=department)
