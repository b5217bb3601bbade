"""The tabs of the summary on lost points: by indicator with a chart, and by cause."""

from __future__ import annotations

from reports.cycle_results import CauseSum, CycleResults, IndicatorSum, cause_sums, indicator_sums
from reports.summary_look import Sheet, SummaryLook
from reports.wording import say
from scoring.wording import written

_HEADS = (
    *("summary_code", "summary_indicator", "summary_maximum", "summary_scored"),
    *("summary_own_mean", "summary_reviewed_mean", "summary_losers", "summary_lost"),
    "summary_loss_rate",
)
_WIDTHS = (9, 34, 8, 8, 10, 10, 10, 10, 10)
_NAME, _LOST = 1, 7
_MOST = 12
"""How many indicators the chart shows: the ones that cost most."""


def add_indicators(look: SummaryLook, found: CycleResults) -> None:
    """Adds what was lost by indicator, in the order of the tree."""
    sheet = Sheet(look, say("summary_tab_indicators"), _WIDTHS)
    sheet.title(say("summary_indicators_title"))
    sheet.heads([say(code) for code in _HEADS], freeze=2)
    first = sheet.row
    sums = indicator_sums(found)
    for one in sums:
        _line(sheet, one)
    sheet.page.autofilter(first - 1, 0, sheet.row - 1, sheet.last)
    lossy = sorted((one for one in sums if one.lost), key=lambda one: -one.lost)[:_MOST]
    if lossy:
        _add_chart(sheet, lossy)


def _line(sheet: Sheet, one: IndicatorSum) -> None:
    look = sheet.look
    sheet.line(
        (one.code, look.name),
        (one.name, look.text),
        (one.maximum, look.maximum),
        (one.scored, look.count),
        (one.average, look.points),
        (one.reviewed_average, look.points),
        (one.losers, look.count),
        (one.lost, look.points),
        (one.rate, look.rate),
    )


def _add_chart(sheet: Sheet, lossy: list[IndicatorSum]) -> None:
    """A chart of its own small table: the sorted ones, below the whole one."""
    sheet.next()
    sheet.page.set_h_pagebreaks([sheet.row])
    sheet.page.set_row(sheet.row, 22)
    sheet.put(_NAME, say("summary_indicator"), sheet.look.head)
    sheet.put(_NAME + 1, say("summary_lost"), sheet.look.head)
    sheet.next()
    first = sheet.row
    for one in lossy:
        sheet.put(_NAME, f"{one.code} {one.name}", sheet.look.text)
        sheet.put(_NAME + 1, one.lost, sheet.look.points)
        sheet.next([(f"{one.code} {one.name}", _WIDTHS[_NAME])])
    last = sheet.row - 1
    chart = sheet.look.book.add_chart({"type": "bar"})
    chart.add_series(
        {
            "categories": [sheet.name, first, _NAME, last, _NAME],
            "values": [sheet.name, first, _NAME + 1, last, _NAME + 1],
            "fill": {"color": "#C0504D"},
            "data_labels": {"value": True, "num_format": "0.00"},
            "gap": 40,
        }
    )
    chart.set_title({"name": say("summary_lost_chart"), "overlay": False})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis({"min": 0, "major_gridlines": {"visible": False}})
    chart.set_size({"width": 560, "height": 100 + 26 * len(lossy)})
    sheet.page.insert_chart(first - 1, _NAME + 3, chart)


_CAUSES = (9, 28, 34, 9, 9, 60)
_CAUSE_HEADS = (
    *("summary_code", "summary_indicator", "summary_cause", "summary_losers"),
    *("summary_lost", "summary_who"),
)


def add_causes(look: SummaryLook, found: CycleResults) -> None:
    """Adds what was lost by cause, what cost most first."""
    sheet = Sheet(look, say("summary_tab_causes"), _CAUSES)
    sheet.title(say("summary_causes_title"))
    sums = cause_sums(found)
    if not sums:
        sheet.words(say("summary_no_causes"))
        return
    sheet.heads([say(code) for code in _CAUSE_HEADS], freeze=2)
    first = sheet.row
    for one in sums:
        sheet.line(
            (one.indicator, look.name),
            (found.standard.nodes[one.indicator].name, look.text),
            (say(f"summary_cause_{one.code}", label=one.label), look.text),
            (len(one.departments), look.count),
            (one.points, look.points),
            (_who(one), look.text),
        )
    sheet.page.autofilter(first - 1, 0, sheet.row - 1, sheet.last)


def _who(one: CauseSum) -> str:
    """Who lost how much by it, the most first."""
    return say("summary_comma").join(
        say("summary_who_one", department=department, points=written(points))
        for department, points in sorted(one.departments, key=lambda pair: -pair[1])
    )


_SAID = (8, 32, 9, 28, 9, 46, 46)
_SAID_HEADS = (
    *("summary_code", "summary_department", "summary_code", "summary_indicator"),
    *("summary_lost", "summary_sheet_reason", "summary_said_cause"),
)


def add_said(look: SummaryLook, found: CycleResults) -> None:
    """Adds every single loss: how the points went, and the cause that the department gives."""
    sheet = Sheet(look, say("summary_tab_said"), _SAID)
    sheet.title(say("summary_said_title"))
    if not any(one.lost for one in found.counted):
        sheet.words(say("summary_no_causes"))
        return
    sheet.heads([say(code) for code in _SAID_HEADS], freeze=2)
    first = sheet.row
    for one in found.counted:
        for lost in one.lost:
            sheet.line(
                (one.code, look.name),
                (one.department, look.text),
                (lost.indicator, look.name),
                (found.standard.nodes[lost.indicator].name, look.text),
                (lost.points, look.points),
                (say("summary_semicolon").join(lost.reasons), look.text),
                (lost.cause, look.text),
            )
    sheet.page.autofilter(first - 1, 0, sheet.row - 1, sheet.last)
