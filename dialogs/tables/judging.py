"""One line of a table: the row that it is, or the doubt that is asked about instead of a guess."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from dialogs.agenda import line_columns
from dialogs.answers import problem, read_cell
from dialogs.tables.kept import Row
from dialogs.understand.fields import partial_names
from dialogs.understand.plain_text import before_bracket, narrow
from dialogs.understand.reading import Ask
from dialogs.understand.row_cuts import (
    begins_with_figure,
    exact_cells,
    has_large_unit,
    names_amount,
    names_apart,
)
from dialogs.understand.row_moves import speaks_of_row
from dialogs.understand.row_talk import may_be_talk
from dialogs.understand.rows import Fit, Slot, read_line
from dialogs.understand.same_cell import says_same
from scoring.plain import read_cell as read_stored
from scoring.questionnaire import Column, Fact, Kind
from scoring.values import Money

FIGURES = {Kind.MONEY, Kind.COUNT, Kind.NUMBER, Kind.PERCENT}
# What is no figure of the kind at all; any other question is about a figure in its place.
_NO_FIGURE = {
    "ask_amount",
    "ask_count",
    "ask_number",
    "ask_percent",
    "ask_date",
    "ask_yesno",
    "ask_empty",
}
_UNIT_ASKED = "ask_amount_unit"
_APART = 100
_LONGEST_FIGURE = 20
_LONGEST_SAID = 16


@dataclass(frozen=True)
class Doubt:
    """Why a line is not taken as it stands.

    kind: `cells` some are missing or have no place, `many` more than one way to read it, `bad` a
    cell that is asked about, `unit` and `scale` 元 or 万元, `duplicate` and `same_name` of row
    `twin` (from 1), `numbered` like the row `twin`, `talk` perhaps no row at all, `spaced` one name
    or several (`left`).
    `row` is what it would be, where that is clear; `notes` what there is to say about its cells.
    """

    kind: str
    cells: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    column: str = ""
    problem: str = ""
    twin: int = 0
    row: Row | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Taken:
    """The row that a line is, with the codes of what there is to say about its cells."""

    row: Row
    notes: tuple[str, ...] = ()


def slots(fact: Fact, columns: Sequence[str], today: date) -> list[Slot]:
    """The columns to fill, in this order; those that no line must have may be left out."""
    lines = line_columns(fact)
    labels = {name: fact.columns[name].label for name in columns}
    return [_slot(name, fact.columns[name], labels, today, name not in lines) for name in columns]


def _slot(name: str, column: Column, labels: Mapping[str, str], today: date, extra: bool) -> Slot:
    @cache
    def fits(cell: str) -> bool:
        if says_same(cell):
            return True
        got = read_cell(column, cell, today)
        if not isinstance(got, Ask):
            return True
        figure = column.type in FIGURES and begins_with_figure(cell)
        return figure and len(cell) <= _LONGEST_FIGURE and got.code not in _NO_FIGURE

    def surely(cell: str) -> bool:
        return not isinstance(read_cell(column, cell, today), Ask)

    label, others = labels[name], [labels[other] for other in labels if other != name]
    names = (label, before_bracket(label), *sorted(partial_names(label, others), key=len)[::-1])
    is_text = column.type is Kind.TEXT
    return Slot(name, fits, is_text, column.optional or extra, tuple(dict.fromkeys(names)), surely)


def judge(
    line: str,
    fact: Fact,
    today: date,
    rows: Sequence[Row],
    columns: Sequence[str] = (),
    above: Row | None = None,
) -> Taken | Doubt:
    """What a line is beside the rows that stand already. `columns` are those of its cells where
    tabs stand between them; else they are the ones that every line has. `above` is the row that
    同上 repeats: the last one if none is given."""
    order = list(columns) if columns and "\t" in line else list(line_columns(fact))
    name = _only_name(line, order)
    if name:
        found = accept({order[0]: name}, fact, today, rows)
        return replace(found, notes=(*found.notes, "rows_other_cells"))
    fit = read_line(line, slots(fact, order, today))
    fit = _repeated(fit, above if above is not None or not rows else rows[-1])
    if fit.many:
        return Doubt("many", left=(line,))
    if not fit.is_whole:
        return Doubt("cells", fit.cells, fit.missing, fit.left)
    return accept(fit.cells, fact, today, rows)


def _only_name(line: str, order: Sequence[str]) -> str:
    """The name in a line that was copied with more columns than are asked; "" for any other."""
    cells = [cell for cell in exact_cells(line) if cell]
    if len(order) > 1 or len(cells) < 2:
        return ""
    return next((cell for cell in cells if not begins_with_figure(cell)), "")


def accept(cells: Mapping[str, str], fact: Fact, today: date, rows: Sequence[Row]) -> Taken | Doubt:
    """The row of cells that are all there, unless something about it must be asked."""
    row: dict[str, Any] = {}
    notes: list[str] = []
    for name, cell in cells.items():
        got = read_cell(fact.columns[name], cell, today)
        if isinstance(got, Ask):
            kind = "unit" if got.code == _UNIT_ASKED else "bad"
            return Doubt(kind, cells, column=name, problem=problem(got), left=(cell,))
        row[name] = got.value.plain()
        notes += [got.note] if got.note else []
    ordered = {name: row[name] for name in fact.columns if name in row}
    doubt = _beside(cells, ordered, fact, today, rows)
    return replace(doubt, notes=tuple(notes)) if doubt else Taken(ordered, tuple(notes))


def _beside(
    cells: Mapping[str, str], row: Row, fact: Fact, today: date, rows: Sequence[Row]
) -> Doubt | None:
    """What is to be asked about a row because of the others, or because of its words."""
    names = list(line_columns(fact))
    for at, other in enumerate(rows, start=1):
        if _key(other, names) == _key(row, names):
            return Doubt("duplicate", cells, twin=at, row=row)
    for at, other in enumerate(rows, start=1):
        if len(names) > 1 and _key(other, names[:1]) == _key(row, names[:1]):
            return Doubt("same_name", cells, twin=at, row=row)
    slip = scale_slip(row, cells, fact, today, rows)
    if slip:
        return Doubt("scale", cells, column=slip, row=row)
    if len(names) > 1:
        return None
    line = str(row[names[0]])
    if (
        may_be_talk(line)
        or names_amount(line)
        or (speaks_of_row(line) and len(line) <= _LONGEST_SAID)
    ):
        return Doubt("talk", cells, row=row)
    if apart := names_apart(line):
        return Doubt("spaced", cells, row=row, left=tuple(apart))
    return None


def _key(row: Row, names: Sequence[str]) -> tuple[str, ...]:
    return tuple("".join(narrow(str(row.get(name, ""))).split()) for name in names)


def scale_slip(
    row: Row, cells: Mapping[str, str], fact: Fact, today: date, rows: Sequence[Row]
) -> str:
    """The column whose amount, typed without a unit, may be in another one than the question's
    beside the other rows: they were all typed in 元, or are a hundredth of it; "" if none.
    """
    for name, column in fact.columns.items():
        if column.type is not Kind.MONEY or column.unit != "wan" or name not in row:
            continue
        yuan, unit = _money(column, row[name])
        if unit != "wan" or has_large_unit(cells.get(name, "")):
            continue
        others = [_money(column, r[name]) for r in rows if isinstance(r.get(name), str)]
        beside = [figure for figure, _ in others if figure]
        in_yuan = all(each == "yuan" for _, each in others)
        if yuan and beside and (in_yuan or yuan > max(beside) * _APART):
            return name
    return ""


def _money(column: Column, plain: Any) -> tuple[Decimal, str]:
    value = read_stored(column, plain)
    return (value.yuan, value.unit) if isinstance(value, Money) else (Decimal(0), "")


def _repeated(fit: Fit, above: Row | None) -> Fit:
    """The cells with 同上 replaced by what stands above; without a row above they are missing."""
    cells = dict(fit.cells)
    lost = []
    for name, cell in fit.cells.items():
        if says_same(cell):
            repeated = (above or {}).get(name)
            cells[name] = str(repeated)
            lost += [name] if repeated is None else []
    return replace(
        fit,
        cells={name: cell for name, cell in cells.items() if name not in lost},
        missing=(*fit.missing, *lost),
    )
