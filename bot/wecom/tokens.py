"""Access tokens: what one is, and what keeps one for all threads and processes.

One row, one token. A store's `renew` is a single flight: it holds a lock, looks whether
somebody else has already renewed, and only then fetches. Source: path 91039.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

Fetch = Callable[[], tuple[str, int]]
"""Gets (token, seconds it lives) from the service; raises what the call raises."""

MARGIN = 300
NO_GENERATION = 0


@dataclass(frozen=True)
class Token:
    """An access token until `expires_at` (aware, already with a margin); `generation`
    counts up from 1 with every renewal."""

    value: str = field(repr=False)
    expires_at: datetime
    generation: int

    def is_fresh(self, now: datetime) -> bool:
        return now < self.expires_at


class TokenStore(Protocol):
    """What keeps the token; the implementation decides where."""

    def read(self) -> Token | None:
        """The stored token, fresh or not; None before the first."""

    def renew(self, seen_generation: int, fetch: Fetch, now: datetime) -> Token:
        """A new token in place of the one of `seen_generation` (0: there was none).

        Must hold a lock over the whole of it. If the stored generation is another one, that
        token is returned and nothing is fetched. Whatever `fetch` raises passes through and
        changes nothing.
        """


def mint(fetched: tuple[str, int], before: Token | None, now: datetime) -> Token:
    """The next token: five minutes are taken off its life, at most half of it."""
    value, seconds = fetched
    life = max(seconds - MARGIN, seconds // 2)
    generation = before.generation if before else NO_GENERATION
    return Token(value, now + timedelta(seconds=life), generation + 1)


class MemoryTokenStore:
    """A token store for one process, safe between its threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._token: Token | None = None

    def read(self) -> Token | None:
        return self._token

    def renew(self, seen_generation: int, fetch: Fetch, now: datetime) -> Token:
        with self._lock:
            stored = self._token
            if stored and stored.generation != seen_generation:
                return stored
            self._token = mint(fetch(), stored, now)
            return self._token
