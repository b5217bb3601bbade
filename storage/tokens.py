"""The access token of each app, fetched once for all threads and processes."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, bindparam, or_, select, update

from storage.conflicts import ConflictInsert
from storage.database import Database
from storage.models import AppToken, table

SAFETY = timedelta(seconds=300)  # a token is renewed this long before WeChat Work drops it
LEASE = timedelta(seconds=30)  # longer than a fetch can take with its time-outs
POLL = 0.1  # seconds between two looks at what another process is fetching
PATIENCE = 150  # looks, before taking the fetch over: longer than one with its time-outs


@dataclass(frozen=True, slots=True)
class Token:
    value: str = field(repr=False)
    expires_at: datetime
    generation: int


_tokens = table(AppToken)
_t = _tokens.c
_READ = select(_t.value, _t.expires_at, _t.generation, _t.renewing_by).where(
    _t.app == bindparam("name")
)
_ADD = ConflictInsert(lambda insert: insert(_tokens).on_conflict_do_nothing())
_LEASE = (
    update(_tokens)
    .where(
        _t.app == bindparam("name"),
        _t.generation == bindparam("seen"),
        or_(
            _t.renewing_by.is_(None),
            _t.renewing_until <= bindparam("now"),
            _t.renewing_by == bindparam("late"),
        ),
    )
    .values(renewing_by=bindparam("me"), renewing_until=bindparam("until"))
    .returning(_t.app)
)
_mine = update(_tokens).where(_t.app == bindparam("name"), _t.renewing_by == bindparam("me"))
_RELEASE = _mine.values(renewing_by=None, renewing_until=None)
_KEEP = _RELEASE.values(
    value=bindparam("token"), expires_at=bindparam("ends"), generation=_t.generation + 1
).returning(_t.generation)


class DatabaseTokenStore:
    """Keeps one app's token in the database; one fetch at a time over all processes.

    The fetch runs outside any transaction, under a lease written in the token's row: on SQLite
    a transaction held during an HTTP call would stop every turn.
    """

    def __init__(
        self, database: Database, app: str, *, wait: Callable[[float], None] = time.sleep
    ) -> None:
        self._database = database
        self._app = app
        self._wait = wait
        self._in_process = threading.Lock()

    def read(self) -> Token | None:
        """Gives the stored token, which may have expired, or None if there never was one."""
        with self._database.read() as tx:
            return _token(tx.execute(_READ, {"name": self._app}).first())

    def renew(
        self, seen_generation: int, fetch: Callable[[], tuple[str, int]], now: datetime
    ) -> Token:
        """Gives a token newer than the one seen, fetching it only if nobody else has.

        `seen_generation` is that of the token that was refused or has expired, 0 if there was
        none. `fetch` gives the token and the seconds it lives; what it raises is passed on.
        """
        me = uuid4().hex
        with self._in_process:
            newer = self._lease_or_newer(me, seen_generation, now)
            return newer or self._fetch(me, fetch, now)

    def _lease_or_newer(self, me: str, seen: int, now: datetime) -> Token | None:
        """Waits until somebody else's token is there, or this caller may fetch (None)."""
        late = None
        for _ in range(PATIENCE):
            newer, holder = self._try_lease(me, seen, now, late=None)
            if newer or holder == me:
                return newer
            late = holder
            self._wait(POLL)
        newer, holder = self._try_lease(me, seen, now, late)
        # Lost even now: another waiter took over this very moment, so wait for that one.
        return newer if newer or holder == me else self._lease_or_newer(me, seen, now)

    def _try_lease(
        self, me: str, seen: int, now: datetime, late: str | None
    ) -> tuple[Token | None, str | None]:
        """Gives a newer token, or who holds the lease after this try."""
        with self._database.begin() as tx:
            row = _row(tx, self._app)
            token = _token(row)
            if token and token.generation != seen and token.expires_at > now:
                return token, None
            values = {"name": self._app, "seen": row.generation, "now": now, "late": late}
            values |= {"me": me, "until": now + LEASE}
            taken = tx.execute(_LEASE, values).first() is not None
            return None, me if taken else row.renewing_by

    def _fetch(self, me: str, fetch: Callable[[], tuple[str, int]], now: datetime) -> Token:
        try:
            value, expires_in = fetch()
        except BaseException:
            with self._database.begin() as tx:
                tx.execute(_RELEASE, {"name": self._app, "me": me})
            raise
        # At most half of a short life is taken off.
        life = max(timedelta(seconds=expires_in) - SAFETY, timedelta(seconds=expires_in // 2))
        ends = now + life
        with self._database.begin() as tx:
            values = {"name": self._app, "me": me, "token": value, "ends": ends}
            generation = tx.execute(_KEEP, values).scalar_one_or_none()
            if generation is not None:
                return Token(value, ends, generation)
            # Taken over while fetching: the other's token is the one to use, if it is there.
            row = _row(tx, self._app)
            return _token(row) or Token(value, ends, row.generation)


def _row(tx: Connection, app: str) -> Any:
    row = tx.execute(_READ, {"name": app}).first()
    if row is None:
        tx.execute(_ADD.on(tx), {"app": app})
        row = tx.execute(_READ, {"name": app}).one()
    return row


def _token(row: Any) -> Token | None:
    return Token(row.value, row.expires_at, row.generation) if row and row.value else None
