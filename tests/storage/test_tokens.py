import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from storage.database import Database
from storage.tokens import LEASE, PATIENCE, DatabaseTokenStore, Token


class Service:
    """Gives token-1, token-2 … for two hours each, and counts."""

    def __init__(self) -> None:
        self.fetches = 0

    def fetch(self) -> tuple[str, int]:
        self.fetches += 1
        return f"token-{self.fetches}", 7200


def test_a_token_is_kept_until_five_minutes_before_its_end(
    database: Database, now: datetime
) -> None:
    store, service = DatabaseTokenStore(database, "app"), Service()
    assert store.read() is None
    token = store.renew(0, service.fetch, now)
    assert token == Token("token-1", now + timedelta(seconds=6900), 1)
    assert store.read() == token
    assert DatabaseTokenStore(database, "other").read() is None


def test_of_a_short_life_half_is_left(database: Database, now: datetime) -> None:
    store = DatabaseTokenStore(database, "app")
    assert store.renew(0, lambda: ("token", 60), now).expires_at == now + timedelta(seconds=30)


def test_only_who_saw_the_newest_token_fetches(database: Database, now: datetime) -> None:
    store, service = DatabaseTokenStore(database, "app"), Service()
    first = store.renew(0, service.fetch, now)
    assert store.renew(0, service.fetch, now) == first
    second = store.renew(first.generation, service.fetch, now)
    assert (second.value, second.generation) == ("token-2", 2)
    assert store.renew(first.generation, service.fetch, now) == second
    assert service.fetches == 2


def test_an_old_token_that_has_expired_meanwhile_is_not_given(
    database: Database, now: datetime
) -> None:
    store, service = DatabaseTokenStore(database, "app"), Service()
    store.renew(0, service.fetch, now)
    tomorrow = now + timedelta(days=1)
    assert store.renew(0, service.fetch, tomorrow).value == "token-2"


@pytest.mark.parametrize("processes", [1, 5])
def test_ten_threads_fetch_once(
    open_database: Callable[..., Database], now: datetime, processes: int
) -> None:
    service = Service()
    everybody = threading.Barrier(10)
    fetching = threading.Event()

    def slow_fetch() -> tuple[str, int]:
        fetching.wait(0.2)  # never set: long enough for the others to come and wait
        return service.fetch()

    stores = [DatabaseTokenStore(open_database(), "app") for _ in range(processes)]
    tokens: list[Token] = []

    def work(number: int) -> None:
        everybody.wait()
        tokens.append(stores[number % processes].renew(0, slow_fetch, now))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert service.fetches == 1
    assert {(token.value, token.generation) for token in tokens} == {("token-1", 1)}
    assert len(tokens) == 10


def test_turns_can_write_during_the_fetch(database: Database, now: datetime) -> None:
    store = DatabaseTokenStore(database, "app")

    def fetch() -> tuple[str, int]:
        with database.begin() as tx:  # would be refused inside a transaction of this thread
            tx.execute(text("DELETE FROM leases"))
        return "token", 7200

    assert store.renew(0, fetch, now).value == "token"


def test_a_failed_fetch_frees_the_way(database: Database, now: datetime) -> None:
    store, service = DatabaseTokenStore(database, "app", wait=never), Service()

    def fail() -> tuple[str, int]:
        raise ConnectionError("no route")

    with pytest.raises(ConnectionError):
        store.renew(0, fail, now)
    assert store.renew(0, service.fetch, now).generation == 1


def test_who_waited_long_enough_takes_over(
    open_database: Callable[..., Database], now: datetime
) -> None:
    """The first fetch hangs; the second store waits its time, fetches, and its token stays."""
    waits: list[float] = []
    service = Service()
    patient = DatabaseTokenStore(open_database(), "app", wait=waits.append)
    hanging = DatabaseTokenStore(open_database(), "app")

    def hang() -> tuple[str, int]:
        assert patient.renew(0, service.fetch, now).value == "token-1"
        return "late", 7200

    assert hanging.renew(0, hang, now).value == "token-1"
    assert patient.read() == Token("token-1", now + timedelta(seconds=6900), 1)
    assert len(waits) == PATIENCE
    assert sum(waits) > 13, "longer than a fetch with its time-outs"


def test_a_lease_of_a_crashed_process_runs_out(
    open_database: Callable[..., Database], now: datetime
) -> None:
    crashed = DatabaseTokenStore(open_database(), "app")
    crashed._lease_or_newer("crashed", 0, now)
    store = DatabaseTokenStore(open_database(), "app", wait=never)
    assert store.renew(0, Service().fetch, now + LEASE).value == "token-1"


def test_a_token_does_not_show_itself() -> None:
    assert "sesame" not in repr(Token("sesame", datetime.max, 1))  # noqa: DTZ901


def never(seconds: float) -> None:
    raise AssertionError("nobody should have to wait here")
