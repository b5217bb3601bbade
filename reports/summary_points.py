"""The tabs of the summary with every department's points by indicator, and what finance changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from xlsxwriter.utility import xl_col_to_name

from reports.cycle_results import Cell, CycleResults, Result, leaves, mean
from reports.summary_look import A3, Sheet, SummaryLook, shown
from reports.wording import say

_CODE, _NAME, _FIRST = 8, 32, 2
_POINTS, _TOTAL = 6.5, 9
_NAMES_HIGH = 110
"""How high the row with the indicators' names is, which stand upright, in points."""


def add_own(look: SummaryLook, found: CycleResults) -> None:
    """Adds the departments' own points: all of whom something was ever delivered."""
    shown_here = [one for one in found.results if one.total is not None]
    _Matrix(look, "own", found, lambda one: one.points, lambda one: one.total).fill(shown_here)


def add_reviewed(look: SummaryLook, found: CycleResults) -> None:
    """Adds the points as finance reviewed them, what differs marked."""
    shown_here = [one for one in found.results if one.reviewed_total is not None]
    matrix = _Matrix(
        look, "reviewed", found, lambda one: one.reviewed, lambda one: one.reviewed_total
    )
    matrix.fill(shown_here)


class _Matrix:
    """A tab with a row for each department and a column for each indicator."""

    def __init__(
        self,
        look: SummaryLook,
        kind: str,
        found: CycleResults,
        points: Callable[[Result], Mapping[str, Cell]],
        total: Callable[[Result], Decimal | None],
    ) -> None:
        self.found, self.points, self.total = found, points, total
        self.codes = [one.code for one in found.standard.indicators]
        widths = (_CODE, _NAME, *[_POINTS] * len(self.codes), _TOTAL)
        self.sheet = Sheet(look, say(f"summary_tab_{kind}"), widths, paper=A3)
        self.kind, self.look = kind, look

    def fill(self, results: Sequence[Result]) -> None:
        self.sheet.title(say(f"summary_{self.kind}_title"))
        self._heads()
        first = self.sheet.row
        for one in results:
            self._line(one)
        self._means(results, first)

    def _heads(self) -> None:
        """First-level names across, codes, names upright, maxima."""
        sheet, page, row = self.sheet, self.sheet.page, self.sheet.row
        last = _FIRST + len(self.codes)
        at = _FIRST
        for root in self.found.standard.roots:
            many = len(list(leaves(root)))
            if many > 1:
                page.merge_range(row, at, row, at + many - 1, root.name, self.look.head)
            else:
                page.write_string(row, at, root.name, self.look.head)
            at += many
        for column, code in ((0, "summary_code"), (1, "summary_department")):
            page.merge_range(row, column, row + 2, column, say(code), self.look.head)
        page.merge_range(row, last, row + 2, last, say("summary_total"), self.look.head)
        for column, one in enumerate(self.found.standard.indicators, start=_FIRST):
            page.write_string(row + 1, column, one.code, self.look.head)
            page.write_string(row + 2, column, one.name, self.look.upright)
        page.set_row(row + 2, _NAMES_HIGH)
        sheet.row = row + 3
        self._sums(say("summary_maximum"), [one.max for one in self.found.standard.indicators])
        sheet.put(last, self.found.standard.maximum, self.look.sum_maximum)
        sheet.next()
        page.freeze_panes(sheet.row, _FIRST)
        page.repeat_rows(row, sheet.row - 1)

    def _sums(self, name: str, figures: Sequence[Decimal]) -> None:
        self.sheet.page.merge_range(self.sheet.row, 0, self.sheet.row, 1, name, self.look.sum_name)
        for column, figure in enumerate(figures, start=_FIRST):
            self.sheet.put(column, figure, self.look.sum_maximum)

    def _line(self, one: Result) -> None:
        changed = {change.indicator for change in one.changes} if self.kind == "reviewed" else ()
        self.sheet.put(0, one.code, self.look.name)
        self.sheet.put(1, one.department, self.look.text)
        for column, code in enumerate(self.codes, start=_FIRST):
            form = self.look.changed if code in changed else self.look.points
            self.sheet.put(column, shown(self.points(one).get(code)), form)
        self.sheet.put(_FIRST + len(self.codes), self.total(one), self.look.sum_points)
        self.sheet.next([(one.department, _NAME)])

    def _means(self, results: Sequence[Result], first: int) -> None:
        """The average of each column, as a formula that can be checked."""
        if not results:
            return
        page, row = self.sheet.page, self.sheet.row
        page.merge_range(row, 0, row, 1, say("summary_mean"), self.look.sum_name)
        columns = [[self.points(one).get(code) for one in results] for code in self.codes]
        columns.append([self.total(one) for one in results])
        for column, cells in enumerate(columns, start=_FIRST):
            there = mean([cell for cell in cells if isinstance(cell, Decimal)])
            letter = xl_col_to_name(column)
            if there is None:
                self.sheet.put(column, None, self.look.sum_points)
                continue
            formula = f"=ROUND(AVERAGE({letter}{first + 1}:{letter}{row}),2)"
            page.write_formula(row, column, formula, self.look.sum_points, float(there))
        self.sheet.next()


_CHANGES = (8, 32, 9, 28, 9, 9, 9, 60)
_CHANGE_HEADS = (
    *("summary_code", "summary_department", "summary_code", "summary_indicator"),
    *("summary_before", "summary_after", "summary_delta", "summary_reason"),
)


def add_changes(look: SummaryLook, found: CycleResults) -> None:
    """Adds every indicator to which finance gave other points, with the reason."""
    sheet = Sheet(look, say("summary_tab_changes"), _CHANGES)
    sheet.title(say("summary_changes_title"))
    changes = [(one, change) for one in found.results for change in one.changes]
    if not changes:
        sheet.words(say("summary_no_changes"))
        return
    sheet.heads([say(code) for code in _CHANGE_HEADS], freeze=2)
    first = sheet.row
    for one, change in changes:
        name = found.standard.nodes[change.indicator].name
        own = change.before
        delta = change.after - own if isinstance(own, Decimal) else None
        sheet.line(
            (one.code, look.name),
            (one.department, look.text),
            (change.indicator, look.name),
            (name, look.text),
            (shown(own), look.points),
            (change.after, look.points),
            (delta, look.signed),
            (change.reason, look.text),
        )
    sheet.page.autofilter(first - 1, 0, sheet.row - 1, sheet.last)
