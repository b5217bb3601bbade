"""Keeps the access token of the app in the database, as the API client wants it."""

from __future__ import annotations

from datetime import datetime

from bot.wecom.tokens import Fetch, Token
from storage import tokens as stored
from storage.database import Database


class StoredTokens:
    """The token store of all threads and processes; storage takes the margin off its life."""

    def __init__(self, database: Database, app: str) -> None:
        self._store = stored.DatabaseTokenStore(database, app)

    def read(self) -> Token | None:
        found = self._store.read()
        return _token(found) if found else None

    def renew(self, seen_generation: int, fetch: Fetch, now: datetime) -> Token:
        return _token(self._store.renew(seen_generation, fetch, now))


def _token(found: stored.Token) -> Token:
    return Token(found.value, found.expires_at, found.generation)
