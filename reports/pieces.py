"""A file given as evidence as documents take it in: what is known of it, and how it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from reports.given import Given


class Unreadable(Exception):
    """The bytes of a piece of evidence are gone or damaged."""


@dataclass(frozen=True)
class Piece:
    """A file given as evidence; `read` gives its bytes piece by piece, raising Unreadable."""

    given: Given
    size: int
    read: Callable[[], Iterable[bytes]]
