"""What is known of many forms at once."""

from __future__ import annotations

from datetime import datetime, timedelta

from storage import answers, departments, forms, overview, people, unasked
from storage.database import Database

HOUR = timedelta(hours=1)


def test_the_mark_changes_with_every_change_of_the_answers(
    database: Database, form_id: int, now: datetime
) -> None:
    marks = []
    with database.begin() as tx:
        for values in ({"a": "1"}, {"b": "2"}, {"a": "3"}, {"b": None}, {"b": "2"}):
            answers.record(tx, form_id, values, "", "wangfang", now)
            marks.append(overview.marks(tx, [form_id])[form_id])
        assert len(set(marks)) == len(marks)
        newest = max(each.event_id for each in answers.present_with_origin(tx, form_id).values())
        answers.purge(tx, newest, "x", "y", now)
        # What is left is what stood after the fourth change, and nothing else was so marked.
        assert overview.marks(tx, [form_id])[form_id] == marks[3]
        assert overview.marks(tx, []) == {}


def test_answers_as_they_are_and_as_they_were(
    database: Database, form_id: int, now: datetime
) -> None:
    with database.begin() as tx:
        answers.record(tx, form_id, {"a": "1", "b": ["x"]}, "", "wangfang", now)
        answers.record(tx, form_id, {"a": "2", "b": None}, "", "wangfang", now + HOUR)
        assert overview.answers(tx, [form_id]) == {form_id: {"a": "2"}}
        assert overview.answers(tx, [form_id]) == {form_id: answers.present(tx, form_id)}
        then = overview.answers_at(tx, [form_id], now)
        assert then == {form_id: {"a": "1", "b": ["x"]}}


def test_who_did_what_last(database: Database, form_id: int, now: datetime) -> None:
    with database.begin() as tx:
        empty = overview.lasts(tx, [form_id])[form_id]
        assert (empty.answered_at, empty.given_at, empty.acted_at) == (None, None, None)
        answers.record(tx, form_id, {"a": "1"}, "", "wangfang", now)
        forms.note_event(tx, form_id, "send_in", "wangfang", "drafting", "in_review", now + HOUR)
        last = overview.lasts(tx, [form_id])[form_id]
    assert (last.answered_at, last.acted_at) == (now, now + HOUR)
    assert (last.answered_by, last.acted_by) == ("wangfang", "wangfang")


def test_what_was_done_between_two_moments(database: Database, form_id: int, now: datetime) -> None:
    with database.begin() as tx:
        answers.record(tx, form_id, {"a": "1"}, "", "wangfang", now)
        answers.record(tx, form_id, {"a": "2", "b": "1"}, "", "wangfang", now + 3 * HOUR)
        assert overview.lively(tx, [form_id], now - HOUR, now) == [form_id]
        assert overview.lively(tx, [form_id], now, now + HOUR) == []
        assert overview.lively(tx, [form_id], now - HOUR, now + 2 * HOUR) == [form_id]
        (touched,) = overview.touched(tx, [form_id], now)
        assert (touched.facts, touched.again) == (2, True)
        (first,) = overview.touched(tx, [form_id], now - HOUR)
        assert (first.facts, first.again) == (2, False)
        assert overview.touched(tx, [form_id], now + 3 * HOUR) == []


def test_people_by_department(database: Database, form_id: int, now: datetime) -> None:
    with database.begin() as tx:
        here = departments.upsert(tx, "D01", "Department One", ["One"])
        people.upsert(tx, "lili", "Li")
        people.grant(tx, "lili", "reviewer")
        people.upsert(tx, "gone", "Gone", active=False)
        people.grant(tx, "gone", "contact", here)
        people.upsert(tx, "zhao", "Zhao")
        people.place(tx, "zhao", here)
        seats = {(each.department_id, each.role, each.name) for each in overview.seats(tx)}
        assert seats == {
            (here, "contact", "Wang"),
            (None, "reviewer", "Li"),
            (here, "colleague", "Zhao"),
        }
        assert overview.holders(tx, "reviewer") == {"lili": None}
        assert overview.holders(tx, "contact") == {"wangfang": frozenset({here})}
        assert overview.holders(tx, "reviewer", weekly=True) == {}
        people.set_weekly(tx, "lili", True)
        assert overview.wants_weekly(tx, "lili")
        assert overview.holders(tx, "reviewer", weekly=True) == {"lili": None}


def test_the_last_digest_is_the_last_that_was_not_dropped(
    database: Database, form_id: int, now: datetime
) -> None:
    def told(day: int, kind: str = "digest_daily") -> int:
        at, key = now + timedelta(days=day), f"{kind}:wangfang:2025-03-{3 + day:02}"
        return unasked.add(tx, "wangfang", f"2025-03-{3 + day:02}", kind, "", [key], 1, at)

    with database.begin() as tx:
        assert overview.last_told(tx, "wangfang", "digest_daily") is None
        told(0)
        told(1)
        told(2, "reminder_deadline")
        last = told(3)
        assert overview.last_told(tx, "wangfang", "digest_daily") == now + timedelta(days=3)
        before = overview.last_told(tx, "wangfang", "digest_daily", before="2025-03-06")
        assert before == now + timedelta(days=1)
        unasked.drop(tx, last, now)
        assert overview.last_told(tx, "wangfang", "digest_daily") == now + timedelta(days=1)
