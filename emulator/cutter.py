"""Cutting a connection without an answer, as a bad network does.

Under the emulator's own server the socket is shut down; where there is none, in tests, the WSGI
app raises ConnectionResetError, which `transport.WsgiAdapter` turns into a connection error.
"""

import socket
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

FLAG = "emulator.cut"


def ask_to_cut(environ: "WSGIEnvironment") -> None:
    """Marks the request; the connection is cut instead of answered."""
    environ[FLAG] = True


class Cutter:
    """WSGI middleware that holds the answer back until it is known whether it may leave."""

    def __init__(self, app: "WSGIApplication") -> None:
        self._app = app

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        held: list[Any] = []

        def hold(*args: Any) -> Any:
            held[:] = args
            return lambda _data: None

        body = self._app(environ, hold)
        if environ.get(FLAG):
            _cut(environ.get("werkzeug.socket"))
        start_response(*held)
        return body


def _cut(connection: socket.socket | None) -> None:
    if connection is None:
        raise ConnectionResetError("fault: connection cut")
    connection.shutdown(socket.SHUT_RDWR)
