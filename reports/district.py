"""What a picture and a workbook over all departments are made of: plain rows in words and numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True)
class Cell:
    """How far a section is, in questions; a `total` of 0 means that it does not apply. `blocked`:
    a contradiction touches it."""

    done: int
    total: int
    blocked: bool = False

    @property
    def share(self) -> float:
        """The part that is done, 0–1."""
        return self.done / self.total if self.total else 0.0


@dataclass(frozen=True)
class Line:
    """A department: `name` is short, `state` and all texts are as people read them. `marks` are
    codes of what is amiss: late, nobody, blocked, falling, stuck, unproved; `what` is the same in
    words. `settled`: `points` can't change any more, else up to `high` can be reached."""

    code: str
    department: str
    name: str
    state: str
    cells: tuple[Cell, ...]
    done: int
    total: int
    percent: int
    points: Decimal
    high: Decimal
    marks: tuple[str, ...] = ()
    what: str = ""
    deadline: datetime | None = None
    left: int = 0
    contacts: str = ""
    leaders: str = ""
    colleagues: str = ""
    last: str = ""
    idle: int = 0
    handed: str = ""
    blockers: tuple[str, ...] = ()
    unproved: tuple[str, ...] = ()
    missing: tuple[tuple[str, int], ...] = ()

    @property
    def settled(self) -> bool:
        return self.points == self.high


@dataclass(frozen=True)
class District:
    """All departments of a cycle at a moment (local time), in the order in which they are shown:
    by state, in each the one that needs most attention first. `sections` are the names of the
    columns of `cells`; `left` says how long there is until the deadline."""

    cycle: str
    at: datetime
    deadline: str
    left: str
    sections: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def states(self) -> tuple[tuple[str, int], ...]:
        """How many departments are in which state, in their order."""
        counts: dict[str, int] = {}
        for line in self.lines:
            counts[line.state] = counts.get(line.state, 0) + 1
        return tuple(counts.items())
