"""The emulator's own HTTP server: threaded, on loopback only, and silent about addresses.

Not waitress: only this server hands out the socket, which the faults need to cut a connection.
"""

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
