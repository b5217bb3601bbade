"""The file for a coordinator's next notice: looked into and stored, or refused with the reason."""

from __future__ import annotations

from hashlib import sha256
from pathlib import PurePath
from typing import IO

from bot.acts.base import ActRefused
from bot.phrases import phrase
from bot.services import Services
from bot.stored import StoredDocument
from bot.wecom.media import LIMITS, SMALLEST
from reports.inspection import Refused, clean_name, inspect
from storage import files

LARGEST = LIMITS["file"]
"""WeChat Work sends no larger one in a chat."""
_SHOWN = 60


def store_notice_file(services: Services, name: str, stream: IO[bytes]) -> StoredDocument:
    """Stores it, outside any transaction. Raises ActRefused for what evidence would be refused
    for too, for bytes that were purged, and for what a chat doesn't carry."""
    data = stream.read(LARGEST + 1)
    if not SMALLEST <= len(data) <= LARGEST:
        raise ActRefused("file", name=name[:_SHOWN], why=phrase("notice_file_size"))
    try:
        found = inspect(name, data)
    except Refused as refusal:
        raise ActRefused("file", name=name[:_SHOWN], why=refusal.words) from None
    with services.database.read() as tx:
        if files.was_purged(tx, sha256(data).hexdigest()):
            raise ActRefused("file", name=name[:_SHOWN], why=phrase("notice_file_purged"))
    shown = clean_name(name)
    if not PurePath(shown).suffix:
        shown = f"{shown or found.kind}{found.suffix}"
    key = services.files.put(data, shown)
    return StoredDocument(key, shown, len(data), found.content_type, found.private or None)
