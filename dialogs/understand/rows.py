"""Lines of a table: typed with spaces or commas, or copied from a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from dialogs.understand.plain_text import clean, without_mark

_SPLITTERS: tuple[Callable[[str], list[str]], ...] = (
    lambda line: line.split("\t"),
    lambda line: re.split(r"\s*[|｜]\s*", line),
    lambda line: re.split(r"\s{2,}", line),
    lambda line: line.split(),
    lambda line: re.split(r"[\s]*[,，、;；][\s]*", line),
    lambda line: re.split(r"[\s,，、;；:：]+", line),
)
_MARKS = re.compile("[、；;，,]")
_SHORTEST_NAME, _LONGEST_NAME = 2, 25


@dataclass(frozen=True)
class Slot:
    """A column to fill: its name, whether a cell fits it, whether it may be left out."""

    name: str
    fits: Callable[[str], bool]
    is_text: bool
    optional: bool = False


def split_lines(text: str, single_column: bool) -> list[str]:
    """The lines of a message without list marks; names in one line are split at 、 and ；.

    >>> split_lines("办公室、政策法规股、科学技术促进股", True)
    ['办公室', '政策法规股', '科学技术促进股']
    """
    lines = [line for line in clean(text).split("\n") if line.strip()]
    if single_column and len(lines) == 1:
        lines = _names(lines[0]) or lines
    return [without_mark(line) for line in lines if without_mark(line)]


def _names(line: str) -> list[str]:
    """The names that a line enumerates; none where it is a sentence with commas of its own."""
    marks = set(_MARKS.findall(line))
    if line.endswith("。") or len(marks & {"、", "，"}) > 1:
        return []
    names = [name.strip() for name in _MARKS.split(line) if name.strip()]
    fit = all(_SHORTEST_NAME <= len(name) <= _LONGEST_NAME for name in names)
    return names if fit and len(names) > 1 else []


def fit_line(line: str, slots: Sequence[Slot]) -> Mapping[str, str] | None:
    """The cells of a line by column, or None where the line does not fit the columns.

    >>> name = Slot("name", lambda c: True, True)
    >>> number = Slot("number", str.isdigit, False)
    >>> dict(fit_line("临聘 人员 6", [name, number]))
    {'name': '临聘 人员', 'number': '6'}
    """
    if len(slots) == 1:
        return {slots[0].name: line.strip()} if slots[0].fits(line) else None
    for split in _SPLITTERS:
        cells = [cell.strip() for cell in split(line.strip()) if cell.strip()]
        fitted = _fit(cells, slots)
        if fitted is not None:
            return fitted
    return None


def _fit(cells: Sequence[str], slots: Sequence[Slot]) -> dict[str, str] | None:
    """Cells dealt out to the columns in order; a text column may take several neighbours."""
    if not slots:
        return {} if not cells else None
    slot, rest = slots[0], slots[1:]
    most = len(cells) if slot.is_text else min(1, len(cells))
    for taken in range(1, most + 1):
        cell = " ".join(cells[:taken])
        if not slot.fits(cell):
            continue
        fitted = _fit(cells[taken:], rest)
        if fitted is not None:
            return {slot.name: cell, **fitted}
    return _fit(cells, rest) if slot.optional else None
