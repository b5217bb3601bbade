"""开始: opens a year's exercise, with a form for every department."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from bot.acts.base import ActRefused
from bot.acts.rounds import check_coordinates, check_deadline, plain, usual_name
from bot.lifecycle import By
from dialogs.plan import Plan
from scoring.standard import Standard
from storage import cycle_events, cycles, departments, forms, ledger, standards


@dataclass(frozen=True)
class Opening:
    """The exercise to be opened; `name` "" is the usual one of the year."""

    year: int
    opens_at: datetime
    deadline: datetime
    name: str = ""
    plan: Plan = field(default_factory=Plan)


@dataclass(frozen=True)
class Opened:
    """The new cycle's id, and how many forms it has."""

    cycle_id: int
    forms: int


def open_cycle(
    tx: Connection, actor: str, by: By, opening: Opening, standard: Standard, now: datetime
) -> Opened:
    """Opens it on this standard, whose text is kept; each active department gets its form.
    Nobody is told by this: the contacts hear of it on its first working day."""
    check_coordinates(tx, actor, by)
    check_deadline(opening.deadline, opening.opens_at, now)
    if not opening.plan.is_sound:
        raise ActRefused("plan_unsound")
    ledger.hold(tx, f"cycle:{opening.year}", now)
    if any(each.year == opening.year for each in cycles.open_ones(tx)):
        raise ActRefused("cycle_there", year=opening.year)
    taking_part = departments.active_ones(tx)
    if not taking_part:
        raise ActRefused("no_departments")
    standards.keep(tx, standard.hash, standard.name, standard.text, now)
    name = opening.name or usual_name(opening.year)
    cycle_id = cycles.add(
        *(tx, name, opening.year, standard.hash, opening.opens_at, opening.deadline),
        plan=opening.plan.plain(),
    )
    for department in taking_part:
        forms.open(tx, cycle_id, department.id, now)
    data: dict[str, object] = {"opens_at": plain(opening.opens_at)}
    data |= {"deadline": plain(opening.deadline), "plan": opening.plan.plain()}
    data |= {"standard": standard.hash, "forms": len(taking_part)}
    cycle_events.note(tx, cycle_id, "opened", actor, now, data)
    return Opened(cycle_id, len(taking_part))
