"""Files that people bring, looked at and stored outside any transaction: the page's and the chat's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import PurePath

from bot.acts.evidence import kept_before
from bot.services import Services
from bot.stored import StoredDocument
from reports.inspection import Inspected, clean_name, inspect


@dataclass(frozen=True)
class TakenIn:
    """A file that is stored and may be noted; `private` counts identity-card, bank-card and
    mobile numbers in it, by kind; `text` is what could be read in it."""

    document: StoredDocument
    kind: str
    private: Mapping[str, int] = field(default_factory=dict)
    text: str = ""


def take_in(services: Services, form_id: int, name: str, data: bytes) -> TakenIn:
    """Stores a file for a form after looking into it; what the form has already is not stored
    again. Raises `Refused` with the reason, ActRefused for what was purged."""
    found = inspect(name, data)
    shown = _shown(name, found)
    with services.database.read() as tx:
        kept = kept_before(tx, form_id, sha256(data).hexdigest())
    if kept:
        return TakenIn(replace(kept, name=shown), found.kind, found.private, found.text)
    key = services.files.put(data, shown)
    document = StoredDocument(key, shown, len(data), found.content_type, found.private or None)
    return TakenIn(document, found.kind, found.private, found.text)


def _shown(name: str, found: Inspected) -> str:
    """The name to keep: safe to show, with an ending that says what the file is."""
    shown = clean_name(name)
    return shown if PurePath(shown).suffix else f"{shown or found.kind}{found.suffix}"
