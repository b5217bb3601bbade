"""The documents that come with the demo: final accounts and last year's report, from examples/*.yaml."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from reports.archive import seal
from reports.report import build_report
from reports.wording import say
from scoring.engine import score
from scoring.loading import load
from scoring.plain import read_value
from scoring.source import read_source

_HEAD_ROW = 3  # rows of title, number and unit above a table


def final_accounts(examples: Path) -> bytes:
    """The workbook of examples/accounts.yaml (.xlsx); the same file gives the same bytes."""
    data = _read(examples, "accounts.yaml")
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(data["year"] + 1, 9, 1, tzinfo=UTC)})
        for sheet in data["sheets"]:
            _sheet(book, data, sheet)
    return seal(buffer.getvalue())


def _sheet(book: xlsxwriter.Workbook, data: Mapping[str, Any], sheet: Mapping[str, Any]) -> None:
    made = book.add_worksheet(sheet["name"])
    framed = book.add_format(
        {"border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}
    )
    amount = book.add_format({"border": 1, "num_format": "#,##0.00"})
    made.set_column(0, len(sheet["rows"][0]), 16)
    made.write_string(0, 0, say("example_title", year=data["year"], title=sheet["title"]))
    made.write_string(1, 0, sheet["name"])
    made.write_string(2, 0, say("example_department", name=data["department"]))
    made.write_string(2, len(sheet["rows"][0]) - 1, say("example_unit"))
    for at, row in enumerate(sheet["rows"], start=_HEAD_ROW):
        for column, value in enumerate(row):
            if isinstance(value, str):
                made.write_string(at, column, value, framed)
            elif value is None:
                made.write_blank(at, column, None, framed)
            else:
                made.write_number(
                    at, column, float(value), framed if isinstance(value, int) else amount
                )
    for area in sheet.get("merged", ()):
        first = area.split(":")[0]
        made.merge_range(area, _at(sheet, first), framed)


def _at(sheet: Mapping[str, Any], cell: str) -> str:
    """The words of a cell such as D5, whose row counts from the top of the sheet."""
    column, row = ord(cell[0]) - ord("A"), int(cell[1:]) - 1 - _HEAD_ROW
    return sheet["rows"][row][column] or ""


def last_year_report(examples: Path) -> bytes:
    """The report (.docx) of the year before the reference case, from examples/last-year.yaml."""
    standard = load("meijiang-2021")
    year = standard.year - 1
    before = replace(standard, year=year, name=standard.name.replace(str(standard.year), str(year)))
    plain = {**_read(examples, "reference-case.yaml"), **_read(examples, "last-year.yaml")}
    given = {name: value for name, value in plain.items() if value is not None}
    answers = {name: read_value(before.facts[name], value) for name, value in given.items()}
    return build_report(before, answers, score(before, answers), draft=False)


def _read(examples: Path, name: str) -> dict[str, Any]:
    return dict(read_source(name, (examples / name).read_text(encoding="utf-8")).data)
