"""Whether two values say the same, however they are written."""

from __future__ import annotations

from collections.abc import Mapping

from scoring.values import Cell, Money, Rows, Text, Value


def same(value: Value, other: Value) -> bool:
    """Amounts count in 元 whatever their unit, texts without their white space, and cells left
    blank as if they were not there.

    >>> from decimal import Decimal
    >>> same(Money(Decimal(10000), "wan"), Money(Decimal(10000)))
    True
    """
    if isinstance(value, Rows) and isinstance(other, Rows):
        return [_row(row) for row in value.value] == [_row(row) for row in other.value]
    return _bare(value) == _bare(other)


def _row(row: Mapping[str, Cell]) -> dict[str, object]:
    return {name: _bare(cell) for name, cell in row.items() if cell != Text("")}


def _bare(value: Value | Cell) -> object:
    match value:
        case Money(yuan=yuan):
            return yuan
        case Text(value=words):
            return "".join(words.split())
    return value
