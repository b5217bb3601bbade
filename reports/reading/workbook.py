"""The sheets of an .xlsx file as cells, with bounds on how much is read."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.cell import column_index_from_string, get_column_letter

from reports.reading.cells import Cell
from reports.reading.claims import Unreadable

MOST_BYTES = 60_000_000  # unpacked
MOST_SHEETS = 60
MOST_ROWS = 600
MOST_COLUMNS = 60
MOST_MERGED = 20_000
_NOT_PLAIN = re.compile(rb"<(?:\w+:)?(?:f|mergeCell)[\s>/]")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name, its rows of cells from A1 on, and whether some of it was left out.
    `merged` has the names of cells that lie under another one, with that one's name."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    cut: bool = False
    merged: Mapping[str, str] = field(default_factory=dict)

    def at(self, row: int, column: int) -> Cell:
        """The cell at a row and column from 1; an empty one beyond the sheet."""
        if row <= len(self.rows) and column <= len(self.rows[row - 1]):
            return self.rows[row - 1][column - 1]
        return Cell(row, column)


def sheets(data: bytes, most_rows: int = MOST_ROWS, *, strict: bool = False) -> list[Sheet]:
    """The visible sheets of a workbook, values rather than formulas. Raises Unreadable.

    `strict` shows what would be lost without a word: a formula that has no result is read as its
    text, and merged cells are told.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            size = sum(one.file_size for one in packed.infolist())
            if size > MOST_BYTES:
                raise Unreadable("unreadable_large")
            again = strict and any(map(_NOT_PLAIN.search, _parts(packed)))
        found = list(_read(data, most_rows))
        return list(_with_formulas(data, most_rows, found)) if again else found
    except Unreadable:
        raise
    except Exception as error:  # whatever a broken file makes the library raise
        raise Unreadable("unreadable_xlsx") from error


def _parts(packed: zipfile.ZipFile) -> Iterator[bytes]:
    """What the sheets are made of."""
    return (packed.read(name) for name in packed.namelist() if "worksheets/" in name)


def _with_formulas(data: bytes, most_rows: int, found: list[Sheet]) -> Iterator[Sheet]:
    """The sheets with formulas where a value is missing."""
    for sheet, typed in zip(found, _read(data, most_rows, formulas=True), strict=True):
        rows = tuple(
            tuple(
                written if cell.value is None and written.words.startswith("=") else cell
                for cell, written in zip(row, line, strict=True)
            )
            for row, line in zip(sheet.rows, typed.rows, strict=True)
        )
        yield replace(sheet, rows=rows, merged=typed.merged)


def _read(data: bytes, most_rows: int, *, formulas: bool = False) -> Iterator[Sheet]:
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=not formulas, keep_links=False)
    try:
        for sheet in book.worksheets[:MOST_SHEETS]:
            if sheet.sheet_state != "visible":
                continue
            # What the file says of its own size may be wrong.
            sheet.reset_dimensions()
            rows = [
                tuple(
                    Cell(at, column, _plain(one.value), one.number_format or "General")
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
            yield Sheet(sheet.title, kept, cut, _merged(sheet) if formulas else {})
    finally:
        book.close()


def _plain(value: Any) -> object:
    """A formula over several cells is an object of its own."""
    return getattr(value, "text", value)


def _merged(sheet: Any) -> dict[str, str]:
    """The cells under merged ones. The library tells of them only where it keeps whole sheets in
    memory, so its source is searched."""
    with sheet._get_source() as source:
        ranges = _MERGED.findall(source.read(MOST_BYTES))
    found: dict[str, str] = {}
    for left_name, top_name, right_name, bottom_name in ranges:
        left, right = (column_index_from_string(n.decode()) for n in (left_name, right_name))
        top, bottom = int(top_name), int(bottom_name)
        if (right - left + 1) * (bottom - top + 1) + len(found) > MOST_MERGED:
            break
        first = f"{get_column_letter(left)}{top}"
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                found[f"{get_column_letter(column)}{row}"] = first
        del found[first]
    return found
