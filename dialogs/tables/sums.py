"""The total line of a copied table, held against the rows above it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from dialogs.agenda import line_columns
from dialogs.answers import read_cell
from dialogs.describing import described_cell
from dialogs.tables.kept import Row
from dialogs.understand.pasted import Header, total_figures
from dialogs.understand.reading import Ask
from dialogs.wording import clauses, say
from scoring.plain import read_cell as read_stored
from scoring.questionnaire import Column, Fact, Kind
from scoring.values import Cell, Count, Money

_SUMMED = (Kind.MONEY, Kind.COUNT)


@dataclass(frozen=True)
class Total:
    """The figures of a total line by column, as plain data, and the rows from `start` to `end`
    (from 0, the end left out) above it."""

    figures: Mapping[str, Any] = field(default_factory=dict)
    start: int = 0
    end: int = 0

    def plain(self) -> dict[str, Any]:
        """As it is stored."""
        return asdict(self)


def total_of(
    line: str,
    fact: Fact,
    today: date,
    layout: Header | None,
    unit_of: Callable[[str], str],
) -> Total:
    """The total that a line gives for the columns that can be added up."""
    cells = total_figures(line)
    columns = {n: c for n, c in line_columns(fact).items() if c.type in _SUMMED}
    if layout and "\t" in line:
        given = {n: c for n, c in zip(layout.order, cells, strict=False) if n in columns and c}
    else:
        given = dict(zip(columns, [cell for cell in cells if cell], strict=False))
    figures: dict[str, Any] = {}
    for name, cell in given.items():
        bare = cell[-1:].isdigit()
        got = read_cell(columns[name], cell + unit_of(name) if bare else cell, today)
        if not isinstance(got, Ask):
            figures[name] = got.value.plain()
    return Total(figures)


def difference(total: Mapping[str, Any], fact: Fact, rows: Sequence[Row]) -> str:
    """What a total says other than the rows add up to, in words; "" where it agrees, with those
    above it or with all of them."""
    told = []
    for name, plain in total["figures"].items():
        column = fact.columns[name]
        wanted = _figure(read_stored(column, plain))
        above = _sum(column, name, rows[total["start"] : total["end"]])
        if wanted in (above, _sum(column, name, rows), _sum(column, name, rows[: total["end"]])):
            continue
        value = _like(read_stored(column, plain), above)
        told.append(
            say(
                "rows_total_differs",
                label=column.label,
                total=described_cell(read_stored(column, plain), column),
                sum=described_cell(value, column),
            )
        )
    return clauses(told)


def _sum(column: Column, name: str, rows: Sequence[Row]) -> Decimal:
    cells = [row[name] for row in rows if isinstance(row.get(name), str | int)]
    return sum((_figure(read_stored(column, cell)) for cell in cells if cell != ""), Decimal(0))


def _figure(value: Cell) -> Decimal:
    if isinstance(value, Money):
        return value.yuan
    return Decimal(value.value) if isinstance(value, Count) else Decimal(0)


def _like(value: Cell, figure: Decimal) -> Cell:
    return Money(figure, value.unit) if isinstance(value, Money) else Count(int(figure))
