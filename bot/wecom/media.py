"""Files on their way to and from the service: what may be uploaded, how one is read.

Sources: paths 90253 and 90254.
"""

import mimetypes
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import requests

from bot.wecom.errors import MediaTooLarge

_MB = 1024 * 1024
# An image may have 10 MB by its page, but the text of error 45001 still says 5.
LIMITS = {"image": 5 * _MB, "voice": 2 * _MB, "video": 10 * _MB, "file": 20 * _MB}
SMALLEST = 6

_UNWANTED_NAME = re.compile(r"^/|[\\:\x00-\x1f\"]")
_FILENAME = re.compile(r'filename="?([^";]+)"?', re.IGNORECASE)


@dataclass(frozen=True)
class Media:
    """An uploaded file; the id is good for three days, any number of times."""

    media_id: str
    created_at: datetime


@dataclass(frozen=True)
class Download:
    """A fetched file; `name` and `content_type` are what the service says of it."""

    content: bytes = field(repr=False)
    name: str
    content_type: str


def part(name: str, content: bytes, kind: str) -> tuple[str, bytes, str]:
    """The multipart part "media". Raises ValueError for what the service would refuse."""
    if kind not in LIMITS:
        raise ValueError(f"media kind {kind!r} is none of {', '.join(LIMITS)}")
    if not name or _UNWANTED_NAME.search(name):
        raise ValueError(
            'a file name must not be empty, begin with / or contain \\ : " or controls'
        )
    if not SMALLEST <= len(content) <= LIMITS[kind]:
        raise ValueError(
            f"{kind} has {len(content)} bytes, {SMALLEST} to {LIMITS[kind]} are allowed"
        )
    return name, content, mimetypes.guess_type(name)[0] or "application/octet-stream"


def uploaded(answer: dict[str, Any], now: datetime) -> Media:
    """The media in an upload's answer; its time is a string of seconds, or `now`."""
    created = str(answer.get("created_at") or "")
    known = created.isascii() and created.isdigit() and len(created) < 12
    moment = datetime.fromtimestamp(int(created), UTC) if known else now
    return Media(str(answer["media_id"]), moment)


def is_file(response: requests.Response) -> bool:
    """Whether the answer is a file. Never decided by its content: evidence may be JSON."""
    return "content-disposition" in response.headers


def read_file(response: requests.Response, piece: Callable[[], bytes], limit: int) -> Download:
    """The file, read piece by piece. Raises MediaTooLarge above `limit` bytes."""
    content = bytearray()
    while chunk := piece():
        content += chunk
        if len(content) > limit:
            raise MediaTooLarge("media/get", f"the file has more than {limit} bytes")
    kind = response.headers.get("content-type", "application/octet-stream")
    return Download(bytes(content), _name(response.headers["content-disposition"]), kind)


def _name(disposition: str) -> str:
    found = _FILENAME.search(disposition)
    raw = found[1].strip() if found else ""
    with suppress(UnicodeError):  # Header bytes arrive as Latin-1; the service writes UTF-8.
        raw = raw.encode("latin-1").decode("utf-8")
    return re.split(r"[/\\]", raw)[-1]
