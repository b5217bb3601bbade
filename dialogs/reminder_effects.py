"""What a step asks the house to do about reminders; each is carried out by one act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dialogs.effects import Effect


@dataclass(frozen=True)
class SetSnooze(Effect):
    """Remind the person at a moment and not before, or (`wakes` False) not until then."""

    until: datetime
    wakes: bool


@dataclass(frozen=True)
class EndSnooze(Effect):
    """恢复提醒: what the person said about reminders is over."""


@dataclass(frozen=True)
class Nudge(Effect):
    """催办: remind people of forms, (form, userid) each, with the coordinator's words."""

    targets: tuple[tuple[int, str], ...]
    words: str = ""
