"""Access tokens, tickets and one-time login codes with their life spans."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from emulator.clock import Clock
from emulator.errors import ApiError
from emulator.rates import Quota, RateWindow
from emulator.settings import Settings

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


class TokenBook:
    """Issues and checks access tokens of the one app; counts wrong secrets as the real one does."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._expiry: dict[str, datetime] = {}
        self._current: str | None = None
        self._wrong = RateWindow(clock, settings.wrong_secrets_per_hour, HOUR)
        self._blocked_until: datetime | None = None
        self._calls = (
            Quota(clock, settings.api_per_minute, MINUTE),
            Quota(clock, settings.api_per_hour, HOUR),
        )
        self.issued = 0

    def issue(self, corp_id: str, secret: str) -> str:
        """The app's token; raises ApiError for wrong credentials or a blocked address."""
        self.refuse_blocked()
        if not corp_id:
            raise ApiError(41002)
        if not secret:
            raise ApiError(41004)
        if corp_id != self._settings.corp_id:
            raise ApiError(40013)
        if not secrets.compare_digest(secret.encode(), self._settings.secret.encode()):
            self._count_wrong_secret()
            raise ApiError(40001)
        return self._reuse() or self._make()

    def check(self, token: str) -> None:
        """Raises 41001, 42001 or 40014 unless the token is valid now."""
        self.refuse_blocked()
        if not token:
            raise ApiError(41001)
        if token not in self._expiry:
            raise ApiError(40014)
        if self._clock() >= self._expiry[token]:
            raise ApiError(42001)

    def count_call(self) -> None:
        """Raises 45009 over the limit, and from then on for a minute or an hour."""
        if not all(quota.take() for quota in self._calls):
            raise ApiError(45009)

    def invalidate(self) -> None:
        """Makes every token bad at once, as WeChat Work may do before the time is up."""
        self._expiry.clear()
        self._current = None

    def expire(self) -> None:
        """Lets the time of every token be over now: they answer 42001."""
        now = self._clock()
        self._expiry = {token: min(until, now) for token, until in self._expiry.items()}

    def refuse_blocked(self) -> None:
        if self._blocked_until and self._clock() < self._blocked_until:
            raise ApiError(45009, "ip blocked after too many wrong secrets")

    def _count_wrong_secret(self) -> None:
        if not self._wrong.take("ip"):
            self._blocked_until = self._clock() + HOUR

    def _reuse(self) -> str | None:
        token = self._current
        if not self._settings.same_token_within_validity or token is None:
            return None
        return token if self._clock() < self._expiry[token] else None

    def _make(self) -> str:
        token = secrets.token_urlsafe(160)
        self._expiry[token] = self._clock() + timedelta(seconds=self._settings.token_seconds)
        self._current = token
        self.issued += 1
        return token


@dataclass
class _Login:
    who: str
    expires: datetime
    used: bool = False


class LoginCodes:
    """OAuth codes: each works once and for a few minutes."""

    def __init__(self, seconds: int, clock: Clock) -> None:
        self._life = timedelta(seconds=seconds)
        self._clock = clock
        self._codes: dict[str, _Login] = {}

    def make(self, who: str) -> str:
        code = secrets.token_urlsafe(32)
        self._codes[code] = _Login(who, self._clock() + self._life)
        return code

    def expire(self) -> None:
        """Lets the time of every code be over now."""
        for login in self._codes.values():
            login.expires = min(login.expires, self._clock())

    def spend(self, code: str) -> str:
        """Who the code stands for; raises 40029 unknown, 42003 too late, 42022 used."""
        login = self._codes.get(code)
        if login is None:
            raise ApiError(40029)
        if login.used:
            raise ApiError(42022)
        if self._clock() >= login.expires:
            raise ApiError(42003)
        login.used = True
        return login.who


class Tickets:
    """JS-SDK tickets, one for each kind ('corp' and 'agent_config'), two hours long."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._held: dict[str, tuple[str, datetime]] = {}

    def get(self, kind: str) -> str:
        ticket, expires = self._held.get(kind, ("", self._clock()))
        if self._clock() >= expires:
            ticket = secrets.token_urlsafe(64)
            self._held[kind] = (ticket, self._clock() + timedelta(seconds=7200))
        return ticket
