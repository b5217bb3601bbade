"""The exercises of all years as a coordinator or finance may sum them up or archive them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Exercise:
    """One year's: how many forms it has, how many of them lie with finance, and when its last
    archive was made (None: there is none). An `erased` one has no content any more."""

    id: int
    name: str
    year: int
    is_open: bool
    forms: int
    delivered: int
    archived_at: datetime | None = None
    erased: bool = False
