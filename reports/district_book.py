"""The progress of all departments as a workbook: who is where, sections, what is missing, people."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from reports.district import Cell, District, Line
from reports.layout import layout
from reports.wording import phrases, say
from reports.workbook_look import height

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_A4 = 9
_HEAD = 3
_WIDTHS = (7, 36, 9, 13, 22, 17, 9, 7, 7, 7, 8, 8, 34, 26, 10, 20)
_SECTION_WIDTHS = (7, 36, 11, 8)
_MISSING_WIDTHS = (7, 36, 14, 14, 60, 8)
_PEOPLE_WIDTHS = (7, 36, 20, 40, 40)
_SECTION_WIDTH = 10
_SHADES = {
    "late": "#F6C9C4", "nobody": "#F6C9C4", "blocked": "#F6C9C4",
    "falling": "#FBE3BF", "stuck": "#FBE3BF",
}  # fmt: skip
_DONE, _PART = "#CDE8D5", "#DCE8F6"
Written = str | int | float | None
Row = Sequence[tuple[Written, str]]
"""The cells of a row, each with the name of its look."""


def build_district_book(districts: Sequence[District]) -> bytes:
    """The workbook as the bytes of an .xlsx file, for one cycle or several.

    Texts of people are written as texts, never as formulas. Each sheet can be filtered and sorted,
    is printed on A4 across, and repeats its head.
    """
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, _OPTIONS)
    made = min(district.at for district in districts)
    workbook.set_properties({"created": made.replace(tzinfo=None)})
    book = _Book(workbook, several=len(districts) > 1)
    for number, district in enumerate(districts, start=1):
        book.fill(district, number)
    workbook.close()
    return buffer.getvalue()


class _Book:
    """The workbook, sheet by sheet."""

    def __init__(self, workbook: Workbook, *, several: bool) -> None:
        self._workbook, self._several = workbook, several
        self._looks: dict[str, Format] = {}

    def fill(self, district: District, number: int) -> None:
        """Four sheets for a cycle; of several cycles they are numbered."""
        for code, write in _SHEETS.items():
            name = say(f"district_sheet_{code}")
            page = self._workbook.add_worksheet(f"{name}{number}" if self._several else name)
            heads, widths, rows = write(district)
            self._sheet(page, district, heads, widths, rows)

    def _sheet(
        self,
        page: Worksheet,
        district: District,
        heads: Sequence[str],
        widths: Sequence[int],
        rows: Sequence[Row],
    ) -> None:
        page.set_paper(_A4)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        page.freeze_panes(_HEAD + 1, 2)
        page.repeat_rows(_HEAD)
        page.set_footer(f"&C{phrases()['sheet_page']}")
        page.set_row(0, 30)
        page.write_string(0, 0, say("district_title", cycle=district.cycle), self._look("title"))
        page.write_string(1, 0, _note(district), self._look("plain"))
        for column, (head, width) in enumerate(zip(heads, widths, strict=True)):
            page.set_column(column, column, width)
            page.write_string(_HEAD, column, head, self._look("head"))
        page.set_row(_HEAD, height(list(zip(heads, widths, strict=True))))
        for at, row in enumerate(rows, start=_HEAD + 1):
            self._row(page, at, row, widths)
        last = _HEAD + max(len(rows), 1)
        page.autofilter(_HEAD, 0, last, len(heads) - 1)

    def _row(self, page: Worksheet, at: int, row: Row, widths: Sequence[int]) -> None:
        texts = [(str(value or ""), width) for (value, _), width in zip(row, widths, strict=True)]
        page.set_row(at, height(texts))
        for column, (value, look) in enumerate(row):
            form = self._look(look)
            if isinstance(value, str):
                page.write_string(at, column, value, form)
            elif value is None:
                page.write_blank(at, column, None, form)
            else:
                page.write_number(at, column, value, form)

    def _look(self, name: str) -> Format:
        if name not in self._looks:
            fonts = layout().fonts
            base = {"font_name": fonts["song"].name, "font_size": 10, "valign": "vcenter"}
            self._looks[name] = self._workbook.add_format({**base, **_look_of(name)})
        return self._looks[name]


def _look_of(name: str) -> dict[str, Any]:
    """A look: title, plain, head, or text, centre, percent, points, each perhaps with a shade
    (`text:#CDE8D5`)."""
    kind, _, shade = name.partition(":")
    heading = layout().fonts["hei"].name
    look: dict[str, Any] = {
        "title": {"font_name": heading, "font_size": 16},
        "plain": {},
        "head": {
            "font_name": heading, "border": 1, "text_wrap": True, "align": "center",
            "bg_color": "#F2F2F2",
        },
        "text": {"border": 1, "text_wrap": True, "align": "left"},
        "centre": {"border": 1, "text_wrap": True, "align": "center"},
        "percent": {"border": 1, "align": "center", "num_format": "0%"},
        "points": {"border": 1, "align": "center", "num_format": "0.00"},
    }[kind]  # fmt: skip
    return {**look, "bg_color": shade} if shade else look


def _note(district: District) -> str:
    at = district.at
    return say(
        "district_note",
        at=say("district_at", month=at.month, day=at.day, time=f"{at:%H:%M}"),
        deadline=district.deadline,
        left=district.left,
        count=len(district.lines),
        states=say("district_comma").join(
            say("district_joined", name=name, count=count) for name, count in district.states
        ),
    )


Sheet = tuple[Sequence[str], Sequence[int], Sequence[Row]]


def _all(district: District) -> Sheet:
    """One line a department."""
    return phrases()["district_heads"], _WIDTHS, [_line(line) for line in district.lines]


def _line(line: Line) -> Row:
    shade = next((_SHADES[mark] for mark in line.marks if mark in _SHADES), "")
    amiss = f"text:{shade}" if shade else "text"
    deadline = f"{line.deadline:%Y-%m-%d %H:%M}" if line.deadline else ""
    return (
        (line.code, "centre"),
        (line.department, "text"),
        (line.state, "centre"),
        (line.contacts, "text"),
        (line.leaders, "text"),
        (deadline, "centre"),
        (line.left if deadline else None, "centre"),
        (line.done, "centre"),
        (line.total, "centre"),
        (line.percent / 100, "percent"),
        (float(line.points), "points"),
        (float(line.high), "points"),
        (line.what, amiss),
        (line.last, "text"),
        (line.idle, "centre"),
        (line.handed, "text"),
    )


def _sections(district: District) -> Sheet:
    """Departments × sections, done of all."""
    names = district.sections
    heads = [*phrases()["district_section_heads"], *names]
    widths = [*_SECTION_WIDTHS, *(_SECTION_WIDTH for _ in names)]
    rows: list[Row] = [
        (
            (line.code, "centre"),
            (line.department, "text"),
            (line.state, "centre"),
            (line.percent / 100, "percent"),
            *(_cell(cell) for cell in line.cells),
        )
        for line in district.lines
    ]
    return heads, widths, rows


def _cell(cell: Cell) -> tuple[Written, str]:
    if not cell.total:
        return say("district_not_asked"), "centre"
    shade = _SHADES["blocked"] if cell.blocked else _DONE if cell.share >= 1 else ""
    if not shade and cell.done:
        shade = _PART
    told = say("district_cell", done=cell.done, total=cell.total)
    return told, f"centre:{shade}" if shade else "centre"


def _missing(district: District) -> Sheet:
    """What is missing or doubtful, a line each."""
    rows = [row for line in district.lines for row in _gaps(line)]
    return phrases()["district_missing_heads"], _MISSING_WIDTHS, rows


def _gaps(line: Line) -> Iterator[Row]:
    found: list[tuple[str, str, int | None]] = []
    found += [("questions", name, count) for name, count in line.missing]
    found += [("blocker", text, None) for text in line.blockers]
    if line.unproved:
        names = say("district_comma").join(line.unproved)
        found.append(("unproved", names, len(line.unproved)))
    for kind, text, count in found:
        yield (
            (line.code, "centre"),
            (line.department, "text"),
            (line.contacts, "text"),
            (say(f"district_missing_{kind}"), "centre"),
            (text, "text"),
            (count, "centre"),
        )


def _people(district: District) -> Sheet:
    """Who has to do with which department."""
    lines = sorted(district.lines, key=lambda line: line.code)
    rows = [
        (
            (line.code, "centre"),
            (line.department, "text"),
            (line.contacts, "text"),
            (line.leaders, "text"),
            (line.colleagues, "text"),
        )
        for line in lines
    ]
    return phrases()["district_people_heads"], _PEOPLE_WIDTHS, rows


_SHEETS: dict[str, Callable[[District], Sheet]] = {
    "all": _all,
    "sections": _sections,
    "missing": _missing,
    "people": _people,
}
