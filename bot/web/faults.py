"""Pages that say why something was not done, and what to do now."""

from __future__ import annotations

from flask import Response, render_template, request

from bot.phrases import phrase


def is_htmx() -> bool:
    """Whether a script of ours asks for a piece of a page."""
    return request.headers.get("HX-Request") == "true"


def fault(code: str, status: int, **numbers: object) -> Response:
    """The page of a code of the catalogue: `page_<code>_title` and `page_<code>`."""
    title, words = phrase(f"page_{code}_title"), phrase(f"page_{code}", **numbers)
    return notice(title, words, status)


def notice(title: str, words: str, status: int) -> Response:
    """A page with a sentence; for htmx the sentence alone, into the page's notice."""
    if is_htmx():
        piece = render_template("notice.html", words=words)
        return Response(piece, status, {"HX-Retarget": "#notice", "HX-Reswap": "innerHTML"})
    return Response(render_template("fault.html", heading=title, words=words), status)
