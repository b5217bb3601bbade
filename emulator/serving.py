"""The emulator's own HTTP server: threaded, on loopback only, and silent about addresses.

Not waitress: only this server hands out the socket, which the faults need to cut a connection.
"""

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from emulator.settings import is_loopback

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


class QuietHandler(WSGIRequestHandler):
    """Writes no access log: addresses carry tokens and secrets in their query."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Says nothing."""


def make_http_server(app: "WSGIApplication", host: str, port: int) -> BaseWSGIServer:
    """A server ready for serve_forever(); port 0 takes a free one, found in `.server_port`."""
    if not is_loopback(host):
        raise ValueError(f"host {host!r} can be reached from outside; use 127.0.0.1")
    return make_server(host, port, app, threaded=True, request_handler=QuietHandler)


class Door:
    """A server that can be shut for a while: meanwhile connecting is refused, as when a name can't
    be resolved or a host is down. `pause` waits in real time."""

    def __init__(
        self,
        app: "WSGIApplication",
        host: str,
        port: int,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._app = app
        self._pause = pause
        self._away: float | None = None
        self._server = make_http_server(app, host, port)
        self.host, self.port = host, self._server.server_port

    def serve_forever(self, poll_interval: float = 0.5) -> None:
        """Serves until `stop`, with the pauses that `shut` asks for; looks for either as often as
        `poll_interval` says, in seconds."""
        while True:
            self._server.serve_forever(poll_interval)
            self._server.server_close()
            if self._away is None:
                return
            seconds, self._away = self._away, None
            self._pause(seconds)
            self._server = make_http_server(self._app, self.host, self.port)

    def shut(self, seconds: float) -> None:
        """Nobody listens for so long, from a moment on: what is being answered now still is."""
        self._away = seconds
        threading.Thread(target=self._server.shutdown, daemon=True).start()

    def stop(self) -> None:
        self._away = None
        self._server.shutdown()
