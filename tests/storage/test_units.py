from datetime import datetime, timedelta

from storage import units
from storage.database import Database


def test_the_last_figure_counts(database: Database, form_id: int, now: datetime) -> None:
    with database.begin() as tx:
        one = units.upsert(tx, 1, "01", "一站")
        units.record(tx, form_id, one, {"a": "1万元", "b": 3}, "raw", "li", now)
        units.record(tx, form_id, one, {"a": "2万元", "b": None}, "raw", "li", now)
        assert [(f.fact, f.value) for f in units.figures(tx, form_id)] == [("a", "2万元")]


def test_a_unit_that_is_gone_is_not_listed(database: Database, form_id: int, now: datetime) -> None:
    later = now + timedelta(days=1)
    with database.begin() as tx:
        one = units.upsert(tx, 1, "01", "一站")
        assert units.upsert(tx, 1, "02", "二站") != one
        units.record(tx, form_id, one, {"a": "1万元"}, "raw", "li", later)
        assert units.upsert(tx, 1, "01", "第一站", active=False) == one
        assert [u.name for u in units.of_department(tx, 1)] == ["二站"]
