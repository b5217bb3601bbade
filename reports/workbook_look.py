"""How the score sheet's workbook looks: formats, column widths, the printed page."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from reports.layout import layout
from reports.wording import phrases, say

_A4 = 9
_TWO_DECIMALS = "0.00"
_LINE = 13.5
_HIGHEST = 409.0
_SHADE = "#F2F2F2"


class Look:
    """The cell formats of a workbook."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        fonts = layout().fonts
        self._song, self._hei = fonts["song"].name, fonts["hei"].name
        self.title = self._make(font_name=self._hei, font_size=16, border=0, align="center")
        self.plain = self._make(border=0, align="left", text_wrap=False)
        self.head = self._make(font_name=self._hei, align="center", bg_color=_SHADE)
        self.name = self._make(align="center")
        self.text = self._make(align="left")
        self.link = self._make(align="center", color="#0563C1", underline=1)
        self.maximum = self._make(align="center", num_format="General")
        self.points = self._make(align="center", num_format=_TWO_DECIMALS)
        strong: dict[str, Any] = {"bold": True, "bg_color": _SHADE}
        self.sum_name = self._make(align="center", **strong)
        self.sum_maximum = self._make(align="center", num_format="General", **strong)
        self.sum_points = self._make(align="center", num_format=_TWO_DECIMALS, **strong)
        self.sum_text = self._make(align="left", **strong)

    def _make(self, **changes: Any) -> Format:
        base = {
            "font_name": self._song,
            "font_size": 10,
            "border": 1,
            "text_wrap": True,
            "valign": "vcenter",
        }
        return self._workbook.add_format({**base, **changes})


def set_up_page(
    page: Worksheet, widths: Sequence[int], head_row: int, *, draft: bool, code: str = ""
) -> None:
    """A4 across, as wide as the paper, the head repeated on every page."""
    page.set_paper(_A4)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
    page.repeat_rows(head_row)
    page.freeze_panes(head_row + 1, 0)
    page.center_horizontally()
    page.set_footer(foot(code))
    if draft:
        page.set_header(f"&C{phrases()['sheet_draft']}")
    page.set_row(0, 30)
    page.set_row(1, 20)
    for column, width in enumerate(widths):
        page.set_column(column, column, width)


def foot(code: str) -> str:
    """The foot of a printed page: its number in the middle, the version code at the left."""
    mark = f"&L{say('version_code', code=code)}" if code else ""
    return f"{mark}&C{phrases()['sheet_page']}"


def height(texts: Sequence[tuple[str, float]]) -> float:
    """How high a row must be, in points, for texts in columns of these widths.

    Programs do not agree on fitting wrapped rows by themselves, so the lines are counted: a
    Chinese character is as wide as two Western ones.
    """
    lines = max((_lines(text, width) for text, width in texts), default=1)
    return min(_HIGHEST, lines * _LINE + 4)


def _lines(text: str, width: float) -> int:
    room = max(width - 1, 1)
    wide = (sum(2 if ord(letter) > 0x2000 else 1 for letter in line) for line in text.split("\n"))
    return sum(max(1, math.ceil(one / room)) for one in wide)
