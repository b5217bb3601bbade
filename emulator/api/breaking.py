"""What the faults do to one API call on its way in and on its way out.

A call broken on the way in was not processed; one broken on the way out was, and the caller can't
tell which.
"""

from flask import Response, request

from emulator.cutter import ask_to_cut
from emulator.faults import Faults, Kind

PAGE = "<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>"


def break_before(faults: Faults, path: str, who: str) -> tuple[Kind, Response] | None:
    """The fault that struck and what the caller gets instead, or None."""
    for kind, title, status in BEFORE:
        if faults.take("api", kind, path, who):
            if kind == "reset_before":
                ask_to_cut(request.environ)
            return kind, _page(title, status)
    return None


def break_after(faults: Faults, path: str, who: str, response: Response) -> Kind | None:
    """Spoils the answer, and says by which fault."""
    if faults.take("api", "reset_after", path, who):
        ask_to_cut(request.environ)
        return "reset_after"
    if faults.take("api", "gateway_timeout", path, who):
        response.status_code = 504
        response.content_type = "text/html"
        response.set_data(PAGE.format(title="504 Gateway Time-out"))
        return "gateway_timeout"
    if faults.take("api", "truncated", path, who):
        body = response.get_data()
        response.set_data(body[: len(body) // 2])
        return "truncated"
    if faults.take("api", "empty", path, who):
        response.set_data(b"")
        return "empty"
    if faults.take("api", "wrong_type", path, who):
        response.content_type = "text/html"
        return "wrong_type"
    return None


BEFORE: tuple[tuple[Kind, str, int], ...] = (
    ("reset_before", "", 200),
    ("bad_gateway", "502 Bad Gateway", 502),
    # What a captive portal says to everything: a page, and status 200.
    ("portal", "Sign in to this network", 200),
)


def _page(title: str, status: int) -> Response:
    return Response(PAGE.format(title=title), status, mimetype="text/html")
