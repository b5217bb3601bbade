"""Standards by the hash of their text, each loaded once in a process."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from scoring.loading import from_text
from scoring.plain import read_value
from scoring.standard import Standard
from scoring.values import Value
from storage import standards


class Shelf:
    """Keeps the few standards that open cycles use; a text never changes under its hash."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loaded: dict[str, Standard] = {}

    def standard(self, tx: Connection, hash: str) -> Standard:
        """The standard that a cycle was opened on. Raises LookupError for an unknown hash."""
        found = self._loaded.get(hash)
        if found is None:
            with self._lock:
                found = self._loaded.get(hash) or from_text(standards.text(tx, hash), hash[:8])
                self._loaded[hash] = found
        return found


def read_answers(standard: Standard, plain: Mapping[str, Any]) -> dict[str, Value]:
    """Stored answers as values. A fact that the standard doesn't have is left out."""
    facts = standard.facts
    return {fact: read_value(facts[fact], value) for fact, value in plain.items() if fact in facts}
