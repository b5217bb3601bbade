"""What a person can do in the chat, as the machine sees it.

`at` is when they did it, by the clock of WeChat Work; None where that isn't known.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Said:
    """A text message."""

    text: str
    at: datetime | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Chosen:
    """A card was clicked or submitted.

    `card` is the key under which the card was made (`Tick.key`, `Buttons.key`), `options` the
    ids of the chosen options or the key of the pressed button.
    """

    card: str
    options: tuple[str, ...]
    at: datetime | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Opened:
    """The person opened the chat, or came to the app for the first time."""

    at: datetime | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Photo:
    """A photo was sent; WeChat Work keeps it under `media_id` for three days."""

    media_id: str
    at: datetime | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Unreadable:
    """Something the chat can't take: voice, video, location, link, file, unknown."""

    kind: str
    at: datetime | None = field(default=None, compare=False, repr=False)


Event = Said | Chosen | Opened | Photo | Unreadable
