"""Cycles that are moved, planned anew, closed and opened again, and what is written down of it."""

from datetime import datetime, timedelta

from storage import cycle_events, cycles, forms
from storage.database import Database


def test_each_change_of_deadline_or_plan_is_a_new_version(
    database: Database, form_id: int, now: datetime
) -> None:
    later = now + timedelta(days=60)
    with database.begin() as tx:
        cycles.set_deadline(tx, 1, later)
        cycles.set_plan(tx, 1, {"before": [3], "on_the_day": 1, "after": 0})
        found = cycles.get(tx, 1, lock=True)
    assert found is not None
    assert (found.deadline, found.plan["before"], found.plan_version) == (later, [3], 3)


def test_a_closed_cycle_can_be_opened_again_until_it_is_erased(
    database: Database, form_id: int, now: datetime
) -> None:
    with database.begin() as tx:
        assert cycles.close(tx, 1, now)
        assert not cycles.close(tx, 1, now)
        assert getattr(cycles.get(tx, 1), "closed_at", None) == now
        assert cycles.open_ones(tx) == []
        assert cycles.reopen(tx, 1)
        assert not cycles.reopen(tx, 1)
        assert [each.id for each in cycles.open_ones(tx)] == [1]
        cycles.close(tx, 1, now)
        tx.exec_driver_sql("UPDATE cycles SET erased_at = closed_at")
        assert not cycles.reopen(tx, 1)
        assert [each.state for each in cycles.all_of_them(tx)] == ["closed"]


def test_a_department_has_its_own_deadline_until_it_is_taken_away(
    database: Database, form_id: int, now: datetime
) -> None:
    until = now + timedelta(days=90)
    with database.begin() as tx:
        forms.extend(tx, form_id, until)
        assert getattr(forms.get(tx, form_id), "extended_to", None) == until
        forms.extend(tx, form_id, None)
        assert getattr(forms.get(tx, form_id), "extended_to", "") is None


def test_events_of_cycles_are_kept_in_order(
    database: Database, form_id: int, now: datetime
) -> None:
    with database.begin() as tx:
        first = cycle_events.note(tx, 1, "opened", "zhouning", now)
        second = cycle_events.note(tx, 1, "moved", "zhouning", now + timedelta(1), {"to": "x"})
        assert [each.id for each in cycle_events.of_cycle(tx, 1)] == [first, second]
        recent = cycle_events.since(tx, now + timedelta(hours=1))
        assert [(each.act, each.data) for each in recent] == [("moved", {"to": "x"})]
