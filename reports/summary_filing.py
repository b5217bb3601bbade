"""The tab of the summary that says when the forms came and how often they went back."""

from __future__ import annotations

from datetime import datetime

from reports.cycle_results import CycleResults, Filing, Result
from reports.summary_look import Sheet, SummaryLook
from reports.wording import say

_HEADS = (
    *("summary_code", "summary_department", "summary_state", "summary_deadline"),
    *("summary_first", "summary_late", "summary_last", "summary_versions"),
    *("summary_sent_back", "summary_returned", "summary_accepted"),
)
_WIDTHS = (8, 30, 14, 17, 17, 11, 17, 8, 10, 10, 17)


def add_filing(look: SummaryLook, found: CycleResults) -> None:
    """Adds the tab, by departments' codes."""
    sheet = Sheet(look, say("summary_tab_filing"), _WIDTHS)
    sheet.title(say("summary_filing_title"))
    sheet.heads([say(code) for code in _HEADS], freeze=2)
    first = sheet.row
    for one in found.results:
        _line(sheet, one)
    if found.results:
        sheet.page.autofilter(first - 1, 0, sheet.row - 1, sheet.last)


def _line(sheet: Sheet, one: Result) -> None:
    look, filing = sheet.look, one.filing
    sheet.line(
        (one.code, look.name),
        (one.department, look.text),
        (one.standing, look.name),
        (_moment(filing.deadline), look.name),
        (_moment(filing.first_at), look.name),
        (_late(filing), look.changed if filing.late else look.name),
        (_moment(filing.last_at), look.name),
        (one.version or None, look.count),
        (filing.sent_back, look.count),
        (filing.returned, look.count),
        (_moment(filing.accepted_at), look.name),
    )


def _late(filing: Filing) -> int | str:
    """Working days as a number; in words what came late on the very day."""
    if not filing.late:
        return ""
    return filing.late_days or say("summary_late_same_day")


def _moment(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M}" if at else ""
