"""The score sheet: cell by cell what the sheet says, and nothing in it is a formula."""

from __future__ import annotations

import io
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from reports.completeness import NotComplete
from reports.report import build_report
from reports.score_sheet import build_score_sheet
from scoring.engine import score
from scoring.standard import Standard
from scoring.values import Offline, Value

Answers = dict[str, Value]


def _page(data: bytes) -> Worksheet:
    return load_workbook(io.BytesIO(data))["自评评分表"]


def _rows(page: Worksheet, column: int = 5) -> dict[str, list[Any]]:
    """Rows by the name of the third-level indicator, or of a sum."""
    found = {}
    for row in page.iter_rows(min_row=4, values_only=True):
        found[str(row[column - 1] or row[0])] = list(row)
    return found


def test_scores_are_numbers_equal_to_the_sheets(standard: Standard, answers: Answers) -> None:
    sheet = score(standard, answers)
    page = _page(build_score_sheet(standard, answers, sheet))
    rows = _rows(page)
    for indicator in standard.indicators:
        assert rows[indicator.name][5:7] == [float(indicator.max), float(sheet[indicator.code].low)]
    for root in standard.roots:
        assert rows[f"{root.name}小计"][6] == float(sheet[root.code].low)
    assert rows["合计"][5:7] == [100, 95.45]
    assert page["G4"].number_format == "0.00"
    assert len(rows) == 27 + 3 + 1


def test_heads_groups_and_page(standard: Standard, answers: Answers) -> None:
    page = _page(build_score_sheet(standard, answers, score(standard, answers)))
    assert [cell.value for cell in page[3]] == [
        *("一级指标", "满分", "二级指标", "满分", "三级指标", "满分", "自评得分"),
        *("评分说明（计算过程）", "扣分原因", "佐证材料"),
    ]
    merged = {str(one) for one in page.merged_cells.ranges}
    assert {"A4:A8", "C4:C6", "C7:C8"} <= merged
    assert page.page_setup.orientation == "landscape"
    assert page.page_setup.paperSize == 9
    assert page.print_title_rows == "$3:$3"


def test_words_are_those_of_the_report(standard: Standard, answers: Answers, text_of: Any) -> None:
    rows = _rows(_page(build_score_sheet(standard, answers, score(standard, answers))))
    text = text_of(answers)
    for name in ("财政拨款收入预决算差异率", "政府采购执行率", "群众信访办理情况"):
        assert f"计算过程：{rows[name][7]}。" in text
    for reason in rows["采购合规性"][8].split("\n"):
        assert reason.rstrip("。") in text
    assert rows["采购合规性"][9].startswith("政府采购内控制度及备案材料\n")


def test_a_draft_shows_what_is_still_within_reach(standard: Standard, answers: Answers) -> None:
    del answers["carryover_closing"]
    sheet = score(standard, answers)
    with pytest.raises(NotComplete):
        build_score_sheet(standard, answers, sheet)
    page = _page(build_score_sheet(standard, answers, sheet, draft=True))
    assert [cell.value for cell in page[3]][6:8] == ["目前得分", "最高可达"]
    rows = _rows(page)
    assert rows["结转结余率"][6:9] == [0, 5, "待填：年末财政拨款结转和结余"]
    assert rows["合计"][6:9] == [90.45, 95.45, "目前90.45分（最高可达95.45分）"]


def test_points_settled_on_paper_have_no_number(standard: Standard, answers: Answers) -> None:
    answers["income_adjusted_budget"] = Offline()
    rows = _rows(_page(build_score_sheet(standard, answers, score(standard, answers))))
    assert rows["财政拨款收入预决算差异率"][6] == "线下核定"
    assert "核定后最高96.95分" in rows["合计"][7]


def test_words_never_become_formulas_or_links(
    values: Any, standard: Standard, plain: dict[str, Any]
) -> None:
    bad = '=HYPERLINK("http://x")\x00<b>&' + "长" * 500
    plain |= {"lost_a1_3_cause": bad, "department_name": "=1+1", "has_procurement": True}
    answers = values(standard, plain)
    page = _page(build_score_sheet(standard, answers, score(standard, answers)))
    kinds = {cell.data_type for row in page.iter_rows() for cell in row}
    assert kinds <= {"s", "n"}
    assert not page._hyperlinks
    assert bad.replace("\x00", "") in _rows(page)["财政拨款收入预决算差异率"][8]
    assert "=1+1" in page["A2"].value


def test_lost_points_have_a_tab_with_a_chart(
    values: Any, standard: Standard, answers: Answers
) -> None:
    data = build_score_sheet(standard, answers, score(standard, answers))
    tab = load_workbook(io.BytesIO(data))["扣分情况"]
    lost = {row[0]: row[1] for row in tab.iter_rows(min_row=2, max_col=2, values_only=True)}
    assert lost == {
        "财政拨款收入预决算差异率": 1.5,
        "绩效信息公开情况": 2,
        "政府采购执行率": 0.05,
        "采购合规性": 1,
    }
    assert sum(lost.values()) == pytest.approx(4.55)


def test_the_same_answers_give_the_same_bytes(standard: Standard, answers: Answers) -> None:
    sheet = score(standard, answers)
    assert build_score_sheet(standard, answers, sheet) == build_score_sheet(
        standard, answers, sheet
    )


def test_report_and_score_sheet_can_be_made_side_by_side(
    standard: Standard, answers: Answers
) -> None:
    sheet = score(standard, answers)
    before = build_score_sheet(standard, answers, sheet)
    build_report(standard, answers, sheet, draft=True)
    assert build_score_sheet(standard, answers, sheet) == before


def test_the_column_of_evidence_says_what_was_given(
    values: Any, standard: Standard, plain: dict[str, Any]
) -> None:
    answers = values(standard, plain | {"has_procurement": False})
    sheet = score(standard, answers)
    page = _page(build_score_sheet(standard, answers, sheet, draft=True, gathered={"A1-3-1"}))
    rows = _rows(page)
    assert rows["财政拨款收入预决算差异率"][-1] == (
        "财政拨款收入决算表（已交）\n调整预算批复（另行提交）"
    )
    assert "年度政府采购计划（不用交）" in rows["政府采购执行率"][-1]
    bare = _rows(_page(build_score_sheet(standard, answers, sheet, draft=True)))
    assert bare["财政拨款收入预决算差异率"][-1] == "财政拨款收入决算表\n调整预算批复"
