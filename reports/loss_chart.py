"""The second tab of the score sheet: lost points, as a table and a native chart."""

from __future__ import annotations

from xlsxwriter.workbook import Workbook

from reports.lines import Script
from reports.wording import phrases
from reports.workbook_look import Look, foot


def add_losses(workbook: Workbook, script: Script, code: str = "") -> None:
    """Adds the tab where points were lost; nothing where none were. `code` is the version code."""
    lossy = script.sheet.lossy()
    if not lossy:
        return
    look = Look(workbook)
    tab = str(phrases()["losses_tab"])
    page = workbook.add_worksheet(tab)
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_footer(foot(code))
    page.set_column(0, 0, 60)
    for column, code in enumerate(("sheet_leaf", "losses_points")):
        page.write_string(0, column, str(phrases()[code]), look.head)
    for row, code in enumerate(lossy, start=1):
        line = script.lines[code]
        page.write_string(row, 0, line.indicator.name, look.name)
        page.write_number(row, 1, float(line.score.lost), look.points)
    chart = workbook.add_chart({"type": "bar"})
    chart.add_series(
        {
            "categories": [tab, 1, 0, len(lossy), 0],
            "values": [tab, 1, 1, len(lossy), 1],
            "data_labels": {"value": True},
            "fill": {"color": "#C0504D"},
        }
    )
    chart.set_title({"name": str(phrases()["losses_title"]), "overlay": False})
    chart.set_legend({"none": True})
    # The first indicator stands at the top, as in the table.
    chart.set_y_axis({"reverse": True})
    chart.set_size({"width": 620, "height": 120 + 28 * len(lossy)})
    page.insert_chart(len(lossy) + 2, 0, chart)
