"""Faults that can be switched on: what a network and a busy service do now and then.

Where ``api``: latency, reset_before (nothing processed), reset_after (processed, answer lost),
bad_gateway (502 with HTML, nothing processed), truncated (processed, half the JSON), errcode
(answers the given code), drop (message/send says ok, nobody sees it).
Where ``callback``: latency, lost (never delivered), duplicate (an accepted one comes again).
"""

import threading
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Kind = Literal[
    "latency",
    "reset_before",
    "reset_after",
    "bad_gateway",
    "truncated",
    "errcode",
    "drop",
    "lost",
    "duplicate",
]


class Fault(BaseModel):
    """One switched fault; `path` is part of the API path, `times` None = until cleared."""

    model_config = ConfigDict(extra="forbid")

    where: Literal["api", "callback"] = "api"
    kind: Kind
    path: str = ""
    times: int | None = Field(default=1, ge=1)
    seconds: float = Field(default=0, ge=0, le=60)
    errcode: int = -1


class Faults:
    """The faults now switched on; taking one counts it down."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: list[Fault] = []
        self.agent_disabled = False
        """Every call answers 50003, as when an administrator stops the app."""
        self.address_refused = False
        """Every call but gettoken answers 60020, as when the server's address changed."""

    def add(self, fault: Fault) -> None:
        with self._lock:
            self._held.append(fault.model_copy())

    def clear(self) -> None:
        with self._lock:
            self._held.clear()
            self.agent_disabled = self.address_refused = False

    def take(self, where: str, kind: Kind, path: str = "") -> Fault | None:
        """The first such fault for this path, used up by one; or None."""
        with self._lock:
            for fault in self._held:
                if fault.where == where and fault.kind == kind and fault.path in path:
                    self._count_down(fault)
                    return fault
        return None

    def as_json(self) -> dict[str, Any]:
        with self._lock:
            return {
                "faults": [fault.model_dump() for fault in self._held],
                "agent_disabled": self.agent_disabled,
                "address_refused": self.address_refused,
            }

    def _count_down(self, fault: Fault) -> None:
        if fault.times is None:
            return
        fault.times -= 1
        if fault.times == 0:
            self._held.remove(fault)
