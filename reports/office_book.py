"""The list that an office fills in, as a workbook in the layout of `reports.list_layout`."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import starmap
from typing import Any

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from reports import list_layout as layout
from reports.list_layout import Column as Place
from reports.list_layout import unit_of
from reports.office_lists import Asker, Entry, helped
from reports.wording import phrases, say
from reports.workbook_look import Look
from scoring.questionnaire import Column, Fact, Kind
from scoring.standard import Standard
from scoring.values import Letters, Rows, Value, YesNo

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_WIDTHS = {Place.NUMBER: 6, Place.LABEL: 32, Place.UNIT: 8, Place.VALUE: 30, Place.HELP: 56}
_ROW_WIDTH = 26
_BLANK_ROWS = 60
_WHITE, _PAPER = "#FFFFFF", "#F2F2F2"
_MADE = datetime(2000, 1, 1, tzinfo=UTC)


def build_office_book(
    standard: Standard, office: str, listed: Sequence[Entry], asker: Asker
) -> bytes:
    """The list as the bytes of an .xlsx file; the same arguments give the same bytes.

    One line for each fact, and a sheet of its own for each table. Only the cells to be filled can
    be written in. Values that stand already are filled in.
    """
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, _OPTIONS)
    workbook.set_properties({"created": _MADE.replace(tzinfo=None)})
    _Book(workbook, standard, office, asker).fill(listed)
    workbook.close()
    return buffer.getvalue()


class _Book:
    """The workbook, sheet by sheet."""

    def __init__(self, workbook: Workbook, standard: Standard, office: str, asker: Asker) -> None:
        self.workbook, self.office, self.asker = workbook, office, asker
        self.look = Look(workbook)
        self.mark = layout.marker(asker.form_id, standard)
        base = {"border": 1, "text_wrap": True, "valign": "vcenter"}
        self.open = workbook.add_format({**base, "locked": False, "bg_color": _WHITE})
        self.fixed = workbook.add_format({**base, "bg_color": _PAPER})
        self.hidden = workbook.add_format({"font_color": _WHITE})

    def fill(self, listed: Sequence[Entry]) -> None:
        page = self._sheet(say("office_sheet"))
        day = say("office_day", month=self.asker.by.month, day=self.asker.by.day)
        numbers = {"department": self.asker.department, "year": self.asker.year}
        title = say("office_title", office=self.office, **numbers)
        page.write_string(layout.TITLE, title, self.look.plain)
        page.write_string(layout.ROWS_MARK, say("office_note", day=day, contact=self.asker.contact))
        for place, head in zip(Place, phrases()["office_heads"], strict=True):
            page.write_string(layout.HEAD - 1, place - 1, head, self.look.head)
        for place, width in _WIDTHS.items():
            page.set_column(place - 1, place - 1, width)
        page.set_column(Place.FACT - 1, Place.FACT - 1, 4, None, {"hidden": True})
        for row, entry in enumerate(listed, start=layout.FIRST - 1):
            self._line(page, row, entry)
        for entry in listed:
            if layout.is_table(entry.fact):
                self._table(entry)

    def _sheet(self, name: str) -> Worksheet:
        page: Worksheet = self.workbook.add_worksheet(name)
        page.write_string(layout.MARKER, self.mark, self.hidden)
        page.set_row(0, None, None, {"hidden": True})
        page.freeze_panes(layout.HEAD, 0)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.protect("", {"format_cells": True, "format_columns": True, "format_rows": True})
        return page

    def _line(self, page: Worksheet, row: int, entry: Entry) -> None:
        fact = entry.fact
        page.write_number(row, Place.NUMBER - 1, entry.number, self.fixed)
        page.write_string(row, Place.LABEL - 1, fact.label, self.fixed)
        page.write_string(row, Place.UNIT - 1, unit_of(fact), self.fixed)
        page.write_string(row, Place.FACT - 1, entry.name, self.hidden)
        if layout.is_table(fact):
            page.write_blank(row, Place.VALUE - 1, None, self.fixed)
            where = say("office_on_sheet", sheet=layout.sheet_name(fact.label))
            help_ = say("office_help_gap").join(part for part in (where, helped(fact)) if part)
        else:
            self._cell(page, row, Place.VALUE - 1, _written(entry.value))
            _guard(page, row, row, Place.VALUE - 1, fact)
            help_ = helped(fact)
        page.write_string(row, Place.HELP - 1, help_, self.fixed)

    def _table(self, entry: Entry) -> None:
        fact = entry.fact
        page = self._sheet(layout.sheet_name(fact.label))
        units = say("office_comma").join(_units(fact)) or say("office_no_units")
        title = say("office_table_title", label=fact.label, office=self.office, units=units)
        page.write_string(layout.TITLE, title, self.look.plain)
        page.write_string(layout.ROWS_MARK, entry.name, self.hidden)
        page.set_row(layout.HEAD - 2, None, None, {"hidden": True})
        rows = entry.value.value if isinstance(entry.value, Rows) else ()
        last = layout.FIRST - 2 + max(len(rows) + 20, _BLANK_ROWS)
        for column, (name, spec) in enumerate(fact.columns.items()):
            page.set_column(column, column, _ROW_WIDTH)
            page.write_string(layout.HEAD - 1, column, spec.label, self.look.head)
            _guard(page, layout.FIRST - 1, last, column, spec)
            for row in range(layout.FIRST - 1, last + 1):
                at = row - layout.FIRST + 1
                cell = rows[at].get(name) if at < len(rows) else None
                self._cell(page, row, column, _written(cell))

    def _cell(self, page: Worksheet, row: int, column: int, text: str) -> None:
        if text:
            page.write_string(row, column, text, self.open)
        else:
            page.write_blank(row, column, None, self.open)


def _units(fact: Fact) -> list[str]:
    named = [(spec.label, unit_of(spec)) for spec in fact.columns.values() if unit_of(spec)]
    return list(starmap(_unit, named))


def _unit(label: str, unit: str) -> str:
    return say("office_column_unit", label=label, unit=unit)


def _guard(page: Worksheet, first: int, last: int, column: int, spec: Fact | Column) -> None:
    """What Excel itself checks while people fill in. Amounts are left free: a unit may follow."""
    rule: dict[str, Any] | None = None
    if spec.type is Kind.YESNO:
        rule = {"validate": "list", "source": [say("office_yes"), say("office_no")]}
        rule |= {"input_message": say("office_yesno_message"), "error_type": "warning"}
    elif spec.type is Kind.COUNT:
        rule = {"validate": "integer", "criteria": ">=", "value": 0, "error_type": "warning"}
        rule |= {"input_message": say("office_count_message")}
    if rule:
        page.data_validation(first, column, last, column, rule)


def _written(value: Value | None) -> str:
    """A value as people write it into the list."""
    match value:
        case None:
            return ""
        case YesNo(value=answer):
            return say("office_yes") if answer else say("office_no")
        case Letters(value=letters):
            return "".join(letters)
        case Rows():
            return ""
    return str(value.plain()) if isinstance(value.plain(), str | int) else ""
