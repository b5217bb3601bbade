"""How a call leaves the emulator, and how tests reach a WSGI app without any socket.

`HttpTransport` is the real thing. `wsgi_transport(app)` delivers callbacks straight into a WSGI
app; `wsgi_session(app)` gives a requests session whose every call ends in that app, so that a
client of the emulator's API can be tested the same way.
"""

import io
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPMessage
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

import requests
from requests.adapters import BaseAdapter, HTTPAdapter
from urllib3 import HTTPHeaderDict, HTTPResponse
from werkzeug.test import EnvironBuilder, run_wsgi_app

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


@dataclass(frozen=True)
class Answer:
    """What the called side answered."""

    status: int
    body: str


class NoAnswer(Exception):
    """No answer within the time, or no connection."""


class Transport(Protocol):
    """Carries one call; raises NoAnswer when none comes within `seconds`."""

    def __call__(self, method: str, url: str, body: str, seconds: float) -> Answer: ...


class HttpTransport:
    """Calls by HTTP, never through a proxy, never following a redirect; `monotonic` gives seconds
    of real time."""

    def __init__(
        self,
        session: requests.Session | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._session = session or requests.Session()
        self._session.trust_env = False
        self._monotonic = monotonic

    def __call__(self, method: str, url: str, body: str, seconds: float) -> Answer:
        begun = self._monotonic()
        try:
            response = self._session.request(
                method,
                url,
                data=body.encode(),
                headers={"Content-Type": "text/xml; charset=utf-8"},
                timeout=seconds,
                allow_redirects=False,
            )
        except requests.RequestException as error:
            raise NoAnswer(type(error).__name__) from error
        if self._monotonic() - begun > seconds:
            # The time-out above minds only each piece of the answer.
            raise NoAnswer("late")
        return Answer(response.status_code, response.content.decode("utf-8", errors="replace"))


class WsgiAdapter(BaseAdapter):
    """A requests adapter that hands each request to a WSGI app in this process."""

    def __init__(self, app: "WSGIApplication") -> None:
        super().__init__()
        self._app = app

    def send(self, request: requests.PreparedRequest, *_args: Any, **_more: Any) -> Any:
        try:
            content, status, headers = run_wsgi_app(self._app, _environ(request), buffered=True)
        except ConnectionResetError as error:
            raise requests.ConnectionError(error, request=request) from error
        body = b"".join(content)
        # requests reads cookies from the header object of http.client.
        message = HTTPMessage()
        for name, value in headers:
            message[name] = value
        raw = HTTPResponse(
            io.BytesIO(body),
            headers=HTTPHeaderDict(list(headers)),
            status=int(status.split()[0]),
            preload_content=False,
            original_response=SimpleNamespace(msg=message, isclosed=lambda: True),  # type: ignore[arg-type]
        )
        return HTTPAdapter().build_response(request, raw)

    def close(self) -> None:
        """Nothing is held open."""


def wsgi_session(app: "WSGIApplication") -> requests.Session:
    """A session whose http and https calls all end in the WSGI app."""
    session = requests.Session()
    session.trust_env = False
    for scheme in ("http://", "https://"):
        session.mount(scheme, WsgiAdapter(app))
    return session


def wsgi_transport(app: "WSGIApplication") -> HttpTransport:
    """A transport that delivers callbacks into the WSGI app, however long that takes."""
    return HttpTransport(wsgi_session(app), monotonic=lambda: 0.0)


def _environ(request: requests.PreparedRequest) -> dict[str, Any]:
    parts = urlsplit(request.url or "")
    body = request.body or b""
    if hasattr(body, "read"):
        body = body.read()
    builder = EnvironBuilder(
        path=parts.path or "/",
        base_url=f"{parts.scheme}://{parts.netloc}/",
        query_string=parts.query,
        method=request.method or "GET",
        headers=list(request.headers.items()),
        data=body.encode() if isinstance(body, str) else body,
        environ_base={"REMOTE_ADDR": "127.0.0.1"},
    )
    return builder.get_environ()
