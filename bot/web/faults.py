"""Pages that say why something was not done, and what to do now."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Response, render_template, request

from bot.phrases import phrase

# What people write at length, by the first part of a field's name.
_TYPED = ("text", "words", "reason")
_MAY_BE_LOST = (401, 403, 409, 500, 503)


def is_htmx() -> bool:
    """Whether a script of ours asks for a piece of a page."""
    return request.headers.get("HX-Request") == "true"


def fault(code: str, status: int, **numbers: object) -> Response:
    """The page of a code of the catalogue: `page_<code>_title` and `page_<code>`."""
    title, words = phrase(f"page_{code}_title"), phrase(f"page_{code}", **numbers)
    return notice(title, words, status)


def notice(title: str, words: str, status: int) -> Response:
    """A page with a sentence and what was typed; for htmx the sentence alone, into the page's
    notice."""
    if is_htmx():
        piece = render_template("notice.html", words=words)
        return Response(piece, status, {"HX-Retarget": "#notice", "HX-Reswap": "innerHTML"})
    kept = _typed() if status in _MAY_BE_LOST else []
    return Response(render_template("fault.html", heading=title, words=words, typed=kept), status)


def _typed() -> list[str]:
    """What somebody wrote into the page that was sent: a browser shows such a page empty when they
    step back. Only if the page was ours, so that nobody's words but their own stand there."""
    if request.mimetype != "application/x-www-form-urlencoded":
        return []
    if urlsplit(request.headers.get("Origin", "")).netloc != request.host:
        return []
    fields = request.form.items(multi=True)
    return [text for name, text in fields if name.partition(".")[0] in _TYPED and text.strip()]
