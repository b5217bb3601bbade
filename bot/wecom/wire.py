"""One HTTP exchange with the service, and what its failure means for us.

Every failure is told apart into "certainly not sent" and "outcome unknown", because that
decides whether a message may be sent again. No exception from here carries a secret, not
even as its cause: the addresses in requests' exceptions contain the token.
"""

import json
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.cookiejar import DefaultCookiePolicy
from pathlib import Path
from typing import Any, TypeVar

import requests
import structlog
from requests import exceptions as broken
from urllib3 import exceptions as deeper

from bot.wecom.errors import ApiError, CallFailed, NotSent, UnknownOutcome, reaction_to
from bot.wecom.redaction import guard_http_log, redact

log = structlog.get_logger(__name__)

T = TypeVar("T")

_NEVER_SENT = (
    broken.ConnectTimeout,
    broken.InvalidHeader,
    broken.InvalidSchema,
    broken.InvalidURL,
    broken.MissingSchema,
    broken.ProxyError,
)
_NEVER_CONNECTED = (deeper.ConnectTimeoutError, deeper.NewConnectionError)


@dataclass(frozen=True)
class ApiSettings:
    """Where the API is and who we are there; times in seconds.

    `base_url` and `ca_bundle` (a file path) are for private deployments with an own host
    and own certificates. `trust_env` lets proxies come from the environment; it applies to
    the session made here, a session handed in keeps its own.
    """

    corp_id: str
    secret: str = field(repr=False)
    agent_id: int
    base_url: str = "https://qyapi.weixin.qq.com/cgi-bin/"
    ca_bundle: str | None = None
    connect_timeout: float = 3
    read_timeout: float = 10
    upload_timeout: float = 60
    trust_env: bool = True


@dataclass(frozen=True)
class Call:
    """One request without its token: `name` is the path below the base ("message/send")."""

    name: str
    params: Mapping[str, str] = field(default_factory=dict)
    payload: bytes | None = None
    media: tuple[str, bytes, str] | None = None  # file name, content, content type

    @property
    def method(self) -> str:
        return "GET" if self.payload is None and self.media is None else "POST"


class Wire:
    """Makes calls and reads answers; knows nothing of tokens' lives."""

    def __init__(self, settings: ApiSettings, session: requests.Session | None = None) -> None:
        if settings.ca_bundle and not Path(settings.ca_bundle).exists():
            raise ValueError(f"there is no CA bundle at {settings.ca_bundle}")
        guard_http_log()
        self._settings = settings
        self._session = session or _new_session(settings)

    def close(self) -> None:
        """Gives the connections back."""
        self._session.close()

    def json(self, call: Call, token: str) -> dict[str, Any]:
        """The answer of the call. Raises ApiError for an errcode, NotSent, UnknownOutcome."""
        response = self.response(call, token)
        return self.checked(call.name, self._read(call.name, lambda: response.content), token)

    def response(self, call: Call, token: str, *, stream: bool = False) -> requests.Response:
        """The raw answer, HTTP 200 for certain."""
        params = {**call.params, "access_token": token} if token else dict(call.params)
        response = self._read(call.name, lambda: self._request(call, params, stream))
        if response.status_code != 200:
            response.close()
            raise _refusal(call.name, response.status_code)
        return response

    def chunks(self, name: str, response: requests.Response) -> Callable[[], bytes]:
        """A function that reads the next piece of a streamed answer, b"" at its end."""
        pieces = response.iter_content(65536)
        return lambda: self._read(name, lambda: next(pieces, b""))

    def checked(self, name: str, content: bytes, *secrets: str) -> dict[str, Any]:
        """The JSON object in `content` if its errcode is 0 or missing."""
        answer = _decode(content)
        if answer is None:
            raise UnknownOutcome(name, "the answer is not a JSON object with an errcode")
        code, errmsg = int(answer.get("errcode") or 0), str(answer.get("errmsg", ""))
        if code:
            errmsg = redact(errmsg, self._settings.secret, *secrets)
            raise ApiError(name, code, errmsg, reaction_to(code, at_gettoken=name == "gettoken"))
        if "wrong json format" in errmsg:
            # The service took only a part of what was asked, and still calls it a success.
            log.warning("api_took_part_of_the_json", call=name)
        return answer

    def _read(self, name: str, reading: Callable[[], T]) -> T:
        try:
            return reading()
        except requests.RequestException as error:
            failure = _outcome(name, error)
        # Outside of the except block, so that the address with the token is not its context.
        raise failure

    def _request(self, call: Call, params: dict[str, str], stream: bool) -> requests.Response:
        settings = self._settings
        patience = settings.upload_timeout if call.media else settings.read_timeout
        return self._session.request(
            call.method,
            f"{settings.base_url.rstrip('/')}/{call.name}",
            params=params,
            data=call.payload,
            # requests on urllib3 2 writes the name as raw UTF-8; filename*= gives 44001.
            files={"media": call.media} if call.media else None,
            headers=_headers(call, stream),
            timeout=(settings.connect_timeout, patience),
            verify=settings.ca_bundle or True,
            allow_redirects=False,
            stream=stream,
        )


def _new_session(settings: ApiSettings) -> requests.Session:
    session = requests.Session()
    session.trust_env = settings.trust_env
    # The API has no use for cookies, and a jar is shared by all threads.
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    return session


def _headers(call: Call, stream: bool) -> dict[str, str]:
    headers = {"Accept-Encoding": "identity"} if stream else {}
    if call.payload is not None:
        headers["Content-Type"] = "application/json; charset=utf-8"
    return headers


def _outcome(name: str, error: requests.RequestException) -> CallFailed:
    cause = error.args[0] if error.args else None
    reason = getattr(cause, "reason", None) or cause or error
    what = type(reason).__name__
    if isinstance(error, _NEVER_SENT) or isinstance(reason, _NEVER_CONNECTED):
        return NotSent(name, f"no connection: {what}")
    if any(isinstance(arg, ssl.SSLCertVerificationError) for arg in getattr(reason, "args", ())):
        return NotSent(name, "the certificate of the service could not be verified")
    return UnknownOutcome(name, f"connection lost or too slow: {what}")


def _refusal(name: str, status: int) -> CallFailed:
    # The service itself always answers 200; a proxy that says 3xx or 4xx passed nothing on.
    if 300 <= status < 500:
        return NotSent(name, f"HTTP {status}, which is not from the service")
    return UnknownOutcome(name, f"HTTP {status}")


def _decode(content: bytes) -> dict[str, Any] | None:
    try:
        answer = json.loads(content)
    except ValueError:
        return None
    whole = isinstance(answer, dict) and isinstance(answer.get("errcode", 0), int)
    return answer if whole else None
