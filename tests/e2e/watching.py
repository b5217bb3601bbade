"""What must hold after whatever anybody did: nothing is lost, unanswered or contradicts itself."""

from __future__ import annotations

import json
import re
from typing import Any

from sqlalchemy import text as sql

from bot.shelf import read_answers
from scoring.engine import score
from storage import answers
from storage.answers import Event
from tests.e2e.conftest import CONTACT
from tests.e2e.household import COLLEAGUES, Household

LOST = ("dropped", "cut", "bad_reply", "retry", "undelivered")
MOST_BYTES = 1900
# A wish that waits to be filled in, a value shown as Python shows it, a trace.
LEFT_OVER = re.compile(r"\{[a-z_]+[}:!.\[]|Traceback|Error\b|<[a-z_.]+ object|\bNone\b|Decimal\(")


class Watcher:
    """Looks at a household after each step, and remembers what it saw."""

    def __init__(self, house: Household) -> None:
        self.house = house
        self.history: list[Event] = []
        self.shown = 0

    def look(self) -> None:
        self._answers()
        self._words()
        for userid in (CONTACT, *COLLEAGUES):
            self._next(userid)

    def _answers(self) -> None:
        form_id = self.house.form_id
        with self.house.services.database.read() as tx:
            history = answers.history(tx, form_id)
            present, rebuilt = answers.present(tx, form_id), answers.rebuild(tx, form_id)
            heard = [(turn, who) for turn, who in tx.execute(sql("SELECT id, userid FROM turns"))]
        assert history[: len(self.history)] == self.history, "an answer changed or is gone"
        assert present == rebuilt
        fresh, self.history = history[len(self.history) :], history
        if not fresh:
            return
        values = read_answers(self.house.standard, rebuilt)
        talk = self.house.talk(CONTACT)
        assert talk is not None
        assert talk.sheet.total == score(self.house.standard, values).total
        self._overwritten(fresh, history, heard)

    def _overwritten(
        self, fresh: list[Event], history: list[Event], heard: list[tuple[int, str]]
    ) -> None:
        """Nobody's answer is changed by somebody who has not been heard since it was given: they
        can't have been shown it. What hung on it and is taken back with it is said by the way."""
        for event in fresh:
            former = [e for e in history if e.fact == event.fact and e.id < event.id]
            last = former[-1] if former else None
            if last is None or last.value is None or last.actor == event.actor:
                continue
            if event.value is None or not differs(last.value, event.value):
                continue
            span = range((last.turn_id or 0) + 1, event.turn_id or 0)
            shown = any(who == event.actor and turn in span for turn, who in heard)
            assert shown, f"{event.actor} overwrote {last.actor}'s {event.fact} unseen"

    def _words(self) -> None:
        assert self.house.complaints(*LOST) == []
        for step in self.house.steps:
            assert step.heard, f"{step.userid} said {step.what!r} and got no answer"
        self.house.steps.clear()
        while bubble := self.house.world.chats.get(self.shown + 1):
            self.shown += 1
            if bubble.sender == "bot":
                words = bubble.words()
                assert len(words.encode()) <= MOST_BYTES, words
                assert not LEFT_OVER.search(words), words

    def _next(self, userid: str) -> None:
        """While it is being filled in a next question exists, unless nothing is open."""
        talk = self.house.talk(userid)
        if talk is None or talk.case.form.state != "drafting":
            return
        wanted = talk._pressing if talk.came_back_in_part else talk.items
        assert talk.current is not None or not wanted, f"{userid} is asked nothing"
        assert talk.state.editing or talk.current is None or talk.current in wanted


def differs(first: Any, second: Any) -> bool:
    """Whether something that was there is there no longer; filling what was empty is none."""
    if isinstance(first, list) and isinstance(second, list) and len(first) == len(second):
        return any(differs(a, b) for a, b in zip(first, second, strict=True))
    if isinstance(first, dict) and isinstance(second, dict):
        return any(value != "" and second.get(name) != value for name, value in first.items())
    return json.dumps(first, sort_keys=True) != json.dumps(second, sort_keys=True)
