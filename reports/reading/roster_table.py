"""One sheet of a roster: where its head stands, and its rows as clean texts by column."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, time

from openpyxl.utils.cell import coordinate_to_tuple

from reports import roster_layout as layout
from reports.reading.cells import Cell
from reports.reading.roster_faults import Fault, of_cell, of_sheet, shown
from reports.reading.workbook import Sheet
from reports.wording import phrases

_HEAD_ROWS = 10
_EXACT_DIGITS = 15
_ERROR = re.compile(r"#(N/A|REF!|NAME\?|VALUE!|DIV/0!|NUM!|NULL!|SPILL!|CALC!)", re.I)
_HAN = r"\u2e80-\u9fff\uf900-\ufaff"
_GAP = re.compile(rf"(?<=[{_HAN}])\s+(?=[{_HAN}])")
_PADDED = re.compile(r"0{2,20}")
_DECIMALS = re.compile(r"\.0+$")


class Row:
    """A row: its number and its cells by column; reading one notes what is wrong in it."""

    def __init__(self, table: Table, number: int, cells: dict[str, Cell]) -> None:
        self.table, self.number, self._cells = table, number, cells

    def cell(self, column: str) -> Cell:
        """The cell of a column; an empty one where the column isn't there."""
        return self._cells.get(column, Cell(self.number, 1))

    def text(self, column: str) -> str:
        """The words of a cell, full-width letters and padding made plain; "" after a fault."""
        words = self._words(column)
        if not words and self.table.needs(column) and not self._noted(column):
            self.fault(column, "empty")
        return words

    def list(self, column: str) -> tuple[str, ...]:
        """The entries of a cell that holds a list."""
        found = layout.entries(self._words(column, as_list=True))
        most = layout.LONGEST.get(column, layout.LONGEST_OTHER)
        if any(len(each) > most for each in found):
            self.fault(column, "long", most=most)
            return ()
        return found

    def fault(self, column: str, code: str, /, **numbers: object) -> None:
        """Notes what is wrong in a cell."""
        head = layout.head(self.table.kind, column)
        where = self.table.heads.get(column, head)
        self.table.note(of_cell(self.table.title, where, self.cell(column), code, **numbers))

    def _noted(self, column: str) -> bool:
        return self.cell(column).name in self.table.noted

    def _words(self, column: str, *, as_list: bool = False) -> str:
        cell = self.cell(column)
        if cell.value is None:
            over = self.table.cell_over(cell)
            if over:
                self.fault(column, "merged", other=shown(over))
            return ""
        if isinstance(cell.value, bool | date | time):
            self.fault(column, "no_text")
            return ""
        words = self._number(column, cell) if isinstance(cell.value, int | float) else cell.words
        words = _GAP.sub("", unicodedata.normalize("NFKC", words).strip())
        return words if self._is_sound(column, words, as_list) else ""

    def _number(self, column: str, cell: Cell) -> str:
        number = cell.number
        if number is None or number != number.to_integral_value():
            self.fault(column, "no_text")
            return ""
        digits = _DECIMALS.sub("", f"{number:f}")
        if _PADDED.fullmatch(cell.format):
            digits = digits.zfill(len(cell.format))  # as Excel shows it: 0301
        if len(digits.lstrip("-")) > _EXACT_DIGITS:
            self.fault(column, "digits")
            return ""
        return digits

    def _is_sound(self, column: str, words: str, as_list: bool) -> bool:
        if _ERROR.fullmatch(words) or words.startswith("="):
            self.fault(column, "formula")
            return False
        strange = [c for c in words if unicodedata.category(c) in ("Cc", "Cf", "Co", "Cn")]
        if set(strange) - (set("\r\n") if as_list else set()):
            self.fault(column, "letters")
            return False
        most = layout.LONGEST.get(column, layout.LONGEST_OTHER)
        if not as_list and len(words) > most:
            self.fault(column, "long", most=most)
            return False
        return True


