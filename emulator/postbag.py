"""What becomes of each callback on its way: lost, held back, overtaken, brought twice.

A callback that is held back (reorder, parallel, late) leaves with the member's next one; where none
comes, after the fault's `seconds` of real time, or when `release` is called.
"""

import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from emulator.callbacks import Caller, Letter
from emulator.chat import Bubble
from emulator.faults import Kind
from emulator.state import State

Take = Callable[[Letter, str], list[Bubble]]
HOLDING: tuple[Literal["reorder"], Literal["parallel"]] = ("reorder", "parallel")


@dataclass(frozen=True)
class _Waiting:
    """A callback that is held back, and by which fault; `late` is a mere copy of an accepted one."""

    letter: Letter
    take: Take
    kind: Kind


class Postbag:
    """Brings callbacks to the app under the faults of the moment."""

    def __init__(self, state: State, caller: Caller) -> None:
        self._state = state
        self._caller = caller
        self._lock = threading.Lock()
        self._held: list[_Waiting] = []

    def bring(self, letter: Letter, take: Take) -> list[Bubble]:
        """Brings the letter; `take` opens an accepted answer and gives the new bubbles. Empty where
        nobody accepted it, or it waits for its time."""
        self._state.record.add(
            "told",
            letter=letter.number,
            userid=letter.userid,
            name=letter.name,
            key=letter.key,
            sha256=hashlib.sha256(letter.message.encode()).hexdigest(),
        )
        if self._state.settings.callback_url is None:
            return []
        if self._strikes(letter, "lost"):
            self._state.journal.note("lost", "fault_lost", letter.userid)
            self._over(letter, "lost", 0)
            return []
        for kind in HOLDING:
            if self._hold(letter, take, kind):
                return []
        waiting = self._pop(letter.userid)
        beside = [_start(self._bring_held, each) for each in waiting if each.kind == "parallel"]
        bubbles = self._bring_now(letter, take)
        for each in waiting:
            if each.kind != "parallel":
                self._bring_held(each)
        for thread in beside:
            thread.join()
        return bubbles

    def release(self) -> int:
        """Brings all that is held back, in the order in which it was said; gives how much."""
        waiting = self._pop(None)
        for each in waiting:
            self._bring_held(each)
        return len(waiting)

    @property
    def held(self) -> int:
        """How many callbacks wait."""
        with self._lock:
            return len(self._held)

    def _bring_now(self, letter: Letter, take: Take) -> list[Bubble]:
        slow = self._state.faults.take("callback", "latency", letter.name, letter.userid)
        if slow:
            self._state.pause(slow.seconds)
        twin = self._strikes(letter, "twins")
        thread = _start(self._repeat, letter, "fault_twin") if twin else None
        delivery = self._caller.deliver(letter)
        if thread:
            thread.join()
        self._over(letter, "given_up" if delivery.body is None else "accepted", delivery.tries)
        if delivery.body is None:
            return []
        bubbles = take(letter, delivery.body)
        if self._strikes(letter, "duplicate"):
            self._repeat(letter, "fault_again")
        self._hold(letter, take, "late")
        return bubbles

    def _bring_held(self, waiting: _Waiting) -> None:
        if waiting.kind == "late":
            self._repeat(waiting.letter, "fault_late")
        else:
            self._bring_now(waiting.letter, waiting.take)

    def _repeat(self, letter: Letter, code: str) -> None:
        self._state.journal.note("fault", code, letter.userid)
        self._caller.repeat(letter)

    def _hold(
        self, letter: Letter, take: Take, kind: Literal["reorder", "parallel", "late"]
    ) -> bool:
        fault = self._state.faults.take("callback", kind, letter.name, letter.userid)
        if fault is None:
            return False
        waiting = _Waiting(letter, take, kind)
        with self._lock:
            self._held.append(waiting)
        if kind != "late":
            self._state.journal.note("fault", "fault_held", letter.userid)
        if fault.seconds:
            timer = threading.Timer(fault.seconds, self._bring_if_held, (waiting,))
            timer.daemon = True
            timer.start()
        return True

    def _bring_if_held(self, waiting: _Waiting) -> None:
        with self._lock:
            if waiting not in self._held:
                return
            self._held.remove(waiting)
        self._bring_held(waiting)

    def _pop(self, userid: str | None) -> list[_Waiting]:
        with self._lock:
            found = [each for each in self._held if userid in (None, each.letter.userid)]
            self._held = [each for each in self._held if each not in found]
        return found

    def _strikes(self, letter: Letter, kind: Kind) -> bool:
        return bool(self._state.faults.take("callback", kind, letter.name, letter.userid))

    def _over(self, letter: Letter, outcome: str, tries: int) -> None:
        self._state.record.add("brought", letter=letter.number, outcome=outcome, tries=tries)


def _start(act: Callable[..., Any], *given: Any) -> threading.Thread:
    thread = threading.Thread(target=act, args=given, daemon=True)
    thread.start()
    return thread
