"""The words of this floor, by code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scoring.catalogue import catalogue


def phrases() -> Mapping[str, Any]:
    """The catalogue in phrases.yaml."""
    return catalogue("reports")


def say(code: str, /, **numbers: object) -> str:
    """The words of a code with numbers put in."""
    return str(phrases()[code]).format(**numbers)
