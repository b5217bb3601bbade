"""Checks and cuts the content of a message/send, one function for each msgtype.

The content comes back as the member will see it: too long texts are cut silently where WeChat
Work does so, and the journal says so.
"""

from collections.abc import Callable
from typing import Any

from emulator.errors import ApiError
from emulator.journal import Journal
from emulator.media import Shelf

Content = dict[str, Any]
TEXT_BYTES = 2048
TITLE_BYTES = 128
DESCRIPTION_BYTES = 512
URL_BYTES = 2048


class Contents:
    """Knows the rules of the simple message types; template cards have their own module."""

    def __init__(self, shelf: Shelf, journal: Journal, userid: str = "") -> None:
        self._shelf = shelf
        self._journal = journal
        self._userid = userid

    def check(self, msgtype: str, content: object) -> Content:
        """The content to show; ApiError 40008 for a type that the emulator does not know."""
        checks: dict[str, Callable[[Content], Content]] = {
            "text": self._text,
            "markdown": self._markdown,
            "textcard": self._textcard,
            "news": self._news,
            "image": lambda given: self._media("image", given),
            "voice": lambda given: self._media("voice", given),
            "video": self._video,
            "file": lambda given: self._media("file", given),
        }
        if msgtype not in checks:
            raise ApiError(40008)
        if not isinstance(content, dict):
            raise ApiError(44004 if msgtype in ("text", "markdown") else 40058)
        return checks[msgtype](content)

    def cut(self, text: str, most: int, name: str) -> str:
        """The text within `most` UTF-8 bytes, never splitting a character."""
        raw = text.encode()
        if len(raw) <= most:
            return text
        self._note("text_cut", name, len(raw), most)
        return raw[:most].decode(errors="ignore")

    def _note(self, code: str, what: str, size: int, most: int) -> None:
        self._journal.note("cut", code, self._userid, what=what, size=size, most=most)

    def _text(self, given: Content) -> Content:
        return {"content": self.cut(_required(given, "content", 44004), TEXT_BYTES, "text")}

    def _markdown(self, given: Content) -> Content:
        content = _required(given, "content", 44004)
        if len(content.encode()) > TEXT_BYTES:
            raise ApiError(45002)
        return {"content": content}

    def _textcard(self, given: Content) -> Content:
        title = _required(given, "title", 41016)
        description = _required(given, "description", 41033)
        button = str(given.get("btntxt") or "")
        if len(button) > 4:
            self._note("label_cut", "btntxt", len(button), 4)
        return {
            "title": self.cut(title, TITLE_BYTES, "textcard title"),
            "description": self.cut(description, DESCRIPTION_BYTES, "textcard description"),
            "url": _url(given),
            "btntxt": button[:4],
        }

    def _news(self, given: Content) -> Content:
        articles = given.get("articles") or []
        if not isinstance(articles, list) or not 1 <= len(articles) <= 8:
            raise ApiError(45008)
        return {"articles": [self._article(article) for article in articles]}

    def _article(self, given: object) -> Content:
        if not isinstance(given, dict):
            raise ApiError(40058, "article is not an object")
        return {
            "title": self.cut(_required(given, "title", 41016), TITLE_BYTES, "news title"),
            "description": self.cut(
                str(given.get("description") or ""), DESCRIPTION_BYTES, "news description"
            ),
            "url": _url(given),
            "picurl": str(given.get("picurl") or ""),
        }

    def _media(self, kind: str, given: Content) -> Content:
        media = self._shelf.fresh(_required(given, "media_id", 41006), kind)
        return {"media_id": media.media_id, "name": media.name, "size": len(media.content)}

    def _video(self, given: Content) -> Content:
        shown = self._media("video", given)
        title = self.cut(str(given.get("title") or ""), TITLE_BYTES, "video title")
        text = str(given.get("description") or "")
        return shown | {
            "title": title,
            "description": self.cut(text, DESCRIPTION_BYTES, "video description"),
        }


def _required(given: Content, name: str, code: int) -> str:
    value = given.get(name)
    if not isinstance(value, str) or not value:
        raise ApiError(code)
    return value


def _url(given: Content) -> str:
    url = _required(given, "url", 40058)
    if not url.startswith(("http://", "https://")):
        raise ApiError(45034)
    if len(url.encode()) > URL_BYTES:
        raise ApiError(40058, "url too long")
    return url
