"""Standard and examples, and builders of the documents that people bring."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import Workbook

from scoring.loading import load
from scoring.plain import read_value
from scoring.source import read_source
from scoring.standard import Standard
from scoring.values import Value

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
Grid = Sequence[Sequence[Any]]


@cache
def _standard() -> Standard:
    return load("meijiang-2021")


@pytest.fixture(scope="session")
def standard() -> Standard:
    return _standard()


@pytest.fixture(scope="session")
def examples() -> Path:
    return EXAMPLES


@pytest.fixture(scope="session")
def example() -> Callable[[str], dict[str, Value]]:
    """The answers of an example by its name."""

    def read(name: str) -> dict[str, Value]:
        text = (EXAMPLES / f"{name}.yaml").read_text(encoding="utf-8")
        plain = dict(read_source(name, text).data)
        return {fact: read_value(_standard().facts[fact], one) for fact, one in plain.items()}

    return read


@pytest.fixture
def word() -> Callable[..., bytes]:
    """A .docx file of paragraphs; a list of lists among them becomes a table."""

    def build(*pieces: str | Grid) -> bytes:
        document = Document()
        for piece in pieces:
            if isinstance(piece, str):
                document.add_paragraph(piece)
                continue
            table = document.add_table(rows=len(piece), cols=len(piece[0]))
            for row, cells in zip(table.rows, piece, strict=True):
                for cell, text in zip(row.cells, cells, strict=True):
                    cell.text = str(text)
        buffer = io.BytesIO()
        document.save(buffer)
        return buffer.getvalue()

    return build


@pytest.fixture
def book() -> Callable[..., bytes]:
    """An .xlsx file: sheets by name, each a list of rows; None is an empty cell."""

    def build(sheets: dict[str, Grid], formats: dict[str, str] | None = None) -> bytes:
        made = Workbook()
        made.remove(made.worksheets[0])
        for name, rows in sheets.items():
            sheet = made.create_sheet(name)
            for row in rows:
                sheet.append(list(row))
            for cell, number_format in (formats or {}).items():
                sheet[cell].number_format = number_format
        buffer = io.BytesIO()
        made.save(buffer)
        return buffer.getvalue()

    return build
