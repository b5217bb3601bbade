"""What people want about reminders, whom coordinators want reminded, who answered when."""

from datetime import datetime, timedelta

from storage import answers, forms, nudges, paces, people, snoozes, turns
from storage.database import Database
from storage.paces import Given
from storage.snoozes import Snooze

DAY = timedelta(days=1)


def test_the_last_wish_counts(database: Database, now: datetime) -> None:
    with database.begin() as tx:
        people.upsert(tx, "hesui", "何穗")
        assert snoozes.get(tx, "hesui") is None
        snoozes.set_(tx, "hesui", now + DAY, True, now)
        snoozes.set_(tx, "hesui", now + 2 * DAY, False, now)
        assert snoozes.get(tx, "hesui") == Snooze("hesui", now + 2 * DAY, False, now)
        assert snoozes.end(tx, "hesui")
        assert not snoozes.end(tx, "hesui")


def test_who_rests_and_who_wakes(database: Database, now: datetime) -> None:
    with database.begin() as tx:
        for userid, days, wakes in (("a", 1, True), ("b", 1, False), ("c", 3, True)):
            people.upsert(tx, userid, userid)
            snoozes.set_(tx, userid, now + days * DAY, wakes, now)

        def woken(after: datetime, upto: datetime) -> list[str]:
            return [each.userid for each in snoozes.waking(tx, after, upto)]

        assert [each.userid for each in snoozes.running(tx, now)] == ["a", "b", "c"]
        assert [each.userid for each in snoozes.running(tx, now + DAY)] == ["c"]
        assert woken(now, now + DAY) == ["a"]
        assert woken(now + DAY, now + 2 * DAY) == []
        assert woken(now, now + 3 * DAY) == ["a", "c"]


def test_a_new_nudge_ends_the_one_before(database: Database, form_id: int, now: datetime) -> None:
    with database.begin() as tx:
        people.upsert(tx, "hesui", "何穗")
        people.upsert(tx, "linfan", "林帆")
        nudges.add(tx, form_id, "hesui", "zhouning", "", now)
        other = nudges.add(tx, form_id, "linfan", "zhouning", "", now)
        last = nudges.add(tx, form_id, "hesui", "zhouning", "快", now + DAY)
        found = nudges.open_since(tx, now - DAY)
        assert [each.id for each in found] == [other, last]
        assert found[-1].words == "快"
        assert [each.id for each in nudges.open_since(tx, now)] == [last]
        assert len(nudges.since(tx, now - DAY)) == 3


def test_only_answers_in_the_chat_tell_a_pace(
    database: Database, form_id: int, now: datetime
) -> None:
    with database.begin() as tx:
        forms.get(tx, form_id, lock=True)
        turn = turns.keep(tx, "k1", "hesui", "text", now)
        answers.record(tx, form_id, {"a": "1", "b": "2"}, "1 2", "hesui", now, turn)
        answers.record(tx, form_id, {"c": "3"}, "file", "hesui", now)
        answers.record(tx, form_id, {"a": None}, "undo", "hesui", now, turn)
        answers.record(tx, form_id, {"d": "4"}, "4", "chenyu", now, turn)
        assert turn is not None
        assert paces.given_by(tx, "hesui") == [Given("a", now, turn), Given("b", now, turn)]
