"""Standards, cycles, departments, people."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from storage import cycles, departments, people, standards
from storage.database import Database


def test_a_standard_stays_as_first_kept(database: Database, now: datetime) -> None:
    with database.begin() as tx:
        standards.keep(tx, "h1", "district", "指标: []", now)
        standards.keep(tx, "h1", "other name", "other", now)
        assert standards.text(tx, "h1") == "指标: []"
        with pytest.raises(LookupError, match="h2"):
            standards.text(tx, "h2")


def test_the_current_cycle_is_the_open_one_that_opened_last(
    database: Database, now: datetime
) -> None:
    with database.begin() as tx:
        assert cycles.current(tx) is None
        standards.keep(tx, "h1", "district", "text", now)
        old = cycles.add(tx, "2023", 2023, "h1", now - timedelta(days=365), now)
        new = cycles.add(tx, "2024", 2024, "h1", now, now + timedelta(days=30))
        expected = cycles.Cycle(new, "2024", 2024, "h1", now, now + timedelta(days=30), "open")
        assert cycles.current(tx) == cycles.get(tx, new) == expected
        assert cycles.close(tx, new)
        assert not cycles.close(tx, new)
        assert getattr(cycles.current(tx), "id", None) == old
        assert getattr(cycles.get(tx, new), "state", None) == "closed"
        assert cycles.get(tx, 99) is None


def test_a_cycle_needs_a_kept_standard(database: Database, now: datetime) -> None:
    with pytest.raises(IntegrityError), database.begin() as tx:
        cycles.add(tx, "2024", 2024, "never kept", now, now)


def test_departments_are_brought_up_to_date_by_code(database: Database) -> None:
    with database.begin() as tx:
        first = departments.upsert(tx, "D02", "人力资源和社会保障局", ["人社局"])
        second = departments.upsert(tx, "D01", "Two")
        assert departments.upsert(tx, "D02", "人社局", ["人社", "社保"]) == first
        updated = departments.Department(first, "D02", "人社局", ("人社", "社保"))
        assert departments.get(tx, first) == departments.by_code(tx, "D02") == updated
        assert [one.id for one in departments.all_of_them(tx)] == [second, first]
        assert departments.get(tx, 99) is None
        assert departments.by_code(tx, "D99") is None


def test_people_keep_their_own_settings(database: Database) -> None:
    with database.begin() as tx:
        people.upsert(tx, "wangfang", "Wang")
        people.set_plain_text_only(tx, "wangfang", True)
        people.upsert(tx, "wangfang", "Wang Fang", active=False)
        expected = people.Person("wangfang", "Wang Fang", active=False, plain_text_only=True)
        assert people.person(tx, "wangfang") == expected
        assert people.person(tx, "wangfang", lock=True) == expected
        assert people.person(tx, "nobody", lock=True) is None


def test_an_account_is_known_in_any_letters(database: Database) -> None:
    with database.begin() as tx:
        for userid, active in (("LiMing", True), ("wang", False), ("WANG", True)):
            people.upsert(tx, userid, "A", active)
        said = ("liming", "LIMING", "LiMing", "Wang", "wang", "zhao")
        found = [people.spelled(tx, each) for each in said]
    assert found == ["LiMing", "LiMing", "LiMing", "WANG", "wang", "zhao"]


def test_roles_are_granted_once_and_revoked_exactly(database: Database) -> None:
    with database.begin() as tx:
        department = departments.upsert(tx, "D01", "One")
        people.upsert(tx, "wangfang", "Wang")
        for _ in range(2):
            people.grant(tx, "wangfang", "contact", department)
            people.grant(tx, "wangfang", "finance")
            people.grant(tx, "wangfang", "contact")
        assert people.roles(tx, "wangfang") == [
            people.Role("contact", department),
            people.Role("finance", None),
            people.Role("contact", None),
        ]
        people.revoke(tx, "wangfang", "contact")
        people.revoke(tx, "wangfang", "finance", department)
        assert people.roles(tx, "wangfang") == [
            people.Role("contact", department),
            people.Role("finance", None),
        ]
        people.revoke(tx, "wangfang", "contact", department)
        assert people.roles(tx, "wangfang") == [people.Role("finance", None)]


def test_holders_are_the_active_ones_of_exactly_that_department(database: Database) -> None:
    with database.begin() as tx:
        one, two = (departments.upsert(tx, code, code) for code in ("D01", "D02"))
        for userid in ("c", "a", "b"):
            people.upsert(tx, userid, userid)
            people.grant(tx, userid, "reviewer", one)
        people.upsert(tx, "b", "b", active=False)
        people.grant(tx, "a", "reviewer", two)
        people.grant(tx, "c", "reviewer")
        assert [person.userid for person in people.holders(tx, "reviewer", one)] == ["c", "a"]
        assert [person.userid for person in people.holders(tx, "reviewer")] == ["c"]
        assert people.holders(tx, "finance") == []


def test_unknown_roles_are_refused(database: Database) -> None:
    with database.begin() as tx:
        people.upsert(tx, "wangfang", "Wang")
        with pytest.raises(IntegrityError):
            people.grant(tx, "wangfang", "king")
