"""Reviewed points, opinions and appeals as they are kept."""

from datetime import datetime, timedelta
from decimal import Decimal

from storage import people, reviewing
from storage.database import Database


def test_the_last_points_count(database: Database, form_id: int, now: datetime) -> None:
    with database.begin() as tx:
        people.upsert(tx, "libin", "Li")
        give = reviewing.give_points
        assert give(tx, form_id, 1, "A1-1", Decimal("2.50"), "why", "libin", now)
        assert not give(tx, form_id, 1, "A1-1", Decimal("2.50"), "why", "libin", now)
        assert give(tx, form_id, 1, "A1-1", Decimal("2.00"), "why", "libin", now)
        assert give(tx, form_id, 1, "B1-1", Decimal(0), "none", "libin", now)
        assert give(tx, form_id, 1, "A1-2", Decimal(1), "x", "libin", now)
        assert give(tx, form_id, 1, "A1-2", None, "", "libin", now)
        assert not give(tx, form_id, 1, "A1-2", None, "", "libin", now)
        assert not give(tx, form_id, 1, "C1-1", None, "", "libin", now)
        found = reviewing.scores(tx, form_id, 1)
        assert {code: each.points for code, each in found.items()} == {
            "A1-1": Decimal(2),
            "B1-1": Decimal(0),
        }
        assert str(found["A1-1"].points) == "2.00"
        assert found["A1-1"].name == "Li"
        assert len(reviewing.history(tx, form_id)) == 5


def test_points_belong_to_a_version(database: Database, form_id: int, now: datetime) -> None:
    with database.begin() as tx:
        reviewing.give_points(tx, form_id, 1, "A1-1", Decimal(1), "why", "libin", now)
        assert reviewing.scores(tx, form_id, 2) == {}
        assert reviewing.scores_of(tx, [(form_id, 1), (form_id + 1, 1)]).keys() == {form_id}
        assert reviewing.scores_of(tx, []) == {}


def test_opinions_are_numbered(database: Database, form_id: int, now: datetime) -> None:
    with database.begin() as tx:
        until = now + timedelta(days=7)
        total = Decimal("88.50")
        first = reviewing.add_opinion(tx, form_id, 1, total, "B", "libin", now, until)
        second = reviewing.add_opinion(tx, form_id, 1, total, "B", "libin", now, None, final=True)
        assert (first.number, second.number) == (1, 2)
        assert (first.total, first.grade, first.name) == (total, "B", "libin")
        assert first.open_at(until)
        assert not first.open_at(until + timedelta(seconds=1))
        assert not second.open_at(now)
        assert reviewing.finish(tx, first.id)
        assert not reviewing.finish(tx, first.id)
        assert not reviewing.opinions(tx, form_id)[0].open_at(now)


def test_an_appeal_is_settled_once(database: Database, form_id: int, now: datetime) -> None:
    with database.begin() as tx:
        opinion = reviewing.add_opinion(tx, form_id, 1, Decimal(80), "B", "libin", now, now)
        first = reviewing.object_to(tx, opinion, "A1-1", "no", "wangfang", now)
        again = reviewing.object_to(tx, opinion, "A1-1", "no, because", "wangfang", now)
        assert first == again
        (appeal,) = reviewing.appeals(tx, form_id, opinion.id)
        assert (appeal.words, appeal.upheld, appeal.name) == ("no, because", None, "Wang")
        assert reviewing.settle(tx, appeal.id, False, "it stays", "libin", now)
        assert not reviewing.settle(tx, appeal.id, True, "or not", "libin", now)
        assert reviewing.object_to(tx, opinion, "A1-1", "still", "wangfang", now) is None
        (appeal,) = reviewing.appeals(tx, form_id)
        assert (appeal.upheld, appeal.reply, appeal.settled_name) == (False, "it stays", "libin")
