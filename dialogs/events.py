"""What a person can do in the chat, as the machine sees it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Said:
    """A text message; `at` is when it was sent, None where that isn't known."""

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


@dataclass(frozen=True)
class Opened:
    """The person opened the chat, or came to the app for the first time."""


@dataclass(frozen=True)
class Photo:
    """A photo was sent; WeChat Work keeps it under `media_id` for three days."""

    media_id: str


@dataclass(frozen=True)
class Unreadable:
    """Something the chat can't take: voice, video, location, link, file, unknown."""

    kind: str


Event = Said | Chosen | Opened | Photo | Unreadable
