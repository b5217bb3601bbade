"""The score sheet (评分表) as a workbook: every indicator, its points and how they came about."""

from __future__ import annotations

import io
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from reports.completeness import require_complete
from reports.evidence_words import evidence_words
from reports.lines import Line, Script, points_words, write_script
from reports.loss_chart import add_losses
from reports.properties import made_on
from reports.shown import without_marks
from reports.wording import phrases, say
from reports.workbook_look import Look, height, set_up_page
from scoring.rules.base import Points
from scoring.sheet import NodeScore, ScoreSheet
from scoring.standard import Standard
from scoring.tree import Indicator
from scoring.values import Value

# Nothing that people wrote may become a formula, a link or a number.
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_HEAD_ROW = 2
_WIDTHS = (9, 5, 9, 5, 14, 5, 9, 42, 36, 24)


def build_score_sheet(
    standard: Standard,
    answers: Mapping[str, Value],
    sheet: ScoreSheet,
    *,
    draft: bool = False,
    code: str = "",
    made_at: datetime | None = None,
    gathered: Collection[str] | None = None,
) -> bytes:
    """The score sheet as the bytes of an .xlsx file; the same arguments give the same bytes.

    One row for each third-level indicator, subtotals and the total; a second tab with the lost
    points. A draft shows the points so far beside those still within reach; the final raises
    NotComplete while anything is open. `code` is the version code at the foot of printed pages.
    `gathered` has the ids of the evidence items that have a file: then the column of evidence says
    of each whether it is there; without it, it names what is wanted.
    """
    if not draft:
        require_complete(standard, answers, sheet)
    script = write_script(standard, answers, sheet)
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, _OPTIONS)
    title = say("sheet_title", year=standard.year)
    created = made_at or made_on(standard, answers)
    workbook.set_properties({"title": title, "created": created.replace(tzinfo=None)})
    _Page(workbook, script, draft, code, gathered).fill(title)
    add_losses(workbook, script, code)
    workbook.close()
    return buffer.getvalue()


class _Page:
    """The first tab, row by row."""

    def __init__(
        self,
        workbook: Workbook,
        script: Script,
        draft: bool,
        code: str,
        gathered: Collection[str] | None,
    ) -> None:
        self.script, self.draft, self.code = script, draft, code
        self.evidence = evidence_words(script.standard, script.sheet, gathered)
        self.look = Look(workbook)
        self.page: Worksheet = workbook.add_worksheet(str(phrases()["sheet_tab"]))
        self.row = _HEAD_ROW + 1
        self.heads = self._heads()
        # Where the texts start: after the scores, of which a draft has one more.
        self.texts = len(self.heads) - 3

    def fill(self, title: str) -> None:
        widths = (*_WIDTHS[:7], *([_WIDTHS[6]] if self.draft else []), *_WIDTHS[7:])
        set_up_page(self.page, widths, _HEAD_ROW, draft=self.draft, code=self.code)
        last = len(self.heads) - 1
        self.page.merge_range(0, 0, 0, last, title, self.look.title)
        self.page.merge_range(1, 0, 1, last, self._subtitle(), self.look.plain)
        for column, head in enumerate(self.heads):
            self.page.write_string(_HEAD_ROW, column, head, self.look.head)
        for root in self.script.standard.roots:
            self._group(root)
        total = self.script.sheet.total
        self._sum(str(phrases()["sheet_total"]), total)

    def _heads(self) -> list[str]:
        points = ["sheet_low", "sheet_high"] if self.draft else ["sheet_score"]
        codes = [
            *("sheet_group_1", "sheet_maximum", "sheet_group_2", "sheet_maximum"),
            *("sheet_leaf", "sheet_maximum", *points),
            *("sheet_working", "sheet_cause", "sheet_evidence"),
        ]
        return [str(phrases()[code]) for code in codes]

    def _subtitle(self) -> str:
        names = self.script.sentences
        department = names.render("{{ department_name }}")
        date = names.render("{{ filled_on }}")
        parts = (say("sheet_department", department=department), say("sheet_date", date=date))
        return without_marks("    ".join(parts))

    def _group(self, root: Indicator) -> None:
        first = self.row
        for group in root.children:
            start = self.row
            for leaf in group.children:
                self._leaf(self.script.lines[leaf.code])
            self._span(start, 2, group.name, group.max)
        self._span(first, 0, root.name, root.max)
        name = say("sheet_subtotal", name=root.name)
        self._sum(name, self.script.sheet[root.code])

    def _span(self, first: int, column: int, name: str, maximum: Decimal) -> None:
        """A group's name and maximum beside all the rows from `first` on."""
        last = self.row - 1
        for at, value, form in (
            (column, name, self.look.name),
            (column + 1, float(maximum), self.look.maximum),
        ):
            if last > first:
                self.page.merge_range(first, at, last, at, value, form)
            else:
                self.page.write(first, at, value, form)

    def _leaf(self, line: Line) -> None:
        self.page.write_string(self.row, 4, line.indicator.name, self.look.name)
        self.page.write_number(self.row, 5, float(line.indicator.max), self.look.maximum)
        self._points(line.score, self.look.points)
        evidence = "\n".join(self.evidence[item.id] for item in line.indicator.evidence)
        causes = "\n".join([*line.reasons, *([line.cause] if line.cause else [])])
        texts = [without_marks(text) for text in (self._working(line), causes, evidence)]
        for at, text in enumerate(texts, start=self.texts):
            self.page.write_string(self.row, at, text, self.look.text)
        fitted = [(line.indicator.name, _WIDTHS[4]), *zip(texts, _WIDTHS[7:], strict=True)]
        self.page.set_row(self.row, height(fitted))
        self.row += 1

    def _working(self, line: Line) -> str:
        if line.score.state is not Points.OPEN or line.working:
            return line.working
        facts = self.script.standard.facts
        labels = [facts[name].label for name in line.score.missing]
        return say("sheet_open", labels=str(phrases()["comma"]).join(labels))

    def _points(self, score: NodeScore, form: Format) -> None:
        if score.excluded:
            words = str(phrases()["sheet_excluded"])
            cells: Sequence[Decimal | str] = [words] * (2 if self.draft else 1)
        elif self.draft:
            cells = [score.so_far, score.high]
        elif score.state is Points.OFFLINE and score.code in self.script.lines:
            cells = [str(phrases()["sheet_offline"])]
        else:
            cells = [score.so_far]
        for at, cell in enumerate(cells, start=6):
            if isinstance(cell, str):
                self.page.write_string(self.row, at, cell, form)
            else:
                self.page.write_number(self.row, at, float(cell), form)

    def _sum(self, name: str, score: NodeScore) -> None:
        """A row with a subtotal or the total; how far it is known where it isn't settled."""
        self.page.merge_range(self.row, 0, self.row, 4, name, self.look.sum_name)
        self.page.write_number(self.row, 5, float(score.maximum), self.look.sum_maximum)
        self._points(score, self.look.sum_points)
        open_or_paper = score.state in (Points.OPEN, Points.OFFLINE)
        note = points_words(score, self.script.sentences) if open_or_paper else ""
        for at, text in enumerate((note, "", ""), start=self.texts):
            self.page.write_string(self.row, at, text, self.look.sum_text)
        self.row += 1
