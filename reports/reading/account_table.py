"""A sheet of final accounts as a table: what its columns mean, and the figures by row label."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Any

import yaml

from reports.reading.cells import Cell
from reports.reading.workbook import Sheet

_PREFACE = 12  # rows in which title, unit and year stand


@cache
def layouts() -> Mapping[str, Any]:
    """The tables that are known, from accounts.yaml."""
    text = resources.files(__package__).joinpath("accounts.yaml").read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = yaml.safe_load(text)
    return loaded


@dataclass(frozen=True)
class Line:
    """One label of a row and the cells that belong to it."""

    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """A sheet understood: the heads above each column by its number, and the lines in order."""

    sheet: Sheet
    heads: Mapping[int, str]
    lines: tuple[Line, ...]

    def measure(self, cell: Cell) -> str:
        """Which figure of the year a column holds: final, start, adjusted, budget or prior."""
        heads = self.heads.get(cell.column, "")
        for one in layouts()["measures"]:
            if re.search(one["words"], heads):
                return str(one["measure"])
        return "final"


def table(sheet: Sheet) -> Table | None:
    """The table on a sheet; None when it has no heads."""
    opens = next((n for n, row in enumerate(sheet.rows) if _is_head(row)), None)
    if opens is None:
        return None
    most = opens + layouts()["head_rows"]
    ends = next(
        (n for n, row in enumerate(sheet.rows[: most + 1]) if n > opens and _is_data(row)), most
    )
    heads = _heads(sheet.rows[opens:ends])
    lines = tuple(
        line for row in sheet.rows[ends:] if not _counts(row) for line in _lines(row, heads)
    )
    return Table(sheet, heads, lines)


def preface(sheet: Sheet) -> list[str]:
    """The words at the head of a sheet: title, unit, department."""
    return [cell.text for row in sheet.rows[:_PREFACE] for cell in row if cell.text]


def is_nothing(cell: Cell) -> bool:
    """Whether a cell says 0 by a stroke."""
    return bool(re.match(layouts()["nothing"], cell.text))


def _is_figure(cell: Cell) -> bool:
    return cell.number is not None or is_nothing(cell)


def _is_head(row: Sequence[Cell]) -> bool:
    texts = [cell.text for cell in row if cell.text and cell.number is None]
    return sum(bool(re.match(layouts()["heads"], text)) for text in texts) >= 2


def _is_data(row: Sequence[Cell]) -> bool:
    texts = [cell.text for cell in row if cell.text] or [""]
    alone = len(texts) == 1 and re.match(layouts()["row_alone"], texts[0])
    opens = alone or re.match(layouts()["row_opens"], texts[0])
    return bool(opens) or any(map(_is_figure, row))


def _counts(row: Sequence[Cell]) -> bool:
    """Whether a row only numbers the columns (栏次)."""
    numbers = [cell.number for cell in row if cell.number is not None]
    return len(numbers) > 2 and all(b - a == 1 for a, b in pairwise(numbers))


def _heads(rows: Sequence[Sequence[Cell]]) -> dict[int, str]:
    """The heads above each column, from the highest, joined by /.

    A merged head stands in its first cell only: it reaches over the empty ones to its right, as
    far as the heads above it are the same.
    """
    width = max((len(row) for row in rows), default=0)
    paths: dict[int, list[str]] = {at: [] for at in range(1, width + 1)}
    for row in rows:
        above = {at: tuple(path) for at, path in paths.items()}
        held, held_at = "", 0
        for at in range(1, width + 1):
            text = row[at - 1].text if at <= len(row) else ""
            if text:
                held, held_at = text, at
            elif not held or above[at] != above[held_at]:
                held = ""
            if held:
                paths[at].append(held)
    return {at: "/".join(path) for at, path in paths.items()}


def _lines(row: Sequence[Cell], heads: Mapping[int, str]) -> Iterator[Line]:
    label, cells = "", list[Cell]()
    for cell in row:
        head = heads.get(cell.column, "").rsplit("/", 1)[-1]
        names = bool(re.search(layouts()["labels"], head))
        if re.search(layouts()["never"], heads.get(cell.column, "")) and _skips(cell):
            continue
        # An empty label ends the one before it, once that has its figure.
        ends = names and not cell.text and any(map(_is_figure, cells))
        if (cell.text and not _is_figure(cell)) or ends:
            yield from [Line(label, tuple(cells))] if cells else []
            label, cells = _plain(cell.text), []
        else:
            cells.append(cell)
    if cells:
        yield Line(label, tuple(cells))


def _skips(cell: Cell) -> bool:
    return not cell.text or _is_figure(cell)


def _plain(label: str) -> str:
    return re.sub(layouts()["numbering"], "", label)
