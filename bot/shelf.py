"""What a process has read before: standards by the hash of their text, and answers of forms."""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from scoring.loading import from_text
from scoring.plain import read_value
from scoring.reckoning import Reckoned
from scoring.standard import Standard
from scoring.values import Value
from storage import answers, standards

FORMS = 500
"""How many forms' answers are kept (some 170 KB each); those looked at longest ago go first."""


class Shelf:
    """Keeps the few standards that open cycles use, whose text never changes under its hash, and
    the answers of forms with what follows from them.

    Answers are compared with what is stored each time, so that whoever changed them, in whichever
    process, is seen; only what differs is worked out anew.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loaded: dict[str, Standard] = {}
        self._read: OrderedDict[int, tuple[Mapping[str, str], Reckoned]] = OrderedDict()

    def standard(self, tx: Connection, hash: str) -> Standard:
        """The standard that a cycle was opened on. Raises LookupError for an unknown hash."""
        found = self._loaded.get(hash)
        if found is None:
            with self._lock:
                found = self._loaded.get(hash) or from_text(standards.text(tx, hash), hash[:8])
                self._loaded[hash] = found
        return found

    def answers(self, tx: Connection, form_id: int, standard: Standard) -> Reckoned:
        """The present answers of a form. A fact that the standard doesn't have is left out."""
        return self.reckoned(form_id, standard, answers.present_texts(tx, form_id))

    def reckoned(self, form_id: int, standard: Standard, texts: Mapping[str, str]) -> Reckoned:
        """The answers of a form that are stored as these JSON texts."""
        with self._lock:
            known, found = self._read.get(form_id, ({}, None))
            if found is not None:
                self._read.move_to_end(form_id)
        if found is None or found.standard is not standard:
            found = Reckoned(standard, _given(_changes(standard, {}, texts)))
        elif known == texts:
            return found
        else:
            found = found.after(_changes(standard, known, texts))
        with self._lock:
            self._read[form_id] = (texts, found)
            self._read.move_to_end(form_id)
            if len(self._read) > FORMS:
                self._read.popitem(last=False)
        return found


def _changes(
    standard: Standard, known: Mapping[str, str], texts: Mapping[str, str]
) -> dict[str, Value | None]:
    """What is stored otherwise than it was known."""
    facts = standard.facts
    gone: dict[str, Value | None] = dict.fromkeys(n for n in known if n not in texts)
    fresh = [n for n, text in texts.items() if n in facts and known.get(n) != text]
    plain = json.loads(f"[{','.join([texts[name] for name in fresh])}]")
    return gone | {n: read_value(facts[n], p) for n, p in zip(fresh, plain, strict=True)}


def _given(changes: Mapping[str, Value | None]) -> dict[str, Value]:
    return {name: value for name, value in changes.items() if value is not None}


def read_answers(standard: Standard, plain: Mapping[str, Any]) -> dict[str, Value]:
    """Stored answers as values. A fact that the standard doesn't have is left out."""
    facts = standard.facts
    return {fact: read_value(facts[fact], value) for fact, value in plain.items() if fact in facts}
