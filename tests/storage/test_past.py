"""The history as people ask for it: names, newest first, and nothing of what was purged."""

from datetime import datetime, timedelta

from storage import answers, past, people
from storage.database import Database


def test_newest_first_with_the_names(database: Database, form_id: int, now: datetime) -> None:
    later = now + timedelta(minutes=5)
    with database.begin() as tx:
        people.upsert(tx, "lili", "李莉")
        answers.record(tx, form_id, {"plan": "100万元"}, "100万", "wangfang", now)
        answers.record(tx, form_id, {"plan": "120万元"}, "120万", "lili", later)
        answers.record(tx, form_id, {"plan": None}, "撤销", "nobody", later)
        found = past.of_form(tx, form_id)
        name = people.person(tx, "wangfang")
    assert [(e.fact, e.value, e.by, e.at, e.purged) for e in found] == [
        ("plan", None, "nobody", later, False),
        ("plan", "120万元", "李莉", later, False),
        ("plan", "100万元", name.name if name else "wangfang", now, False),
    ]


def test_at_most_as_many_as_asked_for(database: Database, form_id: int, now: datetime) -> None:
    with database.begin() as tx:
        for count in range(5):
            answers.record(tx, form_id, {"count": count}, "", "wangfang", now)
        assert [each.value for each in past.of_form(tx, form_id, 2)] == [4, 3]


def test_other_forms_are_not_told(database: Database, form_id: int, now: datetime) -> None:
    with database.begin() as tx:
        answers.record(tx, form_id, {"plan": "100万元"}, "", "wangfang", now)
        assert past.of_form(tx, form_id + 1) == []


def test_what_was_purged_does_not_come_back(
    database: Database, form_id: int, now: datetime
) -> None:
    with database.begin() as tx:
        ids = answers.record(tx, form_id, {"text": "北山三号库"}, "北山三号库", "wangfang", now)
        answers.purge(tx, ids[0], "a", "b", now)
        found = past.of_form(tx, form_id)
    assert [(each.value, each.raw, each.purged) for each in found] == [(None, "", True)]
