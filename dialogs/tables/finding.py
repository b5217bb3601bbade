"""Which row or column of a table is meant by a number, a name, or part of a name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dialogs.agenda import line_columns
from dialogs.answers import read_cell
from dialogs.tables.judging import FIGURES
from dialogs.tables.kept import Row
from dialogs.understand.fields import partial_names
from dialogs.understand.plain_text import before_bracket
from dialogs.understand.reading import Ask
from dialogs.understand.row_cuts import name_key
from dialogs.understand.row_values import said_to_be
from dialogs.understand.row_words import RowWords, split_column
from scoring.questionnaire import Fact

_SHORTEST = 2
_SHORTEST_SPREAD = 3


def labels_of(fact: Fact) -> list[tuple[str, str]]:
    """The words for the columns, with the columns' ids; the longest first."""
    lines = line_columns(fact)
    found: dict[str, str] = {}
    for name, column in fact.columns.items():
        others = [other.label for key, other in fact.columns.items() if key != name]
        parts = partial_names(column.label, others) if name in lines else ()
        for label in (column.label, before_bracket(column.label), *parts):
            found.setdefault(label, name)
    return sorted(found.items(), key=lambda pair: -len(pair[0]))


def numbered_row(number: int, total: int) -> int:
    """The place of a row (from 0) by its number, which counts from the end below 0; -1 if there
    is none.

    >>> numbered_row(2, 3), numbered_row(-1, 3), numbered_row(4, 3)
    (1, 2, -1)
    """
    at = number - 1 if number > 0 else total + number
    return at if 0 <= at < total else -1


def named_rows(draft: Sequence[Row], fact: Fact, name: str) -> list[int]:
    """The places of the rows that a name means: the same, one that holds it, or one that holds its
    characters in their order."""
    wanted = name_key(name)
    if not wanted:
        return []
    names = [name_key(str(row.get(next(iter(line_columns(fact))), ""))) for row in draft]
    same = [at for at, each in enumerate(names) if each == wanted]
    holding = [at for at, each in enumerate(names) if len(wanted) >= _SHORTEST and wanted in each]
    spread = [
        at
        for at, each in enumerate(names)
        if len(wanted) >= _SHORTEST_SPREAD and _is_spread(wanted, each)
    ]
    return same or holding or spread


def rows_with(draft: Sequence[Row], fact: Fact, figure: str, today: date) -> list[tuple[int, str]]:
    """The cells (place of the row, column) that hold a figure now."""
    found = []
    for name, column in fact.columns.items():
        if column.type not in FIGURES:
            continue
        got = read_cell(column, figure, today)
        if isinstance(got, Ask):
            continue
        for at, row in enumerate(draft):
            cell = row.get(name)
            stood = read_cell(column, str(cell), today) if cell not in (None, "") else None
            if stood and not isinstance(stood, Ask) and _same(stood.value, got.value):
                found.append((at, name))
    return found


def meant_rows(draft: Sequence[Row], fact: Fact, said: str) -> tuple[list[int], str]:
    """The rows that words name, and the column behind the name ("" where none is named)."""
    whole = named_rows(draft, fact, said)
    if whole and name_key(said) in {
        name_key(str(next(iter(draft[at].values()), ""))) for at in whole
    }:
        return whole, ""
    name, column = split_column(said, labels_of(fact))
    return (
        (named_rows(draft, fact, name), column) if column else (named_rows(draft, fact, name), "")
    )


def fitting_columns(fact: Fact, value: str, today: date) -> list[str]:
    """The columns of a line that a value may stand in: those of figures if it is one."""
    columns = line_columns(fact)
    fits = [n for n, c in columns.items() if not isinstance(read_cell(c, value, today), Ask)]
    figures = [name for name in fits if columns[name].type in FIGURES]
    return figures or fits


def _same(one: object, other: object) -> bool:
    return getattr(one, "yuan", getattr(one, "value", one)) == getattr(
        other, "yuan", getattr(other, "value", other)
    )


def _is_spread(wanted: str, name: str) -> bool:
    rest = iter(name)
    return all(character in rest for character in wanted)


def row_said_to_be(draft: Sequence[Row], fact: Fact, text: str) -> RowWords | None:
    """A figure that a row is said to have, where the row is called by its name or a part of it;
    None where none is, or several may be meant."""
    said = said_to_be(text)
    if said is None:
        return None
    rows, _ = meant_rows(draft, fact, said[0])
    return RowWords("set", name=said[0], value=said[1]) if len(rows) == 1 else None
