from datetime import datetime, timedelta

from storage import tasks
from storage.database import Database

MINUTE = timedelta(minutes=1)


def test_work_is_ordered_once(database: Database, now: datetime) -> None:
    with database.begin() as tx:
        assert tasks.add(tx, "preview", {"form_id": 1}, "k", now)
        assert not tasks.add(tx, "preview", {"form_id": 2}, "k", now)
        (task,) = tasks.claim(tx, now, 10, MINUTE)
    assert (task.kind, task.payload, task.attempts) == ("preview", {"form_id": 1}, 1)


def test_what_is_claimed_is_nobody_elses_until_the_lease_ends(
    database: Database, now: datetime
) -> None:
    with database.begin() as tx:
        tasks.add(tx, "preview", {}, "k", now)
        tasks.claim(tx, now, 10, MINUTE)
        assert tasks.claim(tx, now + MINUTE / 2, 10, MINUTE) == []
        (again,) = tasks.claim(tx, now + MINUTE, 10, MINUTE)
    assert again.attempts == 2


def test_work_is_claimed_oldest_first_and_not_before_its_time(
    database: Database, now: datetime
) -> None:
    with database.begin() as tx:
        tasks.add(tx, "preview", {}, "later", now + MINUTE)
        tasks.add(tx, "preview", {}, "second", now)
        tasks.add(tx, "preview", {}, "first", now - MINUTE)
        assert [t.key for t in tasks.claim(tx, now, 10, MINUTE)] == ["first", "second"]


def test_finished_work_is_finished_once(database: Database, now: datetime) -> None:
    with database.begin() as tx:
        tasks.add(tx, "preview", {}, "k", now)
        (task,) = tasks.claim(tx, now, 10, MINUTE)
        assert tasks.finish(tx, task.id, now)
        assert not tasks.finish(tx, task.id, now)
        assert tasks.claim(tx, now + MINUTE, 10, MINUTE) == []
        assert not tasks.add(tx, "preview", {}, "k", now)


def test_a_failure_waits_for_its_next_try(database: Database, now: datetime) -> None:
    with database.begin() as tx:
        tasks.add(tx, "preview", {}, "k", now)
        (task,) = tasks.claim(tx, now, 10, MINUTE)
        assert tasks.retry(tx, task.id, now + 5 * MINUTE, "ValueError")
        assert tasks.claim(tx, now + 4 * MINUTE, 10, MINUTE) == []
        (again,) = tasks.claim(tx, now + 5 * MINUTE, 10, MINUTE)
    assert again.last_error == "ValueError"


def test_what_was_given_up_waits_for_somebody(database: Database, now: datetime) -> None:
    with database.begin() as tx:
        tasks.add(tx, "preview", {}, "k", now)
        (task,) = tasks.claim(tx, now, 10, MINUTE)
        assert tasks.give_up(tx, task.id, now, "ValueError")
        assert tasks.claim(tx, now + MINUTE, 10, MINUTE) == []
        assert [t.id for t in tasks.stuck(tx)] == [task.id]
        assert tasks.revive(tx, task.id, now)
        assert not tasks.revive(tx, task.id, now)
        (again,) = tasks.claim(tx, now, 10, MINUTE)
    assert again.attempts == 1


def test_who_works_long_keeps_it_unless_another_has_it(database: Database, now: datetime) -> None:
    with database.begin() as tx:
        tasks.add(tx, "preview", {}, "k", now)
        (task,) = tasks.claim(tx, now, 10, MINUTE)
        assert tasks.hold(tx, task, now + 2 * MINUTE)
        assert tasks.claim(tx, now + MINUTE, 10, MINUTE) == []
        (again,) = tasks.claim(tx, now + 2 * MINUTE, 10, MINUTE)
        assert not tasks.hold(tx, task, now + 9 * MINUTE)
        assert tasks.finish(tx, again.id, now)
        assert not tasks.hold(tx, again, now + 9 * MINUTE)


def test_what_could_not_be_tried_counts_no_try(database: Database, now: datetime) -> None:
    with database.begin() as tx:
        tasks.add(tx, "photo", {}, "k", now)
        (task,) = tasks.claim(tx, now, 10, MINUTE)
        assert tasks.postpone(tx, task.id, now + MINUTE, "60020")
        assert tasks.claim(tx, now, 10, MINUTE) == []
        (again,) = tasks.claim(tx, now + MINUTE, 10, MINUTE)
    assert (again.attempts, again.last_error) == (1, "60020")


def test_what_was_given_up_can_be_set_aside(database: Database, now: datetime) -> None:
    with database.begin() as tx:
        tasks.add(tx, "preview", {}, "k", now)
        assert not tasks.set_aside(tx, 1, now), "it is still to be done"
        tasks.give_up(tx, 1, now, "ValueError")
        assert tasks.set_aside(tx, 1, now)
        assert tasks.stuck(tx) == []
        assert not tasks.revive(tx, 1, now)
        assert tasks.claim(tx, now + MINUTE, 10, MINUTE) == []
