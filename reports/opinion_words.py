"""What an opinion (复核意见) says, as data: given to `reports.opinion`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Reviewed:
    """The points that finance gives an indicator, and why."""

    points: Decimal
    reason: str


@dataclass(frozen=True)
class Objection:
    """What the department said on an indicator, whether it was right, and the answer."""

    indicator: str
    words: str
    upheld: bool
    reply: str


@dataclass(frozen=True)
class Told:
    """An opinion: its number, the version of the report it is about, its day, the last day on
    which the department can object (None: it can't), points and objections."""

    department: str
    number: int
    version: int
    on: date
    points: Mapping[str, Reviewed]
    until: date | None = None
    final: bool = False
    objections: tuple[Objection, ...] = ()
