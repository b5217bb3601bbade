"""What stands in a cell of a workbook, as its reader sees it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from openpyxl.utils import get_column_letter

_FIGURE = re.compile(r"[-+]?[0-9]{1,20}(?:\.[0-9]{1,12})?")
_SCALED = re.compile(r"[0#?],+(?:[^0#?]|$)")  # a comma after the last digit divides by a thousand
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')  # words, colours and spaces of a format
_LONGEST = 4000


@dataclass(frozen=True)
class Cell:
    """A cell: its value, how it is shown, and where it stands (row and column from 1)."""

    row: int
    column: int
    value: object = None
    format: str = "General"

    @property
    def name(self) -> str:
        return f"{get_column_letter(self.column)}{self.row}"

    @property
    def text(self) -> str:
        """Its words without spaces, full-width characters made plain; "" for an empty cell."""
        if self.value is None or isinstance(self.value, bool):
            return ""
        return re.sub(r"\s", "", str(self.value)[:_LONGEST])

    @property
    def words(self) -> str:
        """Its words as they were typed."""
        return "" if self.value is None else str(self.value)[:_LONGEST].strip()

    @property
    def number(self) -> Decimal | None:
        """The number in it, as Excel shows it; None for words and for an empty cell.

        A file keeps binary numbers, such as 2587.0100000000002: Excel works with 15 digits, so
        do we, and rounds half up to the places of the cell's format, where that fixes them.
        Numbers kept as text are taken with their separators removed.
        """
        if isinstance(self.value, bool | date):
            return None
        if isinstance(self.value, int):
            return Decimal(self.value)
        if isinstance(self.value, float):
            return self._shown(self.value)
        plain = unicodedata.normalize("NFKC", self.text).replace(",", "")
        return Decimal(plain) if _FIGURE.fullmatch(plain) else None

    def _shown(self, value: float) -> Decimal | None:
        number = Decimal(f"{value:.15g}")
        if not number.is_finite():
            return None
        places = fixed_places(self.format)
        if places is None:
            return number
        return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def is_percent(cell: Cell) -> bool:
    """Whether a cell shows its number as a percentage: 0.98 as 98%."""
    return "%" in cell.format


def fixed_places(number_format: str) -> int | None:
    """How many decimals a number format always shows; None where that isn't fixed.

    >>> fixed_places("#,##0.00"), fixed_places("0"), fixed_places("General"), fixed_places("0.0#")
    (2, 0, None, None)
    """
    shown = _LITERAL.sub("", number_format.split(";")[0])
    if "%" in shown or "E" in shown.upper() or _SCALED.search(shown):
        return None
    decimals = re.search(r"\.([0#?]+)", shown)
    if decimals:
        return len(decimals[1]) if set(decimals[1]) == {"0"} else None
    return 0 if re.search(r"[0#]", shown) else None
