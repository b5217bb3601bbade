"""What the same department handed in a year ago."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection

from storage import answers, cycles, departments, forms, last_year, submissions
from storage.database import Database


def another_form(tx: Connection, year: int, department: int, state: str, now: datetime) -> int:
    cycle = cycles.add(tx, str(year), year, "h1", now, now + timedelta(days=30))
    made = forms.open(tx, cycle, department, now)
    if state != "drafting":
        forms.set_state(tx, made, "drafting", state, now)
    return made


def department_of(tx: Connection, form_id: int) -> int:
    form = forms.get(tx, form_id)
    assert form is not None
    return form.department_id


@pytest.mark.parametrize("state", ["approved", "delivered", "accepted"])
def test_a_finished_form_gives_its_answers(
    database: Database, form_id: int, now: datetime, state: str
) -> None:
    with database.begin() as tx:
        old = another_form(tx, 2023, department_of(tx, form_id), state, now)
        answers.record(tx, old, {"rent_amount": "3万元"}, "3万", "wangfang", now)
        found = last_year.of_form(tx, form_id)
    assert found == last_year.LastYear(old, 2023, True, {"rent_amount": "3万元"})


def test_of_an_unfinished_one_what_was_sent_in_last(
    database: Database, form_id: int, now: datetime
) -> None:
    with database.begin() as tx:
        old = another_form(tx, 2023, department_of(tx, form_id), "drafting", now)
        answers.record(tx, old, {"rent_amount": "3万元"}, "3万", "wangfang", now)
        assert last_year.of_form(tx, form_id) is None
        submissions.add(tx, old, "AB12-C", "wangfang", now)
        answers.record(tx, old, {"rent_amount": "9万元"}, "9万", "wangfang", now)
        found: Any = last_year.of_form(tx, form_id)
    assert (found.finished, found.answers) == (False, {"rent_amount": "3万元"})


@pytest.mark.parametrize("year", [2022, 2024])
def test_no_other_year(database: Database, form_id: int, now: datetime, year: int) -> None:
    with database.begin() as tx:
        another_form(tx, year, department_of(tx, form_id), "accepted", now)
        assert last_year.of_form(tx, form_id) is None


def test_no_other_department(database: Database, form_id: int, now: datetime) -> None:
    with database.begin() as tx:
        other = departments.upsert(tx, "D02", "Department Two", [])
        another_form(tx, 2023, other, "accepted", now)
        assert last_year.of_form(tx, form_id) is None
