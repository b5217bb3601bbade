import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import DatabaseError, IntegrityError, StatementError

from storage import ledger, schema
from storage.database import Database, DatabaseDown
from storage.models import LedgerEntry, table


def only_sqlite(database: Database) -> None:
    if database.url.get_backend_name() != "sqlite":
        pytest.skip("about SQLite")


def test_an_exception_rolls_back(database: Database, now: datetime) -> None:
    def fail() -> None:
        with database.begin() as tx:
            ledger.once(tx, "a", now)
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        fail()
    with database.begin() as tx:
        assert ledger.once(tx, "a", now)


def test_what_is_committed_is_read_by_another(
    open_database: Callable[..., Database], now: datetime
) -> None:
    with open_database().begin() as tx:
        ledger.once(tx, "a", now)
    with open_database().begin() as tx:
        assert not ledger.once(tx, "a", now)


def test_reading_refuses_to_write(database: Database, now: datetime) -> None:
    refused = pytest.raises((DatabaseDown, DatabaseError), match=r"read-?only")
    with refused, database.read() as tx:
        ledger.once(tx, "a", now)


def test_a_read_sees_one_moment(database: Database, now: datetime) -> None:
    count = select(text("count(*)")).select_from(table(LedgerEntry))
    with database.read() as reader:
        assert reader.execute(count).scalar_one() == 0
        with database.begin() as tx:
            ledger.once(tx, "a", now)
        assert reader.execute(count).scalar_one() == 0
    with database.read() as reader:
        assert reader.execute(count).scalar_one() == 1


def test_sqlite_is_set_up_to_lose_nothing(database: Database) -> None:
    only_sqlite(database)
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 4000}
    for transaction in (database.begin, database.read):
        with transaction() as tx:
            found = {name: tx.execute(text(f"PRAGMA {name}")).scalar_one() for name in wanted}
        assert found == wanted


def test_foreign_keys_hold(database: Database, now: datetime) -> None:
    row = "INSERT INTO waivers (form_id, finding, by, reason, at) VALUES (99, 'f', 'b', 'r', :at)"
    with pytest.raises(IntegrityError), database.begin() as tx:
        tx.execute(text(row), {"at": now.isoformat()})


def test_writers_queue_and_none_is_lost(database: Database, now: datetime) -> None:
    ledger_table = table(LedgerEntry)
    with database.begin() as tx:
        tx.execute(insert(ledger_table), {"key": "0", "at": now})
    add_a_second = update(ledger_table)

    def work() -> None:
        for _ in range(10):
            with database.begin() as tx:
                at = tx.execute(select(ledger_table.c.at).with_for_update()).scalar_one()
                tx.execute(add_a_second.values(at=at + timedelta(seconds=1)))

    run_together([work] * 8)
    with database.read() as tx:
        assert tx.execute(select(ledger_table.c.at)).scalar_one() == now + timedelta(seconds=80)


def test_two_processes_on_one_file_wait_for_each_other(
    open_database: Callable[..., Database], now: datetime
) -> None:
    databases = [open_database(), open_database()]

    def work(which: int) -> None:
        for number in range(10):
            with databases[which].begin() as tx:
                assert ledger.once(tx, f"{which}-{number}", now)

    run_together([lambda: work(0), lambda: work(1)])


def test_a_writer_gives_up_after_its_patience(open_database: Callable[..., Database]) -> None:
    database = open_database(patience=0.01)
    only_sqlite(database)
    with database.begin():
        outcomes: list[BaseException | None] = []
        run_together([lambda: outcomes.append(failure_of(database))])
    assert isinstance(outcomes[0], DatabaseDown)
    assert failure_of(database) is None


def test_a_transaction_inside_a_transaction_is_refused(database: Database) -> None:
    only_sqlite(database)
    with database.begin(), pytest.raises(RuntimeError, match="already inside"), database.begin():
        pass


def test_a_database_that_cannot_be_opened_is_down(tmp_path: Path) -> None:
    (tmp_path / "not-a-database").mkdir()
    database = Database(f"sqlite:///{tmp_path}/not-a-database")
    with pytest.raises(DatabaseDown):
        database.check()
    with pytest.raises(DatabaseDown), database.begin():
        pass
    database.close()


def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/new/folder/a.db")
    database.check()
    database.close()


def test_other_databases_are_refused() -> None:
    with pytest.raises(ValueError, match="sqlite or postgresql"):
        Database("mysql://localhost/x")


def test_no_password_in_the_error(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("psycopg")
    database = Database("postgresql://me:very-secret@127.0.0.1:1/x", patience=0.1)
    with pytest.raises(DatabaseDown) as caught:
        database.check()
    assert "very-secret" not in f"{caught.value} {caught.value.__cause__}"
    database.close()


def test_no_parameters_in_errors(database: Database, now: datetime) -> None:
    with pytest.raises(IntegrityError) as caught, database.begin() as tx:
        tx.execute(insert(table(LedgerEntry)), {"key": "what I answered", "at": None})
    assert "what I answered" not in str(caught.value).split("[SQL")[1]


def test_in_memory_it_works_from_all_threads(now: datetime) -> None:
    database = Database("sqlite://")
    schema.upgrade(database)

    def work(which: int) -> None:
        for number in range(10):
            with database.begin() as tx:
                assert ledger.once(tx, f"{which}-{number}", now)
            with database.read() as tx:
                assert tx.execute(text("SELECT count(*) FROM ledger")).scalar_one() > 0

    run_together([lambda: work(0), lambda: work(1), lambda: work(2)])
    database.close()


def test_times_come_back_as_aware_utc(database: Database) -> None:
    shanghai = datetime(2025, 3, 3, 9, 30, 0, 123456, tzinfo=timezone(timedelta(hours=8)))
    with database.begin() as tx:
        tx.execute(insert(table(LedgerEntry)), {"key": "a", "at": shanghai})
        found = tx.execute(select(table(LedgerEntry).c.at)).scalar_one()
    assert found == shanghai
    assert found.tzinfo is UTC


def test_naive_times_are_refused(database: Database) -> None:
    naive = datetime(2025, 3, 3)  # noqa: DTZ001
    with pytest.raises(StatementError, match="needs a time zone"), database.begin() as tx:
        ledger.once(tx, "a", naive)


def failure_of(database: Database) -> BaseException | None:
    try:
        with database.begin():
            return None
    except DatabaseDown as error:
        return error


def run_together(works: list[Callable[[], object]]) -> None:
    """Runs all at once and raises the first thing that went wrong in any."""
    errors: list[BaseException] = []

    def run(work: Callable[[], object]) -> None:
        try:
            work()
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
