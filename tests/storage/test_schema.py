from datetime import datetime

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlalchemy.exc import DatabaseError

from storage import answers, forms, schema
from storage.database import Database, DatabaseDown
from storage.models import Base


def test_the_models_are_what_the_migrations_make(database: Database) -> None:
    with database.read() as tx:
        context = MigrationContext.configure(tx, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_the_checks_are_what_the_migrations_make(database: Database) -> None:
    """compare_metadata doesn't look at check constraints."""
    modelled = Database("sqlite://")
    with modelled.begin() as tx:
        Base.metadata.create_all(tx)
        wanted = {name: checks(tx, name) for name in Base.metadata.tables}
    modelled.close()
    with database.read() as tx:
        found = {name: checks(tx, name) for name in Base.metadata.tables}
    if database.url.get_backend_name() != "sqlite":  # PostgreSQL rewrites their text
        found, wanted = ({k: set(v) for k, v in each.items()} for each in (found, wanted))
    assert found == wanted
    assert sum(map(len, wanted.values())) == 14


def checks(tx: object, name: str) -> dict[str, str]:
    return {str(c["name"]): c["sqltext"] for c in inspect(tx).get_check_constraints(name)}  # type: ignore[attr-defined]


def test_upgrading_again_changes_nothing(database: Database) -> None:
    assert schema.is_current(database)
    schema.upgrade(database)
    assert schema.is_current(database)


def test_a_database_behind_is_not_current() -> None:
    database = Database("sqlite://")
    assert not schema.is_current(database)
    schema.upgrade(database, "0003")
    assert not schema.is_current(database)
    schema.upgrade(database)
    assert schema.is_current(database)
    database.close()


def test_a_failing_migration_leaves_nothing_behind() -> None:
    database = Database("sqlite://")
    with database.begin() as tx:
        tx.execute(text("CREATE TABLE tokens (app TEXT)"))  # in the way of 0005
    with pytest.raises(DatabaseDown, match="table tokens already exists"):
        schema.upgrade(database)
    with database.begin() as tx:
        assert inspect(tx).get_table_names() == ["tokens"]
    database.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE answer_events SET value = NULL",
        "UPDATE answer_events SET raw = 'other'",
        "UPDATE answer_events SET actor = 'other'",
        "DELETE FROM answer_events",
        "UPDATE form_events SET words = 'other'",
        "DELETE FROM form_events",
    ],
)
def test_histories_are_append_only(
    database: Database, form_id: int, now: datetime, statement: str
) -> None:
    with database.begin() as tx:
        answers.record(tx, form_id, {"income": "1.00"}, "1", "wangfang", now)
        answers.record(tx, form_id, {"income": None}, "no", "wangfang", now)
        forms.note_event(tx, form_id, "open", "wangfang", "", "drafting", now)
    with pytest.raises(DatabaseError, match="append-only"), database.begin() as tx:
        tx.execute(text(statement))


@pytest.mark.parametrize(
    "change",
    [
        "value = NULL, raw = '', purged_by = 'a', purge_agreed_by = 'a'",
        "value = NULL, raw = '', purged_by = 'a', purge_agreed_by = NULL",
        "value = NULL, purged_by = 'a', purge_agreed_by = 'b'",
        "raw = '', purged_by = 'a', purge_agreed_by = 'b'",
        "value = NULL, raw = '', purged_by = 'a', purge_agreed_by = 'b', actor = 'other'",
        "value = NULL, raw = '', purged_by = 'a', purge_agreed_by = 'b', fact = 'other'",
    ],
)
def test_a_purge_leaves_a_whole_tombstone_or_is_refused(
    database: Database, form_id: int, now: datetime, change: str
) -> None:
    with database.begin() as tx:
        answers.record(tx, form_id, {"income": "1.00"}, "1", "wangfang", now)
    with pytest.raises(DatabaseError), database.begin() as tx:
        tx.execute(text(f"UPDATE answer_events SET purged_at = at, {change}"))
