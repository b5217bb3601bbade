"""The access token for the next call: from the store, or fetched once for everybody."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from bot.wecom.errors import ApiError, NotSent, Reaction, UnknownOutcome
from bot.wecom.tokens import NO_GENERATION, Token, TokenStore
from bot.wecom.wire import ApiSettings, Call, Wire

REST = timedelta(minutes=5)
DEFAULT_LIFE = 7200


class Refusals(Protocol):
    """Remembers that no token can be had, so that nobody asks on and on."""

    def standing(self, now: datetime) -> ApiError | None:
        """The answer to repeat without asking; None if it may be asked (once, where an earlier
        answer was no)."""

    def remember(self, error: ApiError, now: datetime) -> None:
        """The service said no."""

    def forget(self, now: datetime) -> None:
        """There is a token again."""


class MemoryRefusals:
    """Refusals of one process: five minutes of rest after each."""

    def __init__(self) -> None:
        self._refusal: tuple[datetime, ApiError] | None = None

    def standing(self, now: datetime) -> ApiError | None:
        return self._refusal[1] if self._refusal and now < self._refusal[0] else None

    def remember(self, error: ApiError, now: datetime) -> None:
        if error.reaction is Reaction.PAUSE_ALL:
            self._refusal = now + REST, error

    def forget(self, now: datetime) -> None:
        self._refusal = None


class Credentials:
    """Hands out tokens and never hammers gettoken.

    After an answer that says that no token can be had (wrong secret, address not allowed)
    it repeats that answer without asking: many wrong secrets in an hour block our address for
    all apps (path 90312).
    """

    def __init__(
        self,
        settings: ApiSettings,
        wire: Wire,
        tokens: TokenStore,
        clock: Callable[[], datetime],
        refusals: Refusals | None = None,
    ) -> None:
        self._settings = settings
        self._wire = wire
        self._tokens = tokens
        self._clock = clock
        self._refusals = refusals or MemoryRefusals()

    def current(self) -> Token:
        """A token that should be good. Raises ApiError or NotSent."""
        token = self._tokens.read()
        if token and token.is_fresh(self._clock()):
            return token
        return self.renewed(token.generation if token else NO_GENERATION)

    def renewed(self, seen_generation: int) -> Token:
        """A token after the service refused the one of `seen_generation`."""
        return self._tokens.renew(seen_generation, self._fetch, self._clock())

    def _fetch(self) -> tuple[str, int]:
        refused = self._refusals.standing(self._clock())
        if refused:
            raise refused.again()
        settings = self._settings
        call = Call("gettoken", {"corpid": settings.corp_id, "corpsecret": settings.secret})
        try:
            answer = self._wire.json(call, token="")
        except UnknownOutcome as error:
            # Of the call that needs the token, nothing can have been done.
            raise NotSent("gettoken", error.what) from None
        except ApiError as error:
            self._refusals.remember(error, self._clock())
            raise
        token = _token_in(answer)
        self._refusals.forget(self._clock())
        return token


def _token_in(answer: dict[str, object]) -> tuple[str, int]:
    value, life = answer.get("access_token"), answer.get("expires_in", DEFAULT_LIFE)
    if not isinstance(value, str) or not value or not isinstance(life, int):
        raise NotSent("gettoken", "the answer has no token")
    return value, life
