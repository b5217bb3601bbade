"""The first tab of the summary: the cycle in figures and charts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from reports.cycle_results import Cell, CycleResults, Result, bands, leaves, mean, median
from reports.summary_look import Sheet, SummaryLook
from reports.wording import say
from scoring.wording import written

_WIDTHS = (34, 14, 14, 14, 6, 16, 16, 16, 16)
_BLUE, _ORANGE = "#4472C4", "#ED7D31"
_CHARTS = 5
_SIZE = {"width": 520, "height": 250}
_HIGH = 13
"""How many rows a chart covers."""


def add_overview(look: SummaryLook, found: CycleResults) -> None:
    """Adds the tab."""
    sheet = Sheet(look, say("summary_tab_overview"), _WIDTHS)
    sheet.title(say("summary_title", year=found.year))
    at = {"day": f"{found.made_at:%Y-%m-%d}", "time": f" {found.made_at:%H:%M}"}
    made = say("summary_made_closed" if found.closed else "summary_made_open", **at)
    sheet.words(say("summary_made", name=found.name, made=made))
    sheet.words(_note(found))
    top = sheet.row
    _add_facts(sheet, found)
    _add_grades(sheet, found, top)
    _add_bands(sheet, found, top + _HIGH)
    _add_groups(sheet, found, top + 2 * _HIGH)


def _note(found: CycleResults) -> str:
    grades = say("summary_comma").join(
        say("summary_grade_words", name=name, least=written(least)) for name, least in found.grades
    )
    return say("summary_note", grades=grades, source=found.standard.grades.source)


def _add_facts(sheet: Sheet, found: CycleResults) -> None:
    sheet.heads([say("summary_fact"), say("summary_value")])
    look = sheet.look
    for code, figure in _facts(found):
        sheet.put(0, say(code), look.text)
        form = look.points if isinstance(figure, Decimal) else look.count
        sheet.put(1, figure if figure is not None else say("summary_missing"), form)
        sheet.next()
    sheet.next()


def _facts(found: CycleResults) -> Iterator[tuple[str, int | Decimal | None]]:
    counted, reviewed = found.counted, found.reviewed
    own = [each.total for each in counted if each.total is not None]
    yield "summary_departments", len(found.results)
    yield "summary_counted", len(counted)
    yield "summary_not_counted", len(found.results) - len(counted)
    yield "summary_accepted_count", sum(each.state == "accepted" for each in counted)
    yield "summary_reviewed_count", len(reviewed)
    yield "summary_late_count", sum(each.filing.late for each in found.results)
    yield "summary_sent_back_count", sum(each.filing.sent_back > 0 for each in found.results)
    yield "summary_returned_count", sum(each.filing.returned > 0 for each in found.results)
    yield "summary_average", mean(own)
    yield "summary_median", median(own)
    yield "summary_best", max(own, default=None)
    yield "summary_worst", min(own, default=None)
    yield "summary_reviewed_average", mean(_reviewed(reviewed))
    yield "summary_difference", mean([_difference(each) for each in reviewed])


def _reviewed(results: Sequence[Result]) -> list[Decimal]:
    return [each.reviewed_total for each in results if each.reviewed_total is not None]


def _difference(one: Result) -> Decimal:
    return (one.reviewed_total or Decimal(0)) - (one.total or Decimal(0))


def _add_grades(sheet: Sheet, found: CycleResults, top: int) -> None:
    """How many departments have which grade, as they say and as finance says."""
    heads = ("summary_grade", "summary_grade_own", "summary_grade_reviewed", "summary_grade_from")
    sheet.heads([say(code) for code in heads])
    first = sheet.row
    for name, least in found.grades:
        sheet.put(0, name, sheet.look.name)
        sheet.put(1, sum(each.grade == name for each in found.counted), sheet.look.count)
        reviewed = sum(each.reviewed_grade == name for each in found.reviewed)
        sheet.put(2, reviewed, sheet.look.count)
        sheet.put(3, least, sheet.look.maximum)
        sheet.next()
    columns = [(1, _BLUE), (2, _ORANGE)] if found.reviewed else [(1, _BLUE)]
    _chart(sheet, "summary_grade_title", first, columns, top, max(1, len(found.counted)))
    sheet.next()


def _add_bands(sheet: Sheet, found: CycleResults, top: int) -> None:
    """How the totals are spread."""
    own = [each.total for each in found.counted if each.total is not None]
    reviewed = _reviewed(found.reviewed)
    whole = bands([*own, *reviewed], found.standard.maximum)
    if not whole:
        return
    sheet.heads(
        [say(code) for code in ("summary_band", "summary_grade_own", "summary_grade_reviewed")]
    )
    first = sheet.row
    counts = [dict(_counts(totals, found.standard.maximum)) for totals in (own, reviewed)]
    for low, high, _ in whole:
        sheet.put(0, say("summary_band_name", low=low, high=high), sheet.look.name)
        for column, count in enumerate(counts, start=1):
            sheet.put(column, count.get(low, 0), sheet.look.count)
        sheet.next()
    columns = [(1, _BLUE), (2, _ORANGE)] if reviewed else [(1, _BLUE)]
    most = max(count for each in counts for count in each.values())
    _chart(sheet, "summary_band_title", first, columns, top, most)
    sheet.next()


def _counts(totals: Sequence[Decimal], maximum: Decimal) -> Iterator[tuple[int, int]]:
    return ((low, count) for low, _, count in bands(totals, maximum))


def _add_groups(sheet: Sheet, found: CycleResults, top: int) -> None:
    """Which share of the points each first-level indicator got."""
    heads = ("summary_group", "summary_group_own", "summary_group_reviewed", "summary_group_max")
    sheet.heads([say(code) for code in heads])
    first = sheet.row
    for root in found.standard.roots:
        codes = [one.code for one in leaves(root)]
        sheet.put(0, root.name, sheet.look.name)
        for column, rate in enumerate(
            (
                _rate(found, codes, [each.points for each in found.counted]),
                _rate(found, codes, [each.reviewed for each in found.reviewed]),
            ),
            start=1,
        ):
            sheet.put(column, rate, sheet.look.rate)
        sheet.put(3, root.max, sheet.look.maximum)
        sheet.next()
    columns = [(1, _BLUE), (2, _ORANGE)] if found.reviewed else [(1, _BLUE)]
    _chart(sheet, "summary_group_title", first, columns, top)


def _rate(
    found: CycleResults, codes: Sequence[str], rows: Sequence[Mapping[str, Cell]]
) -> Decimal | None:
    """What was got of what could be got; what is left out or open counts on neither side."""
    got = reach = Decimal(0)
    for row in rows:
        for code in codes:
            cell = row.get(code)
            if isinstance(cell, Decimal):
                got += cell
                reach += found.standard.nodes[code].max
    return got / reach if reach else None


def _chart(
    sheet: Sheet,
    title: str,
    first: int,
    columns: Sequence[tuple[int, str]],
    top: int,
    most: int = 0,
) -> None:
    """A native chart of the table that was just put down, beside the tables:
    of departments, `most` in one column, or of shares where that is 0."""
    last = sheet.row - 1
    chart = sheet.look.book.add_chart({"type": "column"})
    for column, colour in columns:
        chart.add_series(
            {
                "name": [sheet.name, first - 1, column],
                "categories": [sheet.name, first, 0, last, 0],
                "values": [sheet.name, first, column, last, column],
                "fill": {"color": colour},
                "data_labels": {"value": True, "num_format": "0;;" if most else "0.0%"},
                "gap": 60,
            }
        )
    chart.set_title({"name": say(title), "overlay": False, "name_font": {"size": 11}})
    chart.set_legend({"position": "bottom"} if len(columns) > 1 else {"none": True})
    scale = {"max": 1, "num_format": "0%"}
    if most:
        scale = {"major_unit": max(1, most // 5), "num_format": "0"}
    chart.set_y_axis({"min": 0, "major_gridlines": {"visible": False}, **scale})
    chart.set_size(_SIZE)
    sheet.page.insert_chart(top, _CHARTS, chart)
