"""A form's way through a cycle, read from its events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.lifecycle import FormState
from storage import answers, forms
from storage.forms import Event


@dataclass(frozen=True)
class Course:
    """What moved the form, oldest first, and when the first answer came."""

    moves: Sequence[Event]
    begun: datetime | None

    def state_at(self, moment: datetime) -> str:
        """The state in which the form was."""
        before = [move.to_state for move in self.moves if move.at <= moment]
        return before[-1] if before else FormState.DRAFTING

    def moved_between(self, first: datetime, last: datetime) -> bool:
        """Whether it was moved in this time."""
        return any(first < move.at <= last for move in self.moves)

    def returned_by(self, moment: datetime) -> bool:
        """Whether it had come back before."""
        back = ("send_back", "return_form", "disown")
        return any(move.act in back and move.at <= moment for move in self.moves)

    def first(self, act: str) -> datetime | None:
        """When an act was done for the first time."""
        return next((move.at for move in self.moves if move.act == act), None)

    def count(self, act: str) -> int:
        """How often an act was done."""
        return sum(move.act == act for move in self.moves)


def course_of(tx: Connection, form_id: int) -> Course:
    """The way that a form has gone."""
    moves = [event for event in forms.events(tx, form_id) if event.from_state != event.to_state]
    given = answers.history(tx, form_id)
    begun = min((event.at for event in given), default=None)
    return Course(moves, begun)
