"""The exercises of all years as a desk sees them; looked up only where somebody speaks of them."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection

from dialogs.exercises import Exercise
from reports.cycle_results import COUNTED
from storage import archives, cycles, results
from storage.cycles import Cycle


def exercises_of(tx: Connection, departments: Collection[int] | None) -> tuple[Exercise, ...]:
    """All that have forms of these departments (None: all), the one that opened last first."""
    found = (_exercise(tx, cycle, departments) for cycle in cycles.all_of_them(tx))
    return tuple(each for each in found if each.forms or departments is None)


def _exercise(tx: Connection, cycle: Cycle, departments: Collection[int] | None) -> Exercise:
    forms = [
        form
        for form in results.forms(tx, cycle.id)
        if departments is None or form.department_id in departments
    ]
    archive = archives.latest(tx, cycle.id)
    return Exercise(
        id=cycle.id,
        name=cycle.name,
        year=cycle.year,
        is_open=cycle.state == "open",
        forms=len(forms),
        delivered=sum(form.state in COUNTED for form in forms),
        archived_at=archive.at if archive else None,
        erased=cycle.erased_at is not None,
    )
