"""Proposals wait, are replaced by a newer file, taken or declined, and never come back."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from storage import answers, proposals
from storage.database import Database
from storage.proposals import Found

PLAN = Found("procurement_plan", "100万元", "B3")
ACTUAL = Found("procurement_actual", "98.31万元", "B4", certain=False)


def test_what_a_file_says_waits(database: Database, form_id: int, now: datetime) -> None:
    with database.begin() as tx:
        ids = proposals.bring(tx, form_id, "accounts", [PLAN, ACTUAL], "wangfang", now)
    with database.read() as tx:
        waiting = proposals.open_of_form(tx, form_id)
        assert answers.present(tx, form_id) == {}
    assert [each.id for each in waiting] == ids
    assert [(each.fact, each.value, each.place, each.certain) for each in waiting] == [
        ("procurement_plan", "100万元", "B3", True),
        ("procurement_actual", "98.31万元", "B4", False),
    ]


def test_a_newer_file_of_the_same_source_replaces_only_what_it_says(
    database: Database, form_id: int, now: datetime
) -> None:
    later = now + timedelta(minutes=5)
    with database.begin() as tx:
        proposals.bring(tx, form_id, "accounts", [PLAN, ACTUAL], "wangfang", now)
        proposals.bring(tx, form_id, "office", [PLAN], "wangfang", now)
        proposals.bring(tx, form_id, "accounts", [Found("procurement_plan", "101万元", "C3")],
                        "wangfang", later)  # fmt: skip
        waiting = proposals.open_of_form(tx, form_id)
        every = proposals.of_form(tx, form_id)
    assert sorted((each.source, each.fact, each.value) for each in waiting) == [
        ("accounts", "procurement_actual", "98.31万元"),
        ("accounts", "procurement_plan", "101万元"),
        ("office", "procurement_plan", "100万元"),
    ]
    assert [(e.state, e.settled_at) for e in every if e.state != "open"] == [("replaced", later)]


def test_taken_and_declined_ones_wait_no_longer(
    database: Database, form_id: int, now: datetime
) -> None:
    with database.begin() as tx:
        first, second = proposals.bring(tx, form_id, "report", [PLAN, ACTUAL], "wangfang", now)
        assert proposals.take(tx, form_id, [first], "wangfang", now) == 1
        assert proposals.take(tx, form_id, [first], "wangfang", now) == 0
        assert proposals.decline(tx, form_id, [first, second], "wangfang", now) == 1
        assert proposals.decline(tx, form_id, [], "wangfang", now) == 0
        assert proposals.open_of_form(tx, form_id) == []
        states = [each.state for each in proposals.of_form(tx, form_id)]
    assert states == ["taken", "declined"]


def test_another_form_is_left_alone(database: Database, form_id: int, now: datetime) -> None:
    with database.begin() as tx:
        (mine,) = proposals.bring(tx, form_id, "report", [PLAN], "wangfang", now)
        assert proposals.take(tx, form_id + 1, [mine], "wangfang", now) == 0
        assert len(proposals.open_of_form(tx, form_id)) == 1


def test_a_purge_leaves_nothing(database: Database, form_id: int, now: datetime) -> None:
    with database.begin() as tx:
        (mine, _) = proposals.bring(tx, form_id, "report", [PLAN, ACTUAL], "wangfang", now)
        proposals.take(tx, form_id, [mine], "wangfang", now)
        assert proposals.erase(tx, form_id, "procurement_plan") == 1
        assert [e.fact for e in proposals.of_form(tx, form_id)] == ["procurement_actual"]


def test_an_unknown_source_is_refused(database: Database, form_id: int, now: datetime) -> None:
    with pytest.raises(IntegrityError), database.begin() as tx:
        proposals.bring(tx, form_id, "hearsay", [PLAN], "wangfang", now)
