"""The list of odd things: what was dropped, cut, refused or ignored without the bot being told.

WeChat Work drops and cuts silently; a developer needs to see it. An entry has a kind, a code and
named values; its sentence stands in phrases.yaml.
"""

import threading
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from emulator.clock import Clock
from emulator.phrases import phrase

Kind = Literal[
    "dropped", "cut", "bad_reply", "retry", "lost", "undelivered", "long", "odd", "fault"
]


@dataclass(frozen=True)
class Entry:
    """One odd thing; `userid` is empty if it concerns nobody in particular."""

    number: int
    time: datetime
    kind: Kind
    code: str
    userid: str
    values: dict[str, object]

    @property
    def text(self) -> str:
        """The sentence for the page, in Chinese."""
        return phrase("journal", self.code, **self.values)

    def as_json(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "time": self.time.isoformat(),
            "kind": self.kind,
            "label": phrase("kinds", self.kind),
            "code": self.code,
            "userid": self.userid,
            "values": self.values,
            "text": self.text,
        }


class Journal:
    """Entries in order; safe to write from several threads."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._entries: list[Entry] = []

    def note(self, kind: Kind, code: str, userid: str = "", **values: object) -> None:
        with self._lock:
            number = len(self._entries) + 1
            self._entries.append(Entry(number, self._clock(), kind, code, userid, values))

    def entries(self, kind: Kind | None = None) -> list[Entry]:
        with self._lock:
            return [entry for entry in self._entries if kind in (None, entry.kind)]
