"""Rows typed one cell a line, each behind the name of its column."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dialogs.agenda import line_columns
from dialogs.tables.judging import slots
from dialogs.understand.plain_text import without_mark
from dialogs.understand.row_cuts import one_labelled
from dialogs.understand.rows import Slot, without_label
from scoring.questionnaire import Fact


def joined(lines: Sequence[str], fact: Fact, today: date) -> list[str]:
    """The lines, with those put together that each give one cell of a row by its name."""
    columns = list(line_columns(fact))
    wanted = slots(fact, columns, today)
    made: list[str] = []
    block: dict[str, str] = {}
    for line in [*lines, ""]:
        named = next(((s.name, v) for s in wanted if (v := _labelled(line, s))), None)
        if named and (named[0] not in block) and (block or named[0] == columns[0]):
            block[named[0]] = named[1]
            continue
        if block:
            made.append("\t".join(block.get(name, "") for name in columns))
            block = {}
        if named and named[0] == columns[0]:
            block[named[0]] = named[1]
        elif line:
            made.append(line)
    return made


def _labelled(line: str, slot: Slot) -> str:
    """The cell of a line that holds one cell alone, behind the name of its column and a colon."""
    bare = one_labelled(without_mark(line))
    return (without_label(bare, slot) or "") if bare else ""
