"""Two versions of a form side by side: which data changed, row by row, and which scores moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from reports.wording import phrases, say
from scoring.engine import score
from scoring.questionnaire import Column, Fact, Kind
from scoring.sheet import ScoreSheet
from scoring.standard import Standard
from scoring.values import Cell, Letters, Rows, Text, Value, money_units
from scoring.wording import written

Cells = Mapping[str, Cell]


@dataclass(frozen=True)
class FactChange:
    """One fact with what stood there and what stands there now, as written; "" for nothing."""

    fact: str
    label: str
    number: int
    old: str
    new: str


@dataclass(frozen=True)
class CellChange:
    """One cell of a row that is in both versions."""

    row: str
    column: str
    old: str
    new: str


@dataclass(frozen=True)
class RowsChange:
    """A table: rows only in the new version, rows only in the old one, and changed cells."""

    fact: str
    label: str
    number: int
    added: tuple[str, ...]
    removed: tuple[str, ...]
    cells: tuple[CellChange, ...]


@dataclass(frozen=True)
class Moved:
    """An indicator whose points are no longer the same."""

    code: str
    name: str
    old: Decimal
    new: Decimal


@dataclass(frozen=True)
class Comparison:
    """All that differs, in the order of the questionnaire and of the tree."""

    facts: tuple[FactChange, ...]
    tables: tuple[RowsChange, ...]
    moved: tuple[Moved, ...]
    total_before: Decimal
    total_after: Decimal

    @property
    def is_same(self) -> bool:
        """Whether nothing was changed at all."""
        return not (self.facts or self.tables or self.moved)


def compare(
    standard: Standard, before: Mapping[str, Value], after: Mapping[str, Value]
) -> Comparison:
    """What differs between two versions of the answers."""
    facts: list[FactChange] = []
    tables: list[RowsChange] = []
    for name, fact in standard.facts.items():
        old, new = before.get(name), after.get(name)
        if old == new:
            continue
        number = standard.number_of[standard.question_of[name].id]
        if isinstance(old, Rows) and isinstance(new, Rows):
            tables.append(_rows(name, fact, number, old, new))
        elif _told(old, fact) != _told(new, fact):
            facts.append(FactChange(name, fact.label, number, _told(old, fact), _told(new, fact)))
    sheets = score(standard, before), score(standard, after)
    totals = sheets[0].total.low, sheets[1].total.low
    return Comparison(tuple(facts), tuple(tables), _moved(standard, *sheets), *totals)


def _moved(standard: Standard, old: ScoreSheet, new: ScoreSheet) -> tuple[Moved, ...]:
    return tuple(
        Moved(code, standard.nodes[code].name, old[code].low, new[code].low)
        for code in new.indicators
        if old[code].low != new[code].low
    )


def _rows(name: str, fact: Fact, number: int, old: Rows, new: Rows) -> RowsChange:
    """Rows are the same when their names are, else when they stand in the same place."""
    pairs, removed, added = _matched(old, new, fact)
    cells = [
        CellChange(row_name(mine, fact), spec.label, *both)
        for before, mine in pairs
        for column, spec in fact.columns.items()
        if (both := (_told(before.get(column), spec), _told(mine.get(column), spec)))
        and both[0] != both[1]
    ]
    names = [tuple(row_name(row, fact) for row in rows) for rows in (added, removed)]
    return RowsChange(name, fact.label, number, names[0], names[1], tuple(cells))


def _matched(
    old: Rows, new: Rows, fact: Fact
) -> tuple[list[tuple[Cells, Cells]], list[Cells], list[Cells]]:
    """Pairs of rows, then the old and the new rows that have no partner."""
    pairs: list[tuple[int, Cells, Cells]] = []
    left, fresh = list(old.value), list[tuple[int, Cells]]()
    for place, row in enumerate(new.value):
        name = row_name(row, fact)
        partner = next((each for each in left if row_name(each, fact) == name), None)
        if partner is None:
            fresh.append((place, row))
        else:
            left.remove(partner)
            pairs.append((place, partner, row))
    if len(left) == len(fresh):
        # Nothing was added or taken away, so what is left was renamed.
        pairs += [(place, mine, row) for mine, (place, row) in zip(left, fresh, strict=True)]
        left, fresh = [], []
    ordered = sorted(pairs, key=lambda pair: pair[0])
    return [(mine, row) for _, mine, row in ordered], left, [row for _, row in fresh]


def row_name(row: Cells, fact: Fact) -> str:
    """What people know a row by: its first text."""
    texts = (row[column] for column in fact.columns if isinstance(row.get(column), Text))
    return next((cell.value for cell in texts if isinstance(cell, Text) and cell.value), "")


def _told(value: Value | None, spec: Fact | Column) -> str:
    """A value as written, with its unit."""
    if value is None:
        return ""
    if isinstance(value, Letters) and isinstance(spec, Fact):
        labels = [spec.options[each].label for each in value.value if each in spec.options]
        return str(phrases()["comma"]).join(labels) or say("compare_none")
    text = written(value)
    if spec.type in (Kind.COUNT, Kind.NUMBER) and text and not isinstance(value, Text):
        units = money_units()
        return text + (units[spec.unit].label if spec.unit in units else spec.unit)
    return text
