"""A cell without which a row counts as nothing."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.checks.base import Check, Finding, Severity, View, row_key
from scoring.questionnaire import Kind
from scoring.rules.base import Need


class MissingCell(Check):
    """Every row has its `column`; until then it counts as zero."""

    rows: str
    column: str
    name: str

    def needs(self) -> tuple[Need, ...]:
        columns = ((self.column, frozenset[Kind]()), (self.name, frozenset({Kind.TEXT})))
        return (Need(self.rows, frozenset({Kind.ROWS}), columns),)

    def find(self, view: View) -> Iterator[Finding]:
        for number, row in enumerate(view.rows(self.rows)):
            if row.get(self.column) is not None:
                continue
            numbers = {
                "place": view.cell(self.rows, number, self.column),
                "name": row.get(self.name, ""),
            }
            key = f"missing:{self.rows}:{self.column}:{row_key(row, self.name, number)}"
            yield Finding(key, Severity.WARNING, (self.rows,), "missing_cell", numbers)