class Table:
    """A sheet of the roster by what its columns hold; `faults` grows while it is read, and
    `noted` with it, the names of the cells."""

    def __init__(self, kind: str, sheet: Sheet | None) -> None:
        self.kind = kind
        self.title = sheet.name if sheet else layout.sheet_title(kind)
        self.noted: set[str] = set()
        self._faults: dict[Fault, None] = {}
        self.heads: dict[str, str] = {}
        self.unread: list[str] = []
        self._sheet, self._at, self._columns = sheet, 0, dict[str, int]()
        if sheet:
            self._find_head(sheet)
            if sheet.cut and any(cell.words for row in sheet.rows[-_HEAD_ROWS:] for cell in row):
                self.fault("too_many", most=layout.MOST_ROWS)

    def fault(self, code: str, /, row: int = 0, **numbers: object) -> None:
        """Notes what is wrong with the sheet."""
        self.note(of_sheet(self.title, code, row, **numbers))

    def note(self, fault: Fault) -> None:
        """Notes a fault, once however often its cell is read."""
        self._faults.setdefault(fault)
        self.noted.add(fault.cell)

    @property
    def faults(self) -> list[Fault]:
        """What is wrong, from above to below."""
        return sorted(self._faults, key=lambda fault: fault.row)

    def needs(self, column: str) -> bool:
        """Whether a column must be filled; one that isn't there is one fault, not one a row."""
        return column in self.heads and column in layout.required(self.kind)

    def cell_over(self, cell: Cell) -> Cell | None:
        """The filled cell that this one lies under where cells are merged."""
        name = self._sheet.merged.get(cell.name) if self._sheet else None
        if self._sheet is None or name is None:
            return None
        row, column = coordinate_to_tuple(name)
        over = self._sheet.at(row, column)
        return over if over.words else None

    def rows(self) -> Iterator[Row]:
        """The rows that are filled, but for examples."""
        if self._sheet is None or not self._columns:
            return
        for at in range(self._at + 1, len(self._sheet.rows) + 1):
            cells = {name: self._sheet.at(at, place) for name, place in self._columns.items()}
            filled = [cell for cell in cells.values() if cell.words]
            if filled and not any(_is_example(cell.words) for cell in filled):
                yield Row(self, at, cells)

    def _find_head(self, sheet: Sheet) -> None:
        best: dict[str, list[Cell]] = {}
        for at, row in enumerate(sheet.rows[:_HEAD_ROWS], start=1):
            found = self._recognised(row)
            if len(found) > max(1, len(best)):
                best, self._at = found, at
        if not best:
            wanted = [layout.head(self.kind, each) for each in layout.required(self.kind)]
            self.fault("no_head", wanted=str(phrases()["roster_list_comma"]).join(wanted))
            return
        for column, cells in best.items():
            if len(cells) > 1:
                self.fault("twice_column", row=self._at, head=layout.head(self.kind, column))
            self._columns[column] = cells[0].column
            self.heads[column] = cells[0].words.lstrip("*")
        for column in layout.required(self.kind):
            if column not in best:
                self.fault("no_column", row=self._at, head=layout.head(self.kind, column))
        known = {cell.column for cells in best.values() for cell in cells}
        row = sheet.rows[self._at - 1]
        self.unread = [c.words for c in row if c.words and c.column not in known]

    def _recognised(self, row: tuple[Cell, ...]) -> dict[str, list[Cell]]:
        """The cells of a row that are heads, by column: the first spellings go first."""
        found: dict[str, list[Cell]] = {}
        taken: set[int] = set()
        spelled = {c: [layout.plain_head(s) for s in ss] for c, ss in self._spellings()}
        for place in range(max(map(len, spelled.values()))):
            for column, spellings in spelled.items():
                wanted = spellings[place : place + 1]
                here = [c for c in row if layout.plain_head(c.words) in wanted]
                fresh = [cell for cell in here if cell.column not in taken]
                if fresh and (column not in found or place == 0):
                    found.setdefault(column, []).extend(fresh)
                    taken |= {cell.column for cell in fresh}
        return found

    def _spellings(self) -> list[tuple[str, list[str]]]:
        return [(column, list(found)) for column, found in layout.columns(self.kind).items()]


def _is_example(words: str) -> bool:
    marks = phrases()["roster_example_marks"]
    return words.startswith(tuple(marks))
