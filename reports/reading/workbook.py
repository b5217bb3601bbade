"""The sheets of an .xlsx file as cells, with bounds on how much is read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from openpyxl import load_workbook

from reports.reading.cells import Cell
from reports.reading.claims import Unreadable

MOST_BYTES = 60_000_000  # unpacked
MOST_SHEETS = 60
MOST_ROWS = 600
MOST_COLUMNS = 60


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name, its rows of cells from A1 on, and whether some of it was left out."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    cut: bool = False

    def at(self, row: int, column: int) -> Cell:
        """The cell at a row and column from 1; an empty one beyond the sheet."""
        if row <= len(self.rows) and column <= len(self.rows[row - 1]):
            return self.rows[row - 1][column - 1]
        return Cell(row, column)


def sheets(data: bytes, most_rows: int = MOST_ROWS) -> list[Sheet]:
    """The visible sheets of a workbook, values rather than formulas. Raises Unreadable."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            size = sum(one.file_size for one in packed.infolist())
        if size > MOST_BYTES:
            raise Unreadable("unreadable_large")
        return list(_read(data, most_rows))
    except Unreadable:
        raise
    except Exception as error:  # whatever a broken file makes the library raise
        raise Unreadable("unreadable_xlsx") from error


def _read(data: bytes, most_rows: int) -> Iterator[Sheet]:
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        for sheet in book.worksheets[:MOST_SHEETS]:
            if sheet.sheet_state != "visible":
                continue
            # What the file says of its own size may be wrong.
            sheet.reset_dimensions()
            rows = [
                tuple(
                    Cell(at, column, one.value, one.number_format or "General")
                    for column, one in enumerate(row, start=1)
                )
                for at, row in enumerate(
                    sheet.iter_rows(max_row=most_rows + 1, max_col=MOST_COLUMNS + 1), start=1
                )
            ]
            cut = len(rows) > most_rows or any(
                len(row) > MOST_COLUMNS and row[-1].value is not None for row in rows
            )
            kept = tuple(row[:MOST_COLUMNS] for row in rows[:most_rows])
            yield Sheet(sheet.title, kept, cut)
    finally:
        book.close()
