"""The sentences that the commands print."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

import yaml

from scoring.wording import fill


@cache
def phrases() -> Mapping[str, str]:
    """The catalogue of the commands: sentences by code."""
    text = resources.files(__package__).joinpath("phrases.yaml").read_text(encoding="utf-8")
    loaded: dict[str, str] = yaml.safe_load(text)
    return loaded


def say(code: str, numbers: Mapping[str, Any] | None = None) -> str:
    """The sentence of a code with its numbers put in."""
    return fill(phrases()[code], numbers)
