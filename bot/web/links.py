"""Addresses of pages, to be written into cards, messages and the menu."""

from __future__ import annotations

from urllib.parse import urlencode

from bot.settings import Settings
from bot.web.keys import mark_of

PREFIX = "/pages"
FOR = "for"


def link(settings: Settings, page: str, form_id: int | None = None, userid: str = "") -> str:
    """The address of a page, of a form's page, for a member; "" without a public address.

    The mark of the member makes a browser where somebody else is signed in sign in anew. It
    opens nothing: who may see a page is decided by who signs in.
    """
    if not settings.public_url:
        return ""
    path = f"{PREFIX}/{page}" if form_id is None else f"{PREFIX}/{page}/{form_id}"
    query = f"?{urlencode({FOR: mark_of(settings, userid)})}" if userid else ""
    return f"{settings.public_url}{path}{query}"
