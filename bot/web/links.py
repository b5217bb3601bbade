"""Addresses of pages, to be written into cards, messages and the menu."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from bot.lazy import Lazy
from bot.settings import Settings
from bot.web import PAGES
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


def links_of(settings: Settings, form_id: int, userid: str) -> Mapping[str, str]:
    """The addresses of a form's pages by page, for a member; made when first needed, and none
    without a public address."""

    def load() -> Mapping[str, str]:
        made = {page: link(settings, page, form_id, userid) for page in PAGES}
        return {page: address for page, address in made.items() if address}

    return Lazy(load)
