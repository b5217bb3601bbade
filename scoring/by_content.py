"""A standard known by its content, so that what was worked out for it can be kept in a cache."""

from __future__ import annotations

from scoring.standard import Standard


class ByContent:
    """The key of a standard in a cache: two that were loaded from the same text are the same."""

    def __init__(self, standard: Standard) -> None:
        self.standard = standard

    def __hash__(self) -> int:
        return hash(self.standard.hash)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ByContent) and other.standard.hash == self.standard.hash
