"""A piece of evidence as documents name it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Given:
    """A file given as evidence for an item: who gave it, and when in local time."""

    item: str
    name: str
    sha256: str
    given_by: str
    given_at: datetime
