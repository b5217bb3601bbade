"""The whole story, line by line: what was told to whom, how often, and what came of it.

The journal holds what is odd; the record holds everything, so that an audit can be counted against
it. It is only ever added to. Lines have a `number` from 1, a `time`, a `what`, and by `what`:

told      a member did something of which the app is to learn: letter, userid, name, key (MsgId),
          sha256 (of the inner XML)
tried     the app was called: letter, copy (whether it repeats what was accepted), outcome
          (accepted, status, no_answer, unsent), status, fault
brought   that is over: letter, outcome (accepted, lost, given_up), tries
replied   what an accepted answer held: letter, userid, how (empty, message, update, bad), shown
called    the app called the API: path, processed, errcode (None: nothing was said), fault
sent      a message/send was processed: msgid, msgtype, task_id, sha256 (of the request), shown
          {userid: bubble}, unseen {userid: why}
"""

import json
import threading
from pathlib import Path
from typing import Any, Literal

from emulator.clock import Clock

What = Literal["told", "tried", "brought", "replied", "called", "sent"]
Line = dict[str, Any]


class Record:
    """Lines in order, safe to write from several threads; with a path also kept in that file, one
    JSON object a line, so that they outlive the emulator."""

    def __init__(self, clock: Clock, path: Path | None = None) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._lines: list[Line] = []
        self._letters = 0
        self._file = path.open("a", encoding="utf-8", buffering=1) if path else None

    def add(self, what: What, **values: Any) -> None:
        with self._lock:
            line = {"number": len(self._lines) + 1, "time": self._clock().isoformat(), "what": what}
            self._lines.append(line | values)
            if self._file:
                self._file.write(json.dumps(line | values, ensure_ascii=False) + "\n")

    def next_letter(self) -> int:
        """The number by which the lines about one callback belong together."""
        with self._lock:
            self._letters += 1
            return self._letters

    def lines(self, what: str | None = None, since: int = 0, most: int | None = None) -> list[Line]:
        """The lines after that number, at most `most`, or only those of one sort."""
        with self._lock:
            found = self._lines[since:]
        wanted = [line for line in found if what in (None, line["what"])]
        return wanted[:most]

    def close(self) -> None:
        if self._file:
            self._file.close()
