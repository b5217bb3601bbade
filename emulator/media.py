"""Temporary media: uploaded by the app or sent by members, valid for three days.

The bytes stay on the shelf after that so that the chat page can still show what was received,
as a client does; only the API forgets them.
"""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from emulator.clock import Clock
from emulator.errors import ApiError

MEGA = 1024 * 1024
LEAST = 5
LIMITS = {"image": 10 * MEGA, "voice": 2 * MEGA, "video": 10 * MEGA, "file": 20 * MEGA}
IMAGE_HEADS = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}


@dataclass(frozen=True)
class Media:
    """One stored thing; `kind` is image, voice, video or file, `created` in aware UTC."""

    media_id: str
    kind: str
    name: str
    content_type: str
    content: bytes
    created: datetime


class Shelf:
    """Keeps media by id and checks them as media/upload does."""

    def __init__(self, days: int, clock: Clock) -> None:
        self._life = timedelta(days=days)
        self._clock = clock
        self._held: dict[str, Media] = {}

    def put(self, kind: str, name: str, content: bytes, content_type: str = "") -> Media:
        """Stores unchecked content, as sent by a member."""
        media_id = "3" + secrets.token_urlsafe(48)
        made = content_type or sniff(content) or "application/octet-stream"
        media = Media(media_id, kind, name, made, content, self._clock())
        self._held[media_id] = media
        return media

    def fresh(self, media_id: str, kind: str | None = None) -> Media:
        """The media if it exists, is of the kind and not too old; else ApiError 40007."""
        media = self._held.get(media_id)
        if media is None or (kind and media.kind != kind):
            raise ApiError(40007)
        if self._clock() - media.created >= self._life:
            raise ApiError(40007, "expired")
        return media

    def expire(self) -> None:
        """Makes everything on the shelf too old now."""
        for media_id, media in list(self._held.items()):
            old = min(media.created, self._clock() - self._life)
            self._held[media_id] = replace(media, created=old)

    def kept(self, media_id: str) -> Media | None:
        """The media whatever its age, for the page."""
        return self._held.get(media_id)


def check_upload(kind: str, name: str, content: bytes) -> None:
    """Raises the ApiError that media/upload answers for a bad part."""
    if kind not in LIMITS:
        raise ApiError(40004)
    if name.startswith("/") or "\\" in name or ":" in name:
        raise ApiError(40058, "bad filename")
    if not content:
        raise ApiError(44001)
    if len(content) <= LEAST:
        raise ApiError(40006)
    if len(content) > LIMITS[kind]:
        raise ApiError(45001)
    _check_format(kind, content)


def sniff(content: bytes) -> str | None:
    """The content type of a picture, or None."""
    return next((found for head, found in IMAGE_HEADS.items() if content.startswith(head)), None)


def _check_format(kind: str, content: bytes) -> None:
    if kind == "image" and sniff(content) is None:
        raise ApiError(40123)
    if kind == "voice" and not content.startswith(b"#!AMR"):
        raise ApiError(40004, "voice is not amr")
    if kind == "video" and content[4:8] != b"ftyp":
        raise ApiError(41090)
