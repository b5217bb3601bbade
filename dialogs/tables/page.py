"""The lines of a box on the page of long texts, read as rows without any talk about them."""

from __future__ import annotations

from datetime import date
from typing import Any

from dialogs.agenda import line_columns
from dialogs.questions import column_text
from dialogs.tables.judging import judge
from dialogs.tables.kept import Row
from dialogs.tables.written import line_text
from dialogs.understand.rows import split_lines
from dialogs.wording import say
from scoring.questionnaire import Fact


def read_lines(
    fact: Fact, text: str, today: date, *, enumerates: bool = True
) -> tuple[list[Row], list[str]]:
    """The rows of a text, and what is wrong with the other lines. Where one line may enumerate
    several rows (甲、乙、丙), it is taken apart."""
    columns = line_columns(fact)
    good: list[Row] = []
    bad: list[str] = []
    for line in split_lines(text, single_column=enumerates and len(columns) == 1):
        found: Any = judge(line, fact, today, ())
        if found.row is not None:
            good.append(found.row)
        elif found.kind in ("bad", "unit"):
            bad.append(say("ask_row_cell", line=line_text(line), problem=found.problem))
        else:
            names = say("cell_gap").join(column_text(column) for column in columns.values())
            bad.append(say("ask_row", line=line_text(line), columns=names))
    return good, bad
