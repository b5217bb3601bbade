"""Plays a script by doing what people would do: the same clicks and messages, the same callbacks.

``Player(world, script).run()`` watches the newest message of each member; the first rule that
fits an unanswered one acts. It keeps clear of the limit above which messages are dropped.
"""

import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import Any

from emulator.chat import Bubble, CardState
from emulator.clicks import Refused
from emulator.moves import Move, find_move
from emulator.script import Rule, Script
from emulator.steering import steerable
from emulator.world import World

POLL = 0.1


@dataclass(frozen=True)
class Done:
    """One thing done: by whom, in answer to which bubble (0: none yet), by which rule."""

    who: str
    message_id: int
    rule: int
    did: str


@dataclass
class Report:
    """How a play went; `stopped_by` is stop_when, no_rule, silent, steps, stopped or error."""

    steps: list[Done] = field(default_factory=list)
    unanswered: list[dict[str, Any]] = field(default_factory=list)
    stopped_by: str = ""
    error: str = ""
    dropped: int = 0
    seconds: float = 0

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


class Player:
    """One run of one script. `sleep` and `monotonic` are real time, parameters for tests."""

    def __init__(
        self,
        world: World,
        script: Script,
        sleep: Callable[[float], None] = time.sleep,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._world = world
        self._script = script
        self._sleep = sleep
        self._monotonic = monotonic
        self._stop = threading.Event()
        self._used: Counter[int] = Counter()
        self._answered: dict[str, tuple[int, CardState | None]] = {}
        self._since: dict[str, tuple[int, float]] = {}
        self._first_id = max((b.id for b in self._bot_bubbles()), default=0)
        self.report = Report()

    def stop(self) -> None:
        """Ends the run after the present step."""
        self._stop.set()

    def run(self) -> Report:
        """Plays to the end; the clock's speed is set for the run and put back."""
        clock = steerable(self._world)
        before = clock.speed if clock else 1
        begun = self._monotonic()
        drops = len(self._world.journal.entries("dropped"))
        if clock and self._script.speed is not None:
            clock.set_speed(self._script.speed)
        try:
            self._play()
        finally:
            if clock and self._script.speed is not None:
                clock.set_speed(before)
        self.report.seconds = self._monotonic() - begun
        self.report.dropped = len(self._world.journal.entries("dropped")) - drops
        self.report.unanswered = self._unanswered()
        return self.report

    def _play(self) -> None:
        last = self._monotonic()
        while not self.report.stopped_by:
            if self._act():
                last = self._monotonic()
                self._sleep(self._script.pace)
            elif self._monotonic() - last > self._script.patience:
                self.report.stopped_by = "no_rule" if self._unanswered() else "silent"
            else:
                self._sleep(POLL)
            self._look_for_end()

    def _look_for_end(self) -> None:
        if self.report.stopped_by:
            return
        if self._stop.is_set():
            self.report.stopped_by = "stopped"
        elif len(self.report.steps) >= self._script.most_steps:
            self.report.stopped_by = "steps"
        elif self._reached_end():
            self.report.stopped_by = "stop_when"

    def _reached_end(self) -> bool:
        end = self._script.stop_when
        fresh = [b for b in self._bot_bubbles() if b.id > self._first_id]
        return end is not None and any(end.meets(b.userid, b.words()) for b in fresh)

    def _act(self) -> bool:
        """Does the first thing that a rule wants; False if there is none now."""
        if not self._has_room():
            return False
        for member in self._world.directory.members():
            bubble = self._world.newest(member.userid)
            if not member.in_range or not self._is_pending(member.userid, bubble):
                continue
            for number, rule in enumerate(self._script.rules):
                move = self._fit(number, rule, member.userid, bubble)
                if move:
                    self._do(number, rule, member.userid, bubble, move)
                    return True
        return False

    def _fit(self, number: int, rule: Rule, userid: str, bubble: Bubble | None) -> Move | None:
        if rule.times is not None and self._used[number] >= rule.times:
            return None
        words = bubble.words() if bubble else ""
        return find_move(self._world, rule, userid) if rule.meets(userid, words) else None

    def _do(self, number: int, rule: Rule, userid: str, bubble: Bubble | None, move: Move) -> None:
        self._used[number] += 1
        clock = steerable(self._world)
        if rule.advance and clock:
            clock.advance(timedelta(seconds=rule.advance))
        message_id = bubble.id if bubble else 0
        # Taken before the deed: a reply may put a new card into the same bubble at once.
        self._answered[userid] = (message_id, bubble.card if bubble else None)
        try:
            for index, deed in enumerate(move.deeds):
                if index:
                    self._sleep(self._script.pace)
                    self._wait_for_room()
                deed()
        except Refused as refusal:
            self.report.error = f"rule {number} for {userid}: {refusal}"
            self.report.stopped_by = "error"
        self.report.steps.append(Done(userid, message_id, number, move.name))

    def _is_pending(self, userid: str, bubble: Bubble | None) -> bool:
        """True if the newest message is unanswered and nothing newer came for a moment."""
        now = self._monotonic()
        rev = bubble.rev if bubble else 0
        known, first_seen = self._since.get(userid, (-1, now))
        if known != rev:
            self._since[userid] = (rev, now)
            first_seen = now
        if now - first_seen < self._script.settle:
            return False
        return self._is_unanswered(userid, bubble)

    def _is_unanswered(self, userid: str, bubble: Bubble | None) -> bool:
        done_id, done_card = self._answered.get(userid, (-1, None))
        if bubble is None:
            return done_id < 0
        renewed = bubble.card is not done_card and bubble.waits_for_answer()
        return bubble.id > done_id or (bubble.id == done_id and renewed)

    def _has_room(self) -> bool:
        most = self._world.settings.per_member_per_minute - self._script.headroom
        members = self._world.directory.members()
        return all(self._world.minute.count(m.userid) <= max(most, 0) for m in members)

    def _wait_for_room(self) -> None:
        begun = self._monotonic()
        while not self._has_room() and self._monotonic() - begun < self._script.patience:
            self._sleep(POLL)

    def _unanswered(self) -> list[dict[str, Any]]:
        """Newest messages that somebody with a rule has not answered."""
        found = []
        for member in self._world.directory.members():
            bubble = self._world.newest(member.userid)
            plays = any(r.who in (None, member.userid) for r in self._script.rules)
            if bubble and plays and self._is_unanswered(member.userid, bubble):
                row = {"who": member.userid, "message_id": bubble.id, "text": bubble.words()}
                found.append(row)
        return found

    def _bot_bubbles(self) -> list[Bubble]:
        members = self._world.directory.members()
        return [b for m in members for b in self._world.seen(m.userid) if b.sender == "bot"]
