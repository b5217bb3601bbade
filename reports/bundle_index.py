"""The index inside the bundle of evidence (.xlsx): each item by indicator with its files, who gave
them, and the hashes by which a file can be checked."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from reports.archive import seal
from reports.evidence_index import without_file
from reports.given import Given
from reports.sizes import size_in_words
from reports.wording import say
from reports.workbook_look import Look, height, set_up_page
from scoring.sheet import ScoreSheet
from scoring.standard import Standard

# Nothing that people wrote may become a formula, a link or a number.
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_HEADS = (
    ("bundle_number", 5),
    ("bundle_indicator", 20),
    ("bundle_item", 24),
    ("bundle_path", 36),
    ("bundle_name", 22),
    ("bundle_giver", 8),
    ("bundle_given_at", 11),
    ("bundle_size", 8),
    ("bundle_sum", 24),
    ("bundle_note", 14),
    ("bundle_open", 6),
)
_WIDTHS = tuple(width for _, width in _HEADS)
_HEAD_ROW = 3
_PATH, _OPEN = 2, len(_HEADS) - 1
_LONGEST_LINK = 240
"""Excel refuses a link of more than 255 characters once it is written for it."""


@dataclass(frozen=True)
class Entry:
    """A given file with its place in the bundle, "" for one that could not be read; its size in
    bytes."""

    given: Given
    path: str
    size: int


def build_bundle_index(
    standard: Standard,
    sheet: ScoreSheet,
    entries: Sequence[Entry],
    *,
    department: str,
    version: int,
    made_at: datetime,
) -> bytes:
    """The index as the bytes of an .xlsx file; the same arguments give the same bytes."""
    buffer = io.BytesIO()
    title = say("bundle_title", year=standard.year, version=version)
    with xlsxwriter.Workbook(buffer, _OPTIONS) as workbook:
        workbook.set_properties({"title": title, "created": made_at.replace(tzinfo=None)})
        page = workbook.add_worksheet(say("bundle_tab"))
        set_up_page(page, _WIDTHS, _HEAD_ROW, draft=False)
        rows, counts = _rows(standard, sheet, entries)
        _Sheet(page, Look(workbook)).fill(title, department, rows, counts)
    return seal(buffer.getvalue())


class _Sheet:
    """The only tab, row by row."""

    def __init__(self, page: Worksheet, look: Look) -> None:
        self._page, self._look = page, look

    def fill(
        self,
        title: str,
        department: str,
        rows: Sequence[Sequence[str]],
        counts: Mapping[str, int],
    ) -> None:
        last = len(_HEADS) - 1
        heads = (title, say("bundle_department", department=department))
        self._page.merge_range(0, 0, 0, last, heads[0], self._look.title)
        self._page.merge_range(1, 0, 1, last, heads[1], self._look.plain)
        summary = say("bundle_summary", **counts)
        self._page.merge_range(2, 0, 2, last, summary, self._look.plain)
        for column, (code, _) in enumerate(_HEADS):
            self._page.write_string(_HEAD_ROW, column, say(code), self._look.head)
        for number, row in enumerate(rows, start=1):
            self._row(number, row)

    def _row(self, number: int, cells: Sequence[str]) -> None:
        at = _HEAD_ROW + number
        self._page.write_number(at, 0, number, self._look.maximum)
        for column, text in enumerate(cells, start=1):
            self._page.write_string(at, column, text, self._look.text)
        self._link(at, cells[_PATH])
        self._page.set_row(at, height(list(zip(cells, _WIDTHS[1:-1], strict=True))))

    def _link(self, at: int, path: str) -> None:
        """Leads to the file beside the index. A path is no link itself: programs don't wrap one."""
        if path and len(path) <= _LONGEST_LINK:
            words = say("bundle_open")
            self._page.write_url(at, _OPEN, f"external:{path}", self._look.link, words)
        else:
            self._page.write_string(at, _OPEN, "", self._look.text)


def _rows(
    standard: Standard, sheet: ScoreSheet, entries: Sequence[Entry]
) -> tuple[list[tuple[str, ...]], dict[str, int]]:
    """The cells of all rows but their numbers, and how many items stand how."""
    rows: list[tuple[str, ...]] = []
    first: dict[str, int] = {}
    counts = dict.fromkeys(("wanted", "given", "missing", "offline", "excluded"), 0)
    known: set[str] = set()
    for indicator in standard.indicators:
        head = f"{indicator.code} {indicator.name}"
        for item in indicator.evidence:
            name = f"{item.id} {item.name}"
            given = [entry for entry in entries if entry.given.item == item.id]
            state = "given" if given else without_file(sheet[indicator.code])
            counts["wanted"] += 1
            counts[state] += 1
            known.add(item.id)
            for entry in given:
                rows.append(_of_file(head, name, entry, first, len(rows) + 1))
            if not given:
                rows.append((head, name, *[""] * 6, say(f"index_{state}")))
    for entry in entries:
        if entry.given.item not in known:
            rows.append(_of_file("", say("index_others"), entry, first, len(rows) + 1))
    return rows, counts | {"files": sum(bool(entry.path) for entry in entries)}


def _of_file(
    head: str, name: str, entry: Entry, first: dict[str, int], number: int
) -> tuple[str, ...]:
    given = entry.given
    earlier = first.setdefault(given.sha256, number)
    note = say("bundle_same", number=earlier) if earlier != number else ""
    note = note if entry.path else say("bundle_unreadable")
    at = f"{given.given_at:%Y-%m-%d %H:%M}"
    size = size_in_words(entry.size)
    return (head, name, entry.path, given.name, given.given_by, at, size, given.sha256, note)
