"""How the summary's workbook looks: its formats, and tables put down cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from reports.wording import say
from reports.workbook_look import Look, foot, height

Figure = Decimal | int | str | None
"""What stands in a cell; None leaves it empty."""

A3, A4 = 8, 9
_LEFT = "left"
_CHANGED, _GROUP = "#FCE4D6", "#E2EFDA"


class SummaryLook(Look):
    """The score sheet's formats and a few more."""

    def __init__(self, workbook: Workbook) -> None:
        super().__init__(workbook)
        self.book = workbook
        self.signed = self._make(align="center", num_format="+0.00;-0.00;0.00")
        self.rate = self._make(align="center", num_format="0.0%")
        self.count = self._make(align="center", num_format="0")
        self.changed = self._make(align="center", num_format="0.00", bg_color=_CHANGED, bold=True)
        self.upright = self._make(align="center", font_size=9, bg_color="#F2F2F2", rotation=90)
        self.group = self._make(align="center", bg_color=_GROUP, bold=True)
        self.note = self._make(border=0, align=_LEFT, valign="top")
        self.strong_rate = self._make(
            align="center", num_format="0.0%", bold=True, bg_color="#F2F2F2"
        )


class Sheet:
    """One tab: a title, heads, rows below one another; `row` is the next free one, from 0."""

    def __init__(
        self, look: SummaryLook, name: str, widths: Sequence[float], *, paper: int = A4
    ) -> None:
        self.look, self.name, self.widths = look, name, widths
        self.page: Worksheet = look.book.add_worksheet(name)
        self.row = 0
        self.page.set_paper(paper)
        self.page.set_landscape()
        self.page.fit_to_pages(1, 0)
        self.page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        self.page.set_footer(foot(""))
        for column, width in enumerate(widths):
            self.page.set_column(column, column, width)

    @property
    def last(self) -> int:
        """The last column."""
        return len(self.widths) - 1

    def title(self, words: str) -> None:
        self.page.set_row(self.row, 28)
        self.page.merge_range(self.row, 0, self.row, self.last, words, self.look.title)
        self.row += 1

    def words(self, words: str) -> None:
        """A paragraph across the sheet."""
        width = float(sum(self.widths))
        self.page.set_row(self.row, height([(words, width)]))
        self.page.merge_range(self.row, 0, self.row, self.last, words, self.look.note)
        self.row += 1

    def heads(self, heads: Sequence[str], *, freeze: int | None = None) -> None:
        """The heads of a table; `freeze` is how many columns stay in sight beside them."""
        for column, head in enumerate(heads):
            self.page.write_string(self.row, column, head, self.look.head)
        fitted = zip(heads, self.widths, strict=False)
        self.page.set_row(self.row, height(list(fitted)))
        if freeze is not None:
            self.page.freeze_panes(self.row + 1, freeze)
            self.page.repeat_rows(self.row)
        self.row += 1

    def put(self, column: int, value: Figure, form: Format) -> None:
        """One cell of the present row: numbers as numbers, words never as anything else."""
        if value is None or value == "":
            self.page.write_blank(self.row, column, None, form)
        elif isinstance(value, str):
            self.page.write_string(self.row, column, value, form)
        else:
            self.page.write_number(self.row, column, float(value), form)

    def line(self, *cells: tuple[Figure, Format]) -> None:
        """A whole row, as high as its longest text needs."""
        for column, (value, form) in enumerate(cells):
            self.put(column, value, form)
        pairs = zip(cells, self.widths, strict=False)
        self.next([(value, width) for (value, _), width in pairs if isinstance(value, str)])

    def next(self, texts: Sequence[tuple[str, float]] = ()) -> None:
        """Ends the row; `texts` are those that may take several lines, with their widths."""
        if texts:
            self.page.set_row(self.row, height(texts))
        self.row += 1


def shown(cell: Decimal | str | None) -> Decimal | str:
    """Points as they stand in a table, or the word for why there are none."""
    if isinstance(cell, Decimal):
        return cell
    if not cell:
        return say("summary_missing")
    return say("summary_offline_cell" if cell == "offline" else f"summary_{cell}")
