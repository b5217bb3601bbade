"""What is wrong in a roster: sheet, row, column, value and reason, all of it at once."""

from __future__ import annotations

from dataclasses import dataclass

from reports.reading.cells import Cell
from reports.wording import say

_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong. `row` counts from 1 and is 0 for the whole sheet; `cell` (B7) and
    `head` are "" for a whole row, `value` for an empty cell."""

    sheet: str
    row: int
    cell: str
    head: str
    value: str
    reason: str

    @property
    def words(self) -> str:
        """All of it in one line."""
        if self.cell:
            place = say("roster_place", row=self.row, head=self.head, cell=self.cell)
        elif self.row:
            place = say("roster_place_row", row=self.row)
        else:
            place = say("roster_place_sheet")
        code = "roster_fault_value" if self.value else "roster_fault"
        return say(code, sheet=self.sheet, place=place, value=self.value, words=self.reason)


def of_cell(sheet: str, head: str, cell: Cell, code: str, /, **numbers: object) -> Fault:
    """A fault in a cell."""
    reason = say(f"roster_bad_{code}", **numbers)
    return Fault(sheet, cell.row, cell.name, head, shown(cell), reason)


def of_sheet(sheet: str, code: str, /, row: int = 0, **numbers: object) -> Fault:
    """A fault of a whole sheet, or of a row."""
    return Fault(sheet, row, "", "", "", say(f"roster_bad_{code}", **numbers))


def shown(cell: Cell) -> str:
    """What stands in a cell, short enough for a line."""
    words = " ".join(cell.words.split())
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
