"""The tab of the summary with all departments by rank, and one with their totals as bars."""

from __future__ import annotations

from decimal import Decimal

from xlsxwriter.chart import Chart

from reports.cycle_results import CycleResults, Result, ranks
from reports.summary_look import Sheet, SummaryLook
from reports.wording import say
from scoring.wording import written

_HEADS = (
    *("summary_rank_own", "summary_rank_reviewed", "summary_code", "summary_department"),
    *("summary_own", "summary_own_grade", "summary_reviewed", "summary_reviewed_grade"),
    *("summary_delta", "summary_state", "summary_review", "summary_version", "summary_remark"),
)
_WIDTHS = (7, 7, 8, 34, 9, 7, 9, 7, 9, 13, 13, 6, 36)
_DEPARTMENT, _OWN, _REVIEWED, _REMARK = 3, 4, 6, 12
_FIRST_ROW = 2
"""Where the departments begin in the table."""


def add_ranking(look: SummaryLook, found: CycleResults) -> None:
    """Adds the tab: the counted ones by rank, then the others by code."""
    sheet = Sheet(look, say("summary_tab_ranking"), _WIDTHS)
    sheet.title(say("summary_tab_ranking"))
    sheet.heads([say(code) for code in _HEADS], freeze=_DEPARTMENT + 1)
    for own, reviewed, one in _placed(found):
        _line(sheet, own, reviewed, one)


def _placed(found: CycleResults) -> list[tuple[int | None, int | None, Result]]:
    """Every department with its places; who has none comes last."""
    results = found.results
    own = ranks([one.total if one.counts else None for one in results])
    reviewed = ranks([one.reviewed_total if one.counts else None for one in results])
    lines = list(zip(own, reviewed, results, strict=True))
    last = len(results) + 1
    # By finance's points once every one has them: the two don't mix.
    by = 1 if len(found.reviewed) == len(found.counted) else 0
    return sorted(lines, key=lambda line: (line[by] or last, line[2].code))


def _line(sheet: Sheet, own: int | None, reviewed: int | None, one: Result) -> None:
    look = sheet.look
    delta = None
    if one.total is not None and one.reviewed_total is not None:
        delta = one.reviewed_total - one.total
    remark = _remark(one)
    sheet.line(
        (own, look.count),
        (reviewed, look.count),
        (one.code, look.name),
        (one.department, look.text),
        (one.total, look.points),
        (one.grade, look.name),
        (one.reviewed_total, look.points),
        (one.reviewed_grade, look.name),
        (delta, look.signed),
        (one.standing, look.name),
        (say(f"summary_review_{one.review}"), look.name),
        (one.version or None, look.count),
        (remark, look.text),
    )


def _remark(one: Result) -> str:
    if one.total is None:
        return say("summary_none_delivered")
    if not one.offline:
        return ""
    names = say("summary_comma").join(one.offline)
    return say("summary_offline", count=written(Decimal(len(one.offline))), names=names)


_BARS = 16
"""How many departments one chart shows: what a page holds."""
_FRAME, _BAR = 128, 32
"""Pixels around the bars of a chart, and what a department takes."""
_HIGH = 34
"""How many rows a chart and the space below it cover; the next page begins there."""


def add_bars(look: SummaryLook, found: CycleResults) -> None:
    """Adds the totals as bars, in the order of the ranking, a page of them at a time."""
    placed = [line for line in _placed(found) if line[0] is not None]
    if not placed:
        return
    sheet = Sheet(look, say("summary_tab_bars"), [9] * 15)
    tab, first = say("summary_tab_ranking"), _FIRST_ROW
    for start in range(0, len(placed), _BARS):
        many = min(_BARS, len(placed) - start)
        chart = _bars(look, found, tab, first + start, first + start + many - 1)
        sheet.page.insert_chart(start // _BARS * _HIGH, 0, chart)
    pages = -(-len(placed) // _BARS)
    sheet.page.set_h_pagebreaks([_HIGH * page for page in range(1, pages)])


def _bars(look: SummaryLook, found: CycleResults, tab: str, first: int, last: int) -> Chart:
    chart = look.book.add_chart({"type": "bar"})
    columns = [(_OWN, "#4472C4"), *([(_REVIEWED, "#ED7D31")] if found.reviewed else [])]
    for column, colour in columns:
        chart.add_series(
            {
                "name": [tab, _FIRST_ROW - 1, column],
                "categories": [tab, first, _DEPARTMENT, last, _DEPARTMENT],
                "values": [tab, first, column, last, column],
                "fill": {"color": colour},
                "data_labels": {"value": True, "num_format": "0.00", "font": {"size": 8}},
                "gap": 40,
            }
        )
    chart.set_title({"name": say("summary_chart_scores"), "overlay": False})
    chart.set_legend({"position": "top"} if len(columns) > 1 else {"none": True})
    # The best stands at the top, as in the table.
    chart.set_y_axis({"reverse": True, "num_font": {"size": 8}, "interval_unit": 1})
    top = float(found.standard.maximum)
    chart.set_x_axis({"min": 0, "max": top, "major_gridlines": {"visible": False}})
    chart.set_size({"width": 960, "height": _FRAME + _BAR * (last - first + 1)})
    return chart
