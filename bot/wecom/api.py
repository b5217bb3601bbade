"""The API of WeChat Work as far as the bot needs it: send, update, recall, files, people.

An own client, not wechatpy's: that one retries a bad token without end, sends an empty file
after a token retry, hides error answers in downloads, has no time-outs where it matters, a
fixed host, and puts the secret into its exceptions. Sources: paths 90236, 94888, 94947,
90253, 90254, 90332, 91023 and 90231.

All calls raise ApiError (with its Reaction), NotSent or UnknownOutcome, see errors.py. A
refused token is renewed and the call repeated once. A busy service is asked again up to
three times where that is safe.
"""

import json
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

import requests
import stamina

from bot.wecom import media
from bot.wecom.credentials import Credentials, Refusals
from bot.wecom.errors import ApiError, Reaction, UnknownOutcome
from bot.wecom.media import Download, Media
from bot.wecom.tokens import TokenStore
from bot.wecom.wire import ApiSettings, Call, Wire

__all__ = ["ApiSettings", "Download", "Media", "Sent", "Visitor", "WeComApi", "canonical"]

T = TypeVar("T")
ATTEMPTS = 3


@dataclass(frozen=True)
class Sent:
    """A message that the service took. `invalid_users` are receivers that did not get it,
    in lower case as the service writes them; `unlicensed_users` lack a licence."""

    msgid: str
    response_code: str
    invalid_users: frozenset[str]
    unlicensed_users: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Visitor:
    """Who opened a page: a member by `userid`, or an outsider (None) by `openid`. Given for
    any member of the corp, even outside the app's range, so the page must authorise."""

    userid: str | None
    openid: str | None


def canonical(body: Mapping[str, Any]) -> bytes:
    """The body as JSON bytes that are the same each time: the duplicate check compares them.

    Real characters, not \\u escapes, which some APIs refuse with 40033.
    """
    text = json.dumps(
        body, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
    return text.encode()


class WeComApi:
    """The client of one app; safe between threads."""

    def __init__(
        self,
        settings: ApiSettings,
        tokens: TokenStore,
        clock: Callable[[], datetime],
        session: requests.Session | None = None,
        refusals: Refusals | None = None,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._wire = Wire(settings, session)
        self._credentials = Credentials(settings, self._wire, tokens, clock, refusals)

    def payload(self, body: Mapping[str, Any]) -> bytes:
        """The exact bytes that `send` would send: keep these to send them again."""
        return canonical({**body, "agentid": self._settings.agent_id})

    def send(self, body: Mapping[str, Any]) -> Sent:
        """Sends a message (message/send body without agentid)."""
        return self.send_bytes(self.payload(body))

    def send_bytes(self, payload: bytes) -> Sent:
        """Sends what `payload()` made, byte for byte. Only with the duplicate check on does
        a busy service get it again."""
        safe = json.loads(payload).get("enable_duplicate_check") == 1
        answer = self._json(Call("message/send", payload=payload), safe=safe)
        return Sent(
            msgid=str(answer.get("msgid") or ""),
            response_code=str(answer.get("response_code") or ""),
            invalid_users=_users(answer.get("invaliduser")),
            unlicensed_users=_users(answer.get("unlicenseduser")),
        )

    def update_card(self, response_code: str, user: str, replace_name: str) -> None:
        """Greys the card's buttons for one member. The code is good once, for 72 hours."""
        body = {
            "userids": [user],
            "agentid": self._settings.agent_id,
            "response_code": response_code,
            "button": {"replace_name": replace_name},
        }
        self._json(Call("message/update_template_card", payload=canonical(body)))

    def recall(self, msgid: str) -> None:
        """Takes a message back, within 24 hours."""
        self._json(Call("message/recall", payload=canonical({"msgid": msgid})))

    def upload(self, name: str, content: bytes, kind: str) -> Media:
        """Uploads a temporary file (kind image, voice, video or file) shown as `name`.
        Raises ValueError for a name, kind or size that the service would refuse."""
        part = media.part(name, content, kind)
        answer = self._json(Call("media/upload", {"type": kind}, media=part))
        return media.uploaded(answer, self._clock())

    def download(self, media_id: str, max_bytes: int) -> Download:
        """Fetches a file that a member sent, at most `max_bytes` (else MediaTooLarge)."""
        call = Call("media/get", {"media_id": media_id})
        return self._repeated(partial(self._download, call, max_bytes))

    def user(self, userid: str) -> dict[str, Any]:
        """A member's record as user/get gives it."""
        return self._json(Call("user/get", {"userid": userid}))

    def oauth_user(self, code: str) -> Visitor:
        """Who came back from the login with this code (one use, five minutes)."""
        answer = self._json(Call("auth/getuserinfo", {"code": code}), safe=False)
        # Older deployments write the names with a capital.
        userid = answer.get("userid") or answer.get("UserId")
        return Visitor(userid or None, answer.get("openid") or answer.get("OpenId") or None)

    def create_menu(self, menu: Mapping[str, Any]) -> None:
        """Sets the app's menu ({"button": [...]}) in place of the present one."""
        params = {"agentid": str(self._settings.agent_id)}
        self._json(Call("menu/create", params, payload=canonical(menu)))

    def close(self) -> None:
        """Closes the connections; the client can still be used and opens new ones."""
        self._wire.close()

    def _json(self, call: Call, *, safe: bool = True) -> dict[str, Any]:
        exchange = partial(self._wire.json, call)
        return self._repeated(exchange) if safe else self._authorised(exchange)

    def _repeated(self, exchange: Callable[[str], T]) -> T:
        for attempt in stamina.retry_context(
            on=_is_busy, attempts=ATTEMPTS, timeout=15, wait_initial=0.5, wait_max=4
        ):
            with attempt:
                return self._authorised(exchange)
        raise AssertionError("the last attempt returns or raises")

    def _authorised(self, exchange: Callable[[str], T]) -> T:
        token = self._credentials.current()
        try:
            return exchange(token.value)
        except ApiError as error:
            if error.reaction is not Reaction.REFRESH:
                raise
        return exchange(self._credentials.renewed(token.generation).value)

    def _download(self, call: Call, max_bytes: int, token: str) -> Download:
        with closing(self._wire.response(call, token, stream=True)) as response:
            piece = self._wire.chunks(call.name, response)
            if not media.is_file(response):
                self._wire.checked(call.name, piece(), token)
                raise UnknownOutcome(call.name, "the answer holds neither a file nor an error")
            return media.read_file(response, piece, max_bytes)


def _is_busy(error: Exception) -> bool:
    return isinstance(error, ApiError) and error.reaction is Reaction.RETRY


def _users(joined: object) -> frozenset[str]:
    return frozenset(user.lower() for user in str(joined or "").split("|") if user)
