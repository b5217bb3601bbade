"""结束自评: closes a year's exercise, or opens it again."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import ActRefused
from bot.acts.rounds import OWED, check_coordinates, held
from bot.lifecycle import By
from storage import cycle_events, cycles, forms, ledger


def close_cycle(
    tx: Connection,
    actor: str,
    by: By,
    cycle_id: int,
    now: datetime,
    version: int | None = None,
) -> None:
    """Ends it: nobody fills in any more, nobody is reminded. What was approved still reaches
    finance, who may accept and review it. Who had not handed in is told by
    `bot.unasked.closed`."""
    check_coordinates(tx, actor, by)
    cycle = held(tx, cycle_id, version)
    if cycle.opens_at > now:
        raise ActRefused("cycle_not_begun", cycle=cycle.name)
    there = forms.by_state(tx, cycle_id)
    cycles.close(tx, cycle_id, now)
    data = {"states": dict(Counter(form.state for form in there))}
    owed = [form.id for form in there if form.state in OWED]
    cycle_events.note(tx, cycle_id, "closed", actor, now, data | {"forms": owed})


def reopen_cycle(tx: Connection, actor: str, by: By, cycle_id: int, now: datetime) -> None:
    """Goes on with a closed one, as long as its content is there."""
    check_coordinates(tx, actor, by)
    cycle = cycles.get(tx, cycle_id, lock=True)
    if cycle is None:
        raise ActRefused("no_such_cycle")
    ledger.hold(tx, f"cycle:{cycle.year}", now)
    if any(each.year == cycle.year for each in cycles.open_ones(tx)):
        raise ActRefused("cycle_there", year=cycle.year)
    if not cycles.reopen(tx, cycle_id):
        raise ActRefused("cycle_erased", cycle=cycle.name)
    cycle_events.note(tx, cycle_id, "reopened", actor, now)
