"""What the bot shows: plain descriptions of messages, without any protocol."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """A text message; may be longer than one message can hold (the sender splits it)."""

    text: str


@dataclass(frozen=True)
class Choice:
    """An option of a card: its id, a label of at most 16 characters, ticked beforehand or not."""

    id: str
    label: str
    ticked: bool = False


Detail = tuple[str, str] | tuple[str, str, str]
"""A row of a card: name and value, or name, value and the address that a tap on it opens."""


@dataclass(frozen=True)
class Buttons:
    """A card with one to six buttons; `key` comes back in `Chosen.card`."""

    key: str
    title: str
    note: str
    choices: tuple[Choice, ...]
    details: tuple[Detail, ...] = ()


@dataclass(frozen=True)
class Tick:
    """A card to tick any number of options (or exactly one) and submit.

    `none_label` is the label under which nothing ticked is submitted; WeChat Work allows a
    submission without a tick, so it only serves the text way.
    """

    key: str
    title: str
    note: str
    choices: tuple[Choice, ...]
    single: bool = False


Bubble = Words | Buttons | Tick
