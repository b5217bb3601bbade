"""A message with lines of a table: its rows, the lines that are asked about, and what is neither.

Every line that is not blank is a row, waits as an odd one, or is named as no row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from typing import Any

from dialogs.agenda import line_columns
from dialogs.tables.blocks import joined
from dialogs.tables.judging import Doubt, Taken, judge, slots
from dialogs.tables.kept import Odd, Row
from dialogs.tables.sums import Total, total_of
from dialogs.understand.pasted import (
    MONEY_UNITS,
    Header,
    cells_of,
    dotted_serial,
    is_name_of,
    is_rule,
    is_total,
    listed_serial,
    physical_lines,
    read_header,
    unit_above,
)
from dialogs.understand.plain_text import narrow, without_mark
from dialogs.understand.row_cuts import (
    are_offices,
    exact_cells,
    is_figure,
    names_apart,
    names_in,
    rows_in_line,
)
from dialogs.understand.rows import read_line
from scoring.questionnaire import Fact, Kind

_HEADER_WITHIN = 4


@dataclass(frozen=True)
class Reading:
    """What a message holds: new rows, lines that wait, and lines that are no rows by what they
    are (`header`, `unit`, `title`, `total`, `rule`). `layout` is the header to read on with."""

    rows: tuple[Row, ...] = ()
    odd: tuple[Odd, ...] = ()
    named: tuple[tuple[str, str], ...] = ()
    layout: Header | None = None
    totals: tuple[Total, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass
class _Reader:
    """The lines of one message, read one after the other."""

    fact: Fact
    today: date
    before: Sequence[Row]
    layout: Header | None
    unit: str = ""
    rows: list[Row] = field(default_factory=list)
    odd: list[Odd] = field(default_factory=list)
    named: list[tuple[str, str]] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def read(self, lines: Sequence[str]) -> None:
        head = self._head(lines)
        for at, line in enumerate(lines[:head]):
            self.named.append(("header" if at == head - 1 else _above(line), line))
        numbers = _serials(lines[head:], self.layout)
        for line, rest in zip(lines[head:], numbers, strict=True):
            self._line(line, rest, alone=len(lines) == 1)

    def _head(self, lines: Sequence[str]) -> int:
        """How many lines the head of the table takes; what it says is kept."""
        labels = {name: column.label for name, column in self.fact.columns.items()}
        wanted = [n for n, column in line_columns(self.fact).items() if not column.optional]
        for at, line in enumerate(lines[:_HEADER_WITHIN]):
            self.unit = unit_above(line) or self.unit
            found = self._header(line, labels, wanted, alone=len(lines) == 1)
            if found:
                self.layout = found
                return at + 1
            if not (unit_above(line) or len(cells_of(line)) == 1):
                return 0
        return 0

    def _header(
        self, line: str, labels: Mapping[str, str], wanted: Sequence[str], alone: bool
    ) -> Header | None:
        lines = line_columns(self.fact)
        if len(lines) == 1:
            (name,) = lines
            if is_name_of(line, [labels[name], self.fact.label]) and not alone:
                cells = cells_of(line)
                return Header((*("#" for _ in cells[1:]), name))
            if "\t" not in line:
                return None
        found = read_header(line, labels, wanted)
        whole = found and set(wanted) <= set(found.order)
        return found if found and (whole or not alone) else None

    def _line(self, line: str, rest: str, alone: bool) -> None:
        if is_rule(line) or unit_above(line):
            self.unit = unit_above(line) or self.unit
            self.named.append(("rule" if is_rule(line) else "unit", line))
        elif is_total(rest):
            found = total_of(rest, self.fact, self.today, self.layout, self._unit_of)
            self.totals += [
                replace(found, start=len(self.before), end=len(self._stand) + len(self.odd))
            ]
            self.named.append(("total", line))
        else:
            for part in self._parts(rest):
                self._row(part, line, alone)

    @property
    def _stand(self) -> list[Row]:
        return [*self.before, *self.rows]

    def _row(self, text: str, line: str, alone: bool) -> None:
        judged = self._judge(text)
        numbered = _number_of(line, text) if alone else 0
        if isinstance(judged, Taken) and 1 <= numbered <= len(self.before):
            judged = Doubt("numbered", twin=numbered, row=judged.row, notes=judged.notes)
        if isinstance(judged, Taken):
            self.rows.append(judged.row)
            self.notes += judged.notes
        else:
            told = f"{numbered}. {text}" if judged.kind == "numbered" else text
            self.odd.append(Odd(len(self._stand), told))

    def _judge(self, text: str) -> Taken | Doubt:
        return judge(text, self.fact, self.today, self._stand, columns_of(self.fact, self.layout))

    def _parts(self, line: str) -> list[str]:
        """The lines that one line stands for: itself as the header lays it out, or several rows."""
        layout = self.layout
        cells = exact_cells(line)
        if layout and cells:
            return [self._laid(cells, layout)]
        columns = line_columns(self.fact)
        if len(columns) == 1:
            return [line]
        if layout and len([o for o in layout.order if o in columns]) == len(columns):
            order = [o for o in layout.order if o in columns]
            fit = read_line(line, slots(self.fact, order, self.today))
            if fit.is_whole and order != list(columns):
                return ["\t".join(self._with_unit(c, fit.cells.get(c, "")) for c in columns)]
        return self._several(line) or [self._united(line)]

    def _several(self, line: str) -> list[str]:
        """The rows of a line in which commas stand between rows, where each of them is whole."""
        columns = line_columns(self.fact)
        wanted = slots(self.fact, list(columns), self.today)
        words = all(column.type is Kind.TEXT for column in columns.values())
        ways = list(rows_in_line(line))
        if words:
            # Words may hold commas themselves: only the surest mark stands between rows of words.
            ways = ways[:1] if ";" in narrow(line) else []
        for parts in ways:
            if all(_is_whole(part, wanted) for part in parts):
                return [without_mark(part) for part in parts]
        return []

    def _laid(self, cells: Sequence[str], layout: Header) -> str:
        """The cells in the order of the columns, with the units that the header names."""
        given = dict(zip(layout.order, cells, strict=False))
        order = columns_of(self.fact, layout)
        laid = [self._with_unit(name, given.get(name, "")) for name in order]
        beyond = [cell for cell in cells[len(layout.order) :] if cell]
        return "\t".join([*laid, *beyond])

    def _united(self, line: str) -> str:
        """The line with the unit above the table put to its bare amounts, cell by cell."""
        if not self.unit and not (self.layout and self.layout.units):
            return line
        columns = line_columns(self.fact)
        fit = read_line(line, slots(self.fact, list(columns), self.today))
        if not fit.is_whole:
            return line
        return "\t".join(self._with_unit(c, fit.cells.get(c, "")) for c in columns)

    def _with_unit(self, name: str, cell: str) -> str:
        bare = is_figure(cell) and cell[-1:].isdigit()
        return cell + self._unit_of(name) if bare else cell

    def _unit_of(self, name: str) -> str:
        if self.fact.columns[name].type is not Kind.MONEY:
            return ""
        named = self.layout.units.get(name, "") if self.layout else ""
        return named or MONEY_UNITS.get(self.unit, "")


def read_table(
    fact: Fact, text: str, today: date, before: Sequence[Row], layout: Header | None = None
) -> Reading:
    """What the lines of a message are, beside the rows that stand already."""
    lines = physical_lines(text)
    columns = line_columns(fact)
    if len(columns) == 1 and len(lines) == 1:
        apart = names_apart(lines[0])
        lines = names_in(lines[0]) or (apart if apart and are_offices(apart) else lines)
    else:
        lines = joined(lines, fact, today)
    reader = _Reader(fact, today, before, layout)
    reader.read(lines)
    return Reading(
        tuple(reader.rows),
        tuple(reader.odd),
        tuple(reader.named),
        reader.layout,
        tuple(reader.totals),
        tuple(dict.fromkeys(reader.notes)),
    )


def columns_of(fact: Fact, layout: Header | None) -> list[str]:
    """The columns of a line with tabs: those that every line has, then others of the header."""
    lines = list(line_columns(fact))
    others = [name for name in layout.order if name in fact.columns] if layout else []
    return [*lines, *(name for name in fact.columns if name in others and name not in lines)]


def plain_layout(layout: Header | None) -> dict[str, Any]:
    """A header as plain data, to be stored."""
    return {"order": list(layout.order), "units": dict(layout.units)} if layout else {}


def layout_of(plain: Mapping[str, Any]) -> Header | None:
    """A header from plain data."""
    return Header(tuple(plain["order"]), plain["units"]) if plain else None


def _above(line: str) -> str:
    return "unit" if unit_above(line) else "title"


def _serials(lines: Sequence[str], layout: Header | None) -> list[str]:
    """The lines without list marks and without serial numbers that count on from line to line."""
    if layout and "#" in layout.order and any(exact_cells(line) for line in lines):
        return [line if exact_cells(line) else without_mark(line) for line in lines]
    found = [listed_serial(line) for line in lines if not is_total(line)]
    numbers = [each[0] for each in found if each]
    counts = len(numbers) == len(found) > 1 and all(
        later - earlier in (0, 1) for earlier, later in pairwise(numbers)
    )
    return [_unnumbered(line, counts) for line in lines]


def _unnumbered(line: str, counts: bool) -> str:
    serial = listed_serial(line)
    if counts and serial:
        return serial[1]
    return line if line.startswith("\t") else without_mark(line).strip()


def _number_of(line: str, text: str) -> int:
    """The number of a list in front of a line that stands alone, 0 if none."""
    dotted = dotted_serial(line)
    return dotted[0] if dotted and text else 0


def _is_whole(part: str, wanted: Sequence[Any]) -> bool:
    return read_line(without_mark(part), wanted).is_whole
