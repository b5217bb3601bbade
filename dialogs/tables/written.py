"""Rows and lines of a table in words, short enough for a bubble."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dialogs.agenda import line_columns
from dialogs.describing import described_cell, rows_count
from dialogs.questions import draft_lines
from dialogs.tables.kept import Row
from dialogs.wording import say, shortened
from scoring.plain import read_cell
from scoring.questionnaire import Fact
from scoring.values import Text

_LINE_LIMIT = 40
_CELL_LIMIT = 20
_LIST_BYTES = 900
_ENDS = 2


def line_text(line: str) -> str:
    """A line as somebody typed it, cut in the middle where it is long."""
    return shortened(line.replace("\t", say("cell_gap")), _LINE_LIMIT)


def cells_text(row: Row, fact: Fact, columns: Sequence[str]) -> str:
    """Some cells of a row in words; blank ones are left out."""
    told = [
        (read_cell(fact.columns[c], row[c]), fact.columns[c]) for c in columns if _is_told(row, c)
    ]
    words = [described_cell(cell, column) for cell, column in told if cell != Text("")]
    return say("cell_gap").join(shortened(each, _CELL_LIMIT) for each in words)


def row_text(row: Row, fact: Fact) -> str:
    """The cells of a row that are typed in a line, in words."""
    return cells_text(row, fact, list(line_columns(fact)))


def name_text(row: Row, fact: Fact) -> str:
    """The name by which people know a row."""
    return shortened(str(row.get(next(iter(line_columns(fact))), "")), _CELL_LIMIT)


def list_lines(draft: Sequence[Row], fact: Fact) -> list[str]:
    """The rows in short, numbered; of many rows the first and the last."""
    lines = draft_lines(draft, fact)
    if len("\n".join(lines).encode()) <= _LIST_BYTES or len(draft) <= 2 * _ENDS:
        return lines
    return [*lines[:_ENDS], say("rows_between"), *lines[-_ENDS:]]


def total_text(draft: Sequence[Row], fact: Fact) -> str:
    """How many rows there are now."""
    return rows_count(fact, len(draft))


def _is_told(row: Row, column: str) -> bool:
    cell: Any = row.get(column)
    return cell is not None and not isinstance(cell, dict)
