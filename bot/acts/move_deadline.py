"""截止改到: moves the deadline of everybody who has none of their own."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import ActRefused
from bot.acts.rounds import OWED, check_coordinates, check_deadline, held, plain
from bot.lifecycle import By
from storage import cycle_events, cycles, forms


def move_deadline(
    tx: Connection,
    actor: str,
    by: By,
    cycle_id: int,
    deadline: datetime,
    now: datetime,
    version: int | None = None,
) -> None:
    """Moves it; the plan's version grows, so that no reminder made for the old one goes out.
    An extension that the new deadline reaches is dropped. Whom it concerns is told by
    `bot.unasked.moved`."""
    check_coordinates(tx, actor, by)
    cycle = held(tx, cycle_id, version)
    check_deadline(deadline, cycle.opens_at, now)
    if deadline == cycle.deadline:
        raise ActRefused("deadline_same")
    changes = {}
    for form in forms.by_state(tx, cycle_id):
        if form.extended_to and form.extended_to > deadline:
            continue
        if form.extended_to:
            forms.extend(tx, form.id, None)
        if form.state in OWED:
            before = form.extended_to or cycle.deadline
            changes[str(form.id)] = {"from": plain(before), "to": plain(deadline)}
    cycles.set_deadline(tx, cycle_id, deadline)
    data = {"from": plain(cycle.deadline), "to": plain(deadline), "changes": changes}
    cycle_events.note(tx, cycle_id, "moved", actor, now, data)
