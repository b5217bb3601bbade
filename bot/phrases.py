"""The sentences of this floor, by code, from phrases.yaml."""

from __future__ import annotations

from collections.abc import Sequence

from scoring.catalogue import catalogue


def phrase(code: str, **numbers: object) -> str:
    """The sentence of a code with its numbers put in. Raises KeyError for an unknown code."""
    sentence: str = catalogue("bot")["sentences"][code]
    return sentence.format(**numbers)


def words(code: str) -> Sequence[str]:
    """A list of words that people say."""
    found: Sequence[str] = catalogue("bot")["words"][code]
    return found


def knows(code: str) -> bool:
    """Whether there is a sentence of this code."""
    return code in catalogue("bot")["sentences"]


def listed(names: Sequence[str]) -> str:
    """Names in a row; in place of nobody, whom people can always ask."""
    return phrase("list_comma").join(names) if names else phrase("nobody")
