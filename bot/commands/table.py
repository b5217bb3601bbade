"""Tables for a terminal in which Chinese characters are two columns wide."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence


def width(text: str) -> int:
    """How many columns a text takes.

    >>> width("A1 \u6307\u6807")
    7
    """
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def lines(rows: Sequence[Sequence[str]], right: Iterable[int] = ()) -> list[str]:
    """The rows with their columns aligned; those of `right` to the right, the last unpadded."""
    to_right = set(right)
    widths = [max(width(row[column]) for row in rows) for column in range(len(rows[0]))]
    return ["  ".join(_cells(row, widths, to_right)).rstrip() for row in rows]


def _cells(row: Sequence[str], widths: Sequence[int], right: set[int]) -> Iterable[str]:
    for column, text in enumerate(row):
        space = " " * (widths[column] - width(text))
        if column == len(row) - 1:
            yield text
        else:
            yield space + text if column in right else text + space
