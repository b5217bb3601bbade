"""The sentences of this floor, from phrases.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scoring.catalogue import catalogue
from scoring.wording import fill


def phrases() -> Mapping[str, str]:
    """The catalogue: sentences by id."""
    return catalogue("dialogs")


def say(code: str, /, **numbers: Any) -> str:
    """The sentence of a code with its numbers put in."""
    return fill(phrases()[code], numbers)


def join(parts: list[str]) -> str:
    """Parts of an enumeration, joined as on paper."""
    return phrases()["comma"].join(parts)


def clauses(parts: list[str]) -> str:
    """Parts of a sentence, joined as on paper; empty ones are left out."""
    return phrases()["semicolon"].join(part for part in parts if part)


def shortened(text: str, limit: int) -> str:
    """A text in one line of at most `limit` characters, its middle left out if need be.

    >>> shortened("abcdefghij", 7)
    'abc…hij'
    """
    flat = " ".join(text.split())
    if len(flat) <= limit:
        return flat
    tail = (limit - 1) // 2
    return f"{flat[: limit - 1 - tail]}…{flat[-tail:]}"
