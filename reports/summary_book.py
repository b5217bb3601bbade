"""The summary (汇总) of a cycle as a workbook: who got how many points for what, and why not."""

from __future__ import annotations

import io

import xlsxwriter

from reports.cycle_results import CycleResults
from reports.summary_filing import add_filing
from reports.summary_look import SummaryLook
from reports.summary_losses import add_causes, add_indicators, add_said
from reports.summary_overview import add_overview
from reports.summary_points import add_changes, add_own, add_reviewed
from reports.summary_ranking import add_bars, add_ranking
from reports.wording import say

# Nothing that people wrote may become a formula, a link or a number.
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def build_summary_book(found: CycleResults) -> bytes:
    """The summary as the bytes of an .xlsx file; the same results give the same bytes.

    Ten tabs: overview with charts, ranking, totals as bars, points by indicator as the departments gave them
    and as finance did, what finance changed, what was lost by indicator, by cause
    and by department, and when the forms came.
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, _OPTIONS)
    title = say("summary_title", year=found.year)
    book.set_properties({"title": title, "created": found.made_at.replace(tzinfo=None)})
    look = SummaryLook(book)
    for add in (
        add_overview,
        add_ranking,
        add_bars,
        add_own,
        add_reviewed,
        add_changes,
        add_indicators,
        add_causes,
        add_said,
        add_filing,
    ):
        add(look, found)
    book.close()
    return buffer.getvalue()
