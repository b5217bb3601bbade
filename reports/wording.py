"""The words of this floor, by code."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

import yaml


@cache
def phrases() -> Mapping[str, Any]:
    """The catalogue in phrases.yaml."""
    text = resources.files(__package__).joinpath("phrases.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


def say(code: str, **numbers: object) -> str:
    """The words of a code with numbers put in."""
    return str(phrases()[code]).format(**numbers)
