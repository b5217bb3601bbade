"""Exact values that a fact can have.

Money is kept in 元 as a Decimal together with the unit it was typed in; percentages are on
the scale 0–100; nothing is ever a float. `NotApplicable` and `Offline` are answers too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib import resources

import yaml

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Unit:
    """A money unit: its code in files, its label on paper, and its worth in 元."""

    code: str
    label: str
    factor: Decimal


@cache
def money_units() -> Mapping[str, Unit]:
    """The money units by code (`yuan`, `wan`, `yi`), from units.yaml."""
    text = resources.files(__package__).joinpath("units.yaml").read_text(encoding="utf-8")
    table = yaml.safe_load(text)
    return {c: Unit(c, row["label"], Decimal(row["factor"])) for c, row in table.items()}


@dataclass(frozen=True)
class Money:
    """An amount in 元, and the unit in which it was typed.

    >>> Money(Decimal("25870100"), "wan").plain()
    '2587.01万元'
    """

    yuan: Decimal
    unit: str = "yuan"

    def plain(self) -> str:
        unit = money_units()[self.unit]
        return f"{decimal_text(self.yuan / unit.factor)}{unit.label}"


@dataclass(frozen=True)
class Percent:
    """A percentage on the scale 0–100.

    >>> Percent(Decimal("98.31")).plain()
    '98.31%'
    """

    value: Decimal

    def plain(self) -> str:
        return f"{decimal_text(self.value)}%"


@dataclass(frozen=True)
class Number:
    """A plain decimal number, such as a self-score of 0–100 points."""

    value: Decimal

    def plain(self) -> str:
        return decimal_text(self.value)


@dataclass(frozen=True)
class Count:
    """A whole number of things, never negative."""

    value: int

    def plain(self) -> int:
        return self.value


@dataclass(frozen=True)
class Day:
    """A calendar day."""

    value: date

    def plain(self) -> str:
        return self.value.isoformat()


@dataclass(frozen=True)
class YesNo:
    """Yes or no."""

    value: bool

    def plain(self) -> bool:
        return self.value


@dataclass(frozen=True)
class Letters:
    """The criteria or kinds that apply, as option letters in the order of the options."""

    value: tuple[str, ...]

    def plain(self) -> list[str]:
        return list(self.value)


@dataclass(frozen=True)
class Text:
    """Words; an empty text means that the person chose to leave it blank."""

    value: str

    def plain(self) -> str:
        return self.value


@dataclass(frozen=True)
class NotApplicable:
    """The department has no such thing; the reason is a sentence of its own."""

    reason: str

    def plain(self) -> dict[str, str]:
        return {"na": self.reason}


@dataclass(frozen=True)
class Offline:
    """The answer exists but is handed in on paper (线下报送), because it must not go online."""

    def plain(self) -> dict[str, bool]:
        return {"offline": True}


Cell = Money | Percent | Number | Count | Day | YesNo | Letters | Text | Offline


@dataclass(frozen=True)
class Rows:
    """A list of rows; a cell that is not there has not been answered yet."""

    value: tuple[Mapping[str, Cell], ...]

    def plain(self) -> list[dict[str, object]]:
        return [{name: cell.plain() for name, cell in row.items()} for row in self.value]


Value = Cell | Rows | NotApplicable


def decimal_text(number: Decimal) -> str:
    """The shortest exact way to write a decimal.

    >>> decimal_text(Decimal("4.00")), decimal_text(Decimal("100"))
    ('4', '100')
    """
    text = f"{number:f}" if number else "0"
    return text.rstrip("0").rstrip(".") if "." in text else text


def round_points(points: Decimal) -> Decimal:
    """Points to two decimals, half up: the rounding of every score.

    >>> round_points(Decimal("2.945"))
    Decimal('2.95')
    """
    return points.quantize(CENT, ROUND_HALF_UP)
