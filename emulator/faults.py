"""Faults that can be switched on: what a network and a busy service do now and then.

Where ``api``, before anything is processed:
    reset_before (connection cut), bad_gateway (502 with HTML), portal (200 with somebody else's
    HTML page), errcode (answers the given code), token_death (every access token is bad from now
    on: this call and others answer 40014).
Where ``api``, after everything was processed:
    reset_after (connection cut), gateway_timeout (504 with HTML), truncated (half the JSON), empty
    (200 without a body), wrong_type (the right body under text/html).
Where ``api``, on message/send, which says ok all the same:
    drop (nobody sees it), invaliduser (names its receivers as invalid, nobody sees it).
Where ``callback``, at one try, which is then tried again:
    reset_before (never reaches the app), reset_after (the app's answer is lost), hang_up (the app
    is waited for only `seconds`, so that the next try comes while it still works), bad_gateway (a
    proxy says 502, the app hears nothing), garbled (half the envelope reaches the app).
Where ``callback``, otherwise:
    lost (never delivered), duplicate (an accepted one comes again), twins (comes twice at the same
    moment), late (an accepted one comes again after the member's next), reorder (comes after the
    member's next), parallel (comes at the same moment as the member's next), truncated (the app's
    answer arrives cut, nobody sees it), skew (signed `seconds` off the clock).
Everywhere: latency, of `seconds`.
"""

import threading
from random import Random
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Where = Literal["api", "callback"]
Kind = Literal[
    "latency",
    "reset_before",
    "reset_after",
    "bad_gateway",
    "truncated",
    "portal",
    "gateway_timeout",
    "empty",
    "wrong_type",
    "errcode",
    "token_death",
    "drop",
    "invaliduser",
    "hang_up",
    "garbled",
    "lost",
    "duplicate",
    "twins",
    "late",
    "reorder",
    "parallel",
    "skew",
]
EVERYWHERE: frozenset[str] = frozenset(
    {"latency", "reset_before", "reset_after", "bad_gateway", "truncated"}
)
AT_API = EVERYWHERE | {
    "portal",
    "gateway_timeout",
    "empty",
    "wrong_type",
    "errcode",
    "token_death",
    "drop",
    "invaliduser",
}
AT_CALLBACK = EVERYWHERE | {
    "hang_up",
    "garbled",
    "lost",
    "duplicate",
    "twins",
    "late",
    "reorder",
    "parallel",
    "skew",
}
KINDS: dict[str, frozenset[str]] = {"api": AT_API, "callback": AT_CALLBACK}
LONGEST_WAIT = 60


class Fault(BaseModel):
    """One switched fault; without any bound it strikes once.

    `path` is part of the API path, or of the callback's name: its message type or event. `userid`
    bounds it to what is sent to, or comes from, one member. It spares the first `skip` that fit,
    strikes each of the others with the probability `rate`, and ends after `times` strikes; None =
    until cleared, as is usual with a rate below 1.
    """

    model_config = ConfigDict(extra="forbid")

    where: Where = "api"
    kind: Kind
    path: str = ""
    userid: str = ""
    skip: int = Field(default=0, ge=0)
    rate: float = Field(default=1, gt=0, le=1)
    times: int | None = Field(default=1, ge=1)
    seconds: float = Field(default=0, ge=-86_400, le=86_400)
    errcode: int = -1

    @model_validator(mode="before")
    @classmethod
    def _fill_in(cls, given: Any) -> Any:
        """What the kind and the rate leave no doubt about need not be said."""
        if not isinstance(given, dict):
            return given
        usual: dict[str, Any] = {}
        if given.get("kind") in AT_CALLBACK - EVERYWHERE:
            usual["where"] = "callback"
        if given.get("rate", 1) != 1:
            usual["times"] = None
        return usual | given

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.kind not in KINDS[self.where]:
            known = ", ".join(sorted(KINDS[self.where]))
            raise ValueError(f"{self.kind} does not happen at {self.where}; there it is {known}")
        if self.kind != "skew" and not 0 <= self.seconds <= LONGEST_WAIT:
            raise ValueError(f"seconds {self.seconds}: {self.kind} takes 0 to {LONGEST_WAIT}")
        return self

    def fits(self, where: str, kind: str, path: str, userid: str) -> bool:
        place = self.where == where and self.kind == kind and self.path in path
        return place and (not self.userid or self.userid.lower() in userid.lower().split("|"))


class _Held:
    """A fault that is switched on, with its own dice, so that others do not change its throws."""

    def __init__(self, fault: Fault, seed: str) -> None:
        self.fault = fault.model_copy()
        self._random = Random(seed)  # noqa: S311 - dice, not secrets

    def strikes(self) -> bool:
        if self.fault.skip:
            self.fault.skip -= 1
            return False
        return self.fault.rate == 1 or self._random.random() < self.fault.rate


class Faults:
    """The faults now switched on; taking one counts it down.

    The same seed, the same faults and the same order of what fits them give the same strikes. (The
    order is the threads' own when several things happen at once.)
    """

    def __init__(self, seed: int = 0) -> None:
        self._lock = threading.Lock()
        self._held: list[_Held] = []
        self._added = 0
        self.seed = seed
        self.agent_disabled = False
        """Every call answers 50003, as when an administrator stops the app."""
        self.address_refused = False
        """Every call but gettoken answers 60020, as when the server's address changed."""

    def add(self, fault: Fault) -> None:
        with self._lock:
            self._added += 1
            self._held.append(_Held(fault, f"{self.seed}:{self._added}"))

    def reseed(self, seed: int) -> None:
        """From the next added fault on, dice are thrown by this seed."""
        with self._lock:
            self.seed, self._added = seed, 0

    def clear(self) -> None:
        with self._lock:
            self._held.clear()
            self.agent_disabled = self.address_refused = False

    def take(self, where: Where, kind: Kind, path: str = "", userid: str = "") -> Fault | None:
        """The first such fault that strikes here, used up by one; or None. `userid` may be several,
        joined by |."""
        if not self._held:
            return None
        with self._lock:
            for held in self._held:
                if held.fault.fits(where, kind, path, userid) and held.strikes():
                    self._count_down(held)
                    return held.fault
        return None

    @property
    def is_personal(self) -> bool:
        """Whether any fault asks who is concerned."""
        with self._lock:
            return any(held.fault.userid for held in self._held)

    def as_json(self) -> dict[str, Any]:
        with self._lock:
            return {
                "faults": [held.fault.model_dump() for held in self._held],
                "seed": self.seed,
                "agent_disabled": self.agent_disabled,
                "address_refused": self.address_refused,
            }

    def _count_down(self, held: _Held) -> None:
        if held.fault.times is None:
            return
        held.fault.times -= 1
        if held.fault.times == 0:
            self._held.remove(held)
