"""What is half said in a conversation, stored as versioned JSON between two turns.

The next question is never kept here: it follows from the answers. A state holds which question
the person was shown last, rows that were typed but not closed, questions put off, a correction
under way and an answer that waits for a yes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

VERSION = 1


@dataclass(frozen=True)
class State:
    """The conversation of one person about one form (or about the forms on a desk).

    asked: key of the question shown last ("" before the first).
    editing: question that is being corrected, "" if none.
    skipped: ids of the questions put off, in the order in which they were.
    draft: rows typed for `asked` before 完, as plain data.
    pending: a suggestion that waits for a yes: its kind and plain data.
    """

    asked: str = ""
    editing: str = ""
    skipped: tuple[str, ...] = ()
    draft: tuple[Mapping[str, Any], ...] = ()
    pending: Mapping[str, Any] = field(default_factory=dict)

    def but(self, **changes: Any) -> State:
        """The same state with some parts changed."""
        return replace(self, **changes)

    def dump(self) -> str:
        """The state as JSON text."""
        return json.dumps({"version": VERSION, **asdict(self)}, ensure_ascii=False)


def load_state(text: str | None) -> State:
    """The state from JSON text of any version ever written; a fresh one from None.

    >>> load_state(State(asked="cover").dump()).asked
    'cover'
    """
    if not text:
        return State()
    plain: dict[str, Any] = json.loads(text)
    plain.pop("version", None)
    return State(
        asked=plain.get("asked", ""),
        editing=plain.get("editing", ""),
        skipped=tuple(plain.get("skipped", ())),
        draft=tuple(plain.get("draft", ())),
        pending=plain.get("pending") or {},
    )
