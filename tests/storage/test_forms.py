from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from storage import cycles, departments, forms, people, waivers
from storage.database import Database


def test_a_department_has_one_form_a_cycle(database: Database, form_id: int, now: datetime) -> None:
    with database.begin() as tx:
        form = forms.get(tx, form_id, lock=True)
        assert form == forms.Form(form_id, 1, 1, "drafting", 0, now)
        assert forms.open(tx, 1, 1, now + timedelta(days=1)) == form_id
        assert forms.get(tx, form_id) == form
        assert forms.of_department(tx, 1, 1) == form
        assert forms.of_department(tx, 1, 2) is None
        assert forms.get(tx, 99) is None


def test_the_state_moves_only_from_where_it_is(
    database: Database, form_id: int, now: datetime
) -> None:
    later = now + timedelta(hours=1)
    with database.begin() as tx:
        assert not forms.set_state(tx, form_id, "approved", "delivered", later)
        assert forms.get(tx, form_id) == forms.Form(form_id, 1, 1, "drafting", 0, now)
        assert forms.set_state(tx, form_id, "drafting", "in_review", later)
        assert not forms.set_state(tx, form_id, "drafting", "in_review", later)
        assert forms.get(tx, form_id) == forms.Form(form_id, 1, 1, "in_review", 0, later)


def test_versions_count_up(database: Database, form_id: int, now: datetime) -> None:
    with database.begin() as tx:
        assert [forms.next_version(tx, form_id, now) for _ in range(2)] == [1, 2]


def test_forms_of_a_person_are_those_of_their_departments_in_open_cycles(
    database: Database, form_id: int, now: datetime
) -> None:
    with database.begin() as tx:
        other = departments.upsert(tx, "D02", "Two")
        forms.open(tx, 1, other, now)
        people.grant(tx, "wangfang", "reviewer", 1)
        people.upsert(tx, "chenlei", "Chen")
        people.grant(tx, "chenlei", "coordinator")
        assert [form.id for form in forms.of_person(tx, "wangfang")] == [form_id]
        assert forms.of_person(tx, "chenlei") == []
        newer = cycles.add(tx, "2025", 2025, "h1", now + timedelta(days=365), now)
        new_form = forms.open(tx, newer, 1, now)
        assert [form.id for form in forms.of_person(tx, "wangfang")] == [new_form, form_id]
        cycles.close(tx, 1)
        assert [form.id for form in forms.of_person(tx, "wangfang")] == [new_form]


def test_forms_by_state(database: Database, form_id: int, now: datetime) -> None:
    with database.begin() as tx:
        other = forms.open(tx, 1, departments.upsert(tx, "D02", "Two"), now)
        forms.set_state(tx, other, "drafting", "approved", now)
        assert [form.id for form in forms.by_state(tx, 1, "drafting", "in_review")] == [form_id]
        assert [form.id for form in forms.by_state(tx, 1)] == [form_id, other]
        assert forms.by_state(tx, 2) == []


def test_acts_are_written_down_in_order(database: Database, form_id: int, now: datetime) -> None:
    with database.begin() as tx:
        first = forms.note_event(
            tx,
            form_id,
            "send_in",
            "wangfang",
            "drafting",
            "in_review",
            now,
            "请审",
            {"score": "95.45"},
        )
        second = forms.note_event(tx, form_id, "return", "lina", "in_review", "drafting", now)
        assert forms.events(tx, form_id) == [
            forms.Event(
                first, form_id, "send_in", "wangfang", "drafting", "in_review", "请审", now,
                {"score": "95.45"},
            ),
            forms.Event(second, form_id, "return", "lina", "in_review", "drafting", "", now, {}),
        ]  # fmt: skip


def test_a_finding_is_waived_once_with_the_first_reason(
    database: Database, form_id: int, now: datetime
) -> None:
    with database.begin() as tx:
        assert waivers.add(tx, form_id, "income-differs", "lina", "rounding", now)
        assert not waivers.add(tx, form_id, "income-differs", "chenlei", "other", now)
        assert waivers.of_form(tx, form_id) == [
            waivers.Waiver(form_id, "income-differs", "lina", "rounding", now)
        ]


def test_a_form_needs_a_cycle(database: Database, now: datetime) -> None:
    with pytest.raises(IntegrityError), database.begin() as tx:
        forms.open(tx, 99, departments.upsert(tx, "D02", "Two"), now)
