"""The access token for the next call: from the store, or fetched once for everybody."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.wecom.errors import ApiError, NotSent, Reaction, UnknownOutcome
from bot.wecom.tokens import NO_GENERATION, Token, TokenStore
from bot.wecom.wire import ApiSettings, Call, Wire

REST = timedelta(minutes=5)
DEFAULT_LIFE = 7200


class Credentials:
    """Hands out tokens and never hammers gettoken.

    After an answer that says that no token can be had (wrong secret, address not allowed)
    it rests for five minutes and repeats that answer without asking: many wrong secrets in
    an hour block our address for all apps (path 90312).
    """

    def __init__(
        self,
        settings: ApiSettings,
        wire: Wire,
        tokens: TokenStore,
        clock: Callable[[], datetime],
    ) -> None:
        self._settings = settings
        self._wire = wire
        self._tokens = tokens
        self._clock = clock
        self._refusal: tuple[datetime, int, str] | None = None

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
        self._rest()
        settings = self._settings
        call = Call("gettoken", {"corpid": settings.corp_id, "corpsecret": settings.secret})
        try:
            answer = self._wire.json(call, token="")
        except UnknownOutcome as error:
            # Of the call that needs the token, nothing can have been done.
            raise NotSent("gettoken", error.what) from None
        except ApiError as error:
            self._remember(error)
            raise
        return _token_in(answer)

    def _rest(self) -> None:
        if self._refusal and self._clock() < self._refusal[0]:
            _, code, errmsg = self._refusal
            raise ApiError("gettoken", code, errmsg, Reaction.PAUSE_ALL)

    def _remember(self, error: ApiError) -> None:
        if error.reaction is Reaction.PAUSE_ALL:
            self._refusal = (self._clock() + REST, error.code, error.errmsg)


def _token_in(answer: dict[str, object]) -> tuple[str, int]:
    value, life = answer.get("access_token"), answer.get("expires_in", DEFAULT_LIFE)
    if not isinstance(value, str) or not value or not isinstance(life, int):
        raise NotSent("gettoken", "the answer has no token")
    return value, life
