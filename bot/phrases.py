"""The sentences of this floor, by code, from phrases.yaml."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any

import yaml


@cache
def _catalogue() -> dict[str, Any]:
    text = resources.files("bot").joinpath("phrases.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


def phrase(code: str, **numbers: object) -> str:
    """The sentence of a code with its numbers put in. Raises KeyError for an unknown code."""
    sentence: str = _catalogue()["sentences"][code]
    return sentence.format(**numbers)


def words(code: str) -> Sequence[str]:
    """A list of words that people say."""
    found: Sequence[str] = _catalogue()["words"][code]
    return found


def knows(code: str) -> bool:
    """Whether there is a sentence of this code."""
    return code in _catalogue()["sentences"]


def listed(names: Sequence[str]) -> str:
    """Names in a row; a dash for none."""
    return phrase("list_comma").join(names) if names else phrase("nobody")
