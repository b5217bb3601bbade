"""The sentences that the commands print."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scoring.catalogue import catalogue
from scoring.wording import fill


def phrases() -> Mapping[str, str]:
    """The catalogue of the commands: sentences by code."""
    return catalogue("bot.commands")


def say(code: str, numbers: Mapping[str, Any] | None = None) -> str:
    """The sentence of a code with its numbers put in."""
    return fill(phrases()[code], numbers)
