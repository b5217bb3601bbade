"""Final-accounts tables (.xlsx) in the public layout, read into claims.

Tables are known by their titles, figures by the labels of row and column (accounts.yaml), so that
sheets may come in any order, in one file or in several, with columns moved. An amount is taken
as the cell shows it, in the unit that the sheet declares; a sheet without one isn't read. An empty
cell counts as 0 only where the sheet says so, or where the total leaves nothing for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Any

from reports.reading.account_table import Line, Table, is_nothing, layouts, preface, table
from reports.reading.cells import Cell
from reports.reading.claims import Brought
from reports.reading.found import Found
from reports.reading.gates import read_figure_gates
from reports.reading.patterns import part
from reports.reading.sums import check_sums
from reports.reading.workbook import MOST_COLUMNS, MOST_ROWS, Sheet, sheets
from reports.wording import say
from scoring.checks.base import figure
from scoring.checks.total import Total
from scoring.standard import Standard
from scoring.values import decimal_text

_TITLE_CELLS = 2  # the title and, in some, the number of the table (公开04表)


@dataclass(frozen=True)
class _Blank:
    """An empty cell where a figure was wanted."""

    fact: str
    place: str
    unit: str


def read_accounts(standard: Standard, data: bytes) -> Brought:
    """What a workbook of final-accounts tables says, each claim with the sheet and cell.

    Raises Unreadable (`unreadable_xlsx`, `unreadable_large`).
    """
    found, blanks = Found(standard), list[_Blank]()
    years, names = set[str](), set[str]()
    for sheet in (one for whole in sheets(data) for one in _apart(whole)):
        rules = _rules(sheet)
        if not rules:
            _leave(sheet, found)
            continue
        years |= _spoken(sheet, "year", "year")
        names |= _spoken(sheet, "department", "name")
        blanks += _read(sheet, rules, found)
    _fill(blanks, found)
    check_sums(found)
    read_figure_gates(found)
    claims = found.claims()
    if not claims:
        found.note("note_no_figures_in_tables")
    if len(years) > 1:
        found.note("note_table_years", years=part("names_split").join(sorted(years)))
    year = int(years.pop()) if len(years) == 1 else None
    department = names.pop() if len(names) == 1 else ""
    return Brought(claims, tuple(found.notes), year, department)


def _apart(sheet: Sheet) -> Iterator[Sheet]:
    """The tables of a sheet that has several of them below one another, each with its title."""
    opens = [at for at, row in enumerate(sheet.rows) if _is_title(row)]
    if len(opens) < 2:
        yield sheet
        return
    for start, end in pairwise([0, *opens[1:], len(sheet.rows)]):
        yield replace(sheet, rows=sheet.rows[start:end])


def _is_title(row: Sequence[Cell]) -> bool:
    """Whether a row holds the title of a table, and little else."""
    texts = [cell.text for cell in row if cell.text]
    titles = [layout["title"] for layout in layouts()["tables"]] + [layouts()["known"]]
    return 0 < len(texts) <= _TITLE_CELLS and any(
        re.search(f"(?:{title})(?:[（(].*[）)])?$", texts[0]) for title in titles
    )


def _rules(sheet: Sheet) -> Sequence[Mapping[str, Any]]:
    """The cells to look for on a sheet, by its title or else its name."""
    for titles in (preface(sheet)[:6], [re.sub(r"\s", "", sheet.name)]):
        for title in titles:
            for layout in layouts()["tables"]:
                if re.search(layout["title"], title) and not _is_other(layout, title):
                    return list(layout["cells"])
    return ()


def _is_other(layout: Mapping[str, Any], title: str) -> bool:
    return "unless" in layout and bool(re.search(layout["unless"], title))


def _leave(sheet: Sheet, found: Found) -> None:
    """A sheet that holds nothing that is asked; it is noted unless it belongs to the set."""
    titles = [*preface(sheet)[:6], sheet.name]
    if preface(sheet) and not any(re.search(layouts()["known"], title) for title in titles):
        found.note("note_sheet_unknown", sheet=sheet.name)


def _spoken(sheet: Sheet, code: str, group: str) -> set[str]:
    words = preface(sheet)
    matches = (re.search(layouts()[code], text) for text in words if not _unit_of([text]))
    return {match[group] for match in matches if match}


def _unit_of(words: Sequence[str]) -> set[str]:
    patterns = (layouts()["unit"], layouts()["unit_in_head"])
    return {m["unit"] for text in words for one in patterns for m in re.finditer(one, text)}


def _read(sheet: Sheet, rules: Sequence[Mapping[str, Any]], found: Found) -> list[_Blank]:
    units, understood = _unit_of(preface(sheet)), table(sheet)
    if len(units) != 1 or understood is None:
        code = "note_sheet_two_units" if len(units) > 1 else "note_sheet_no_unit"
        found.note("note_sheet_no_head" if understood is None else code, sheet=sheet.name)
        return []
    if sheet.cut:
        found.note("note_sheet_cut", sheet=sheet.name, rows=MOST_ROWS, columns=MOST_COLUMNS)
    unit = units.pop()
    blank_is_zero = any(
        re.search(layouts()["blank_is_zero"], cell.text) for row in sheet.rows for cell in row
    )
    blanks: list[_Blank] = []
    for rule in rules:
        matched = list(_cells(understood, rule))
        cells = [cell for cell in matched if cell.text] or matched[:1]
        if len(cells) > 1:
            places = part("names_split").join(_place(sheet, cell) for cell in cells)
            found.note("note_cells_unclear", label=found.label(rule["fact"]), places=places)
        elif cells:
            blanks += _take(rule["fact"], cells[0], sheet, unit, blank_is_zero, found)
    return blanks


def _cells(understood: Table, rule: Mapping[str, Any]) -> Iterator[Cell]:
    """The cells that a rule speaks of."""
    for line in _lines(understood.lines, rule):
        for cell in line.cells:
            heads = understood.heads.get(cell.column, "")
            if "column" in rule and not re.search(rule["column"], heads):
                continue
            if "not" in rule and re.search(rule["not"], heads):
                continue
            if heads and understood.measure(cell) == rule.get("measure", "final"):
                yield cell


def _lines(lines: Sequence[Line], rule: Mapping[str, Any]) -> Iterator[Line]:
    for line in lines:
        if "until" in rule and re.fullmatch(rule["until"], line.label):
            return
        if re.fullmatch(rule["row"], line.label):
            yield line


def _take(
    fact: str, cell: Cell, sheet: Sheet, unit: str, blank_is_zero: bool, found: Found
) -> Iterator[_Blank]:
    place = _place(sheet, cell)
    number = Decimal(0) if is_nothing(cell) else cell.number
    if number is None and not cell.text and not blank_is_zero:
        yield _Blank(fact, place, unit)
        return
    found.add(fact, f"{decimal_text(number or Decimal(0))}{unit}", place)


def _place(sheet: Sheet, cell: Cell) -> str:
    return say("place_cell", sheet=sheet.name, cell=cell.name)


def _fill(blanks: Sequence[_Blank], found: Found) -> None:
    """Empty cells are 0 where the total is made up by the other parts; else they are noted."""
    open_ones = [blank for blank in blanks if found.value(blank.fact) is None]
    proven = {fact for check in found.standard.checks for fact in _proven(check, found)}
    for blank in open_ones:
        if blank.fact in proven:
            found.add(blank.fact, f"0{blank.unit}", blank.place)
        else:
            found.note("note_cell_blank", place=blank.place, label=found.label(blank.fact))


def _proven(check: object, found: Found) -> list[str]:
    """The parts of a total that were not read and have nothing left for them."""
    if not isinstance(check, Total):
        return []
    total = figure(found.value(check.total))
    parts = {fact: figure(found.value(fact)) for fact in check.parts}
    summed = sum((number for number in parts.values() if number is not None), Decimal(0))
    if total is None or total != summed:
        return []
    return [fact for fact, number in parts.items() if number is None]
