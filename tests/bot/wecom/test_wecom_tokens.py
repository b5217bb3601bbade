"""Tokens: one fetch for everybody, whoever else renews at the same time."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from bot.wecom.tokens import MemoryTokenStore, Token, mint

NOW = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.mark.parametrize(("seconds", "life"), [(7200, 6900), (600, 300), (100, 50)])
def test_a_token_is_given_up_before_it_ends(seconds, life):
    token = mint(("v", seconds), None, NOW)
    assert token.expires_at == NOW + timedelta(seconds=life)
    assert token.is_fresh(NOW + timedelta(seconds=life - 1))
    assert not token.is_fresh(NOW + timedelta(seconds=life))


def test_generations_count_up():
    first = mint(("a", 7200), None, NOW)
    assert (first.generation, mint(("b", 7200), first, NOW).generation) == (1, 2)


def test_a_token_does_not_show_itself():
    assert "topsecret" not in repr(Token("topsecret", NOW, 1))


def test_an_older_generation_gets_the_stored_token_and_fetches_nothing():
    store = MemoryTokenStore()
    store.renew(0, lambda: ("a", 7200), NOW)
    second = store.renew(1, lambda: ("b", 7200), NOW)
    assert store.renew(1, lambda: pytest.fail("fetched"), NOW) == second == store.read()


def test_a_failed_fetch_changes_nothing_and_frees_the_lock():
    store = MemoryTokenStore()
    before = store.renew(0, lambda: ("a", 7200), NOW)
    with pytest.raises(ZeroDivisionError):
        store.renew(1, lambda: (str(1 / 0), 1), NOW)
    assert store.read() == before
    assert store.renew(1, lambda: ("b", 7200), NOW).value == "b"


def test_ten_threads_fetch_once():
    store, fetched, barrier = MemoryTokenStore(), [], threading.Barrier(10)

    def fetch() -> tuple[str, int]:
        fetched.append(1)
        return f"token-{len(fetched)}", 7200

    def renew(_: int) -> Token:
        barrier.wait(timeout=10)
        return store.renew(0, fetch, NOW)

    with ThreadPoolExecutor(10) as pool:
        tokens = set(pool.map(renew, range(10)))
    assert [token.value for token in tokens] == ["token-1"]
    assert len(fetched) == 1
