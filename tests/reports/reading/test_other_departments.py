"""Reports and accounts of other departments, worded and laid out otherwise: never wrong for certain."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from reports.reading.accounts import read_accounts
from reports.reading.claims import Brought
from reports.reading.report import read_report
from scoring.standard import Standard

TITLE = "样板区教育局2021年度部门整体支出绩效自评报告"


def read(standard: Standard, *lines: str) -> Brought:
    return read_report(standard, "\n".join((TITLE, *lines)))


def said(brought: Brought) -> dict[str, tuple[object, bool]]:
    return {claim.fact: (claim.value.plain(), claim.certain) for claim in brought.claims}


def test_the_title_names_department_and_year(standard: Standard) -> None:
    brought = read(standard, "一、收支情况", "2020年财政拨款收入合计4000万元。")
    assert (brought.department, brought.year) == ("样板区教育局", 2021)
    apart = read_report(standard, "样板区教育局\n2020年部门整体绩效自评报告\n一、收支情况\n无。")
    assert (apart.department, apart.year) == ("样板区教育局", 2020)
    nobody = read_report(standard, "区级部门2020年度整体支出绩效自评报告\n一、收支情况\n无。")
    assert (nobody.department, nobody.year) == ("", 2020)


def test_a_line_of_the_cover_may_hold_several_things(standard: Standard) -> None:
    brought = said(read(standard, "填报人：王小明　　联系电话：0753-1234567　填报日期：2022.5.6"))
    assert brought["contact_name"][0] == "王小明"
    assert brought["contact_phone"][0] == "0753-1234567"
    assert brought["filled_on"][0] == "2022-05-06"


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("2020年财政拨款收入合计4000万元。", "income_total"),
        ("预计2022年财政拨款收入合计5000万元。", "income_total"),
        ("上年末财政拨款结转和结余50万元。", "carryover_closing"),
        ("2020年末财政拨款结转和结余50万元。", "carryover_closing"),
        ("上年一般公共预算财政拨款支出100万元。", "expenditure_general"),
        ("一般公共预算财政拨款收入决算数为500万元。", "income_total"),
        ("下属单位财政拨款收入200万元。", "income_total"),
    ],
)
def test_what_is_of_another_year_or_part_is_not_taken(
    standard: Standard, text: str, fact: str
) -> None:
    assert fact not in said(read(standard, "一、收支情况", text))


def test_two_years_in_one_sentence(standard: Standard) -> None:
    words = "2020年“三公”经费实际支出数10万元，2021年“三公”经费实际支出数8万元。"
    assert said(read(standard, "一、三公经费", words))["sangong_actual"] == ("8万元", True)


@pytest.mark.parametrize(
    "text",
    [
        "2021年财政拨款收入合计4567万元，其中财政拨款收入4600万元。",
        "财政拨款收入合计1.23亿元，其中一般公共预算财政拨款收入12,345.68万元。",
    ],
)
def test_figures_that_cannot_both_be_true_are_doubted(standard: Standard, text: str) -> None:
    brought = read(standard, "一、收支情况", text)
    assert said(brought)["income_total"][1] is False
    assert brought.notes


def test_offices_and_posts(standard: Standard, word: Callable[..., bytes]) -> None:
    pasted = said(
        read(
            standard,
            "一、基本情况",
            "（一）内设机构。本局内设机构3个，分别是：办公室、财务股和法规股。",
            "（二）编制情况。核定行政编制18名，实有17名。",
        )
    )
    names = [{"name": "办公室"}, {"name": "财务股"}, {"name": "法规股"}]
    assert pasted["offices"] == (names, True)
    assert pasted["staffing"][0] == [{"kind": "行政编制", "authorised": 18, "actual": 17}]
    rows = [["编制类型", "编制数", "实有人数"], ["行政编制", "25", "23"], ["合计", "25", "23"]]
    table = said(read_report(standard, word(TITLE, "一、人员编制情况", rows)))
    assert table["staffing"] == ([{"kind": "行政编制", "authorised": 25, "actual": 23}], True)


def test_about_so_much_is_not_so_much(standard: Standard) -> None:
    brought = said(read(standard, "一、满意度", "服务对象满意度达到95%以上。"))
    assert "satisfaction_percent" not in brought


Rows = list[list[Any]]
INCOME: Rows = [
    ["2021年财政拨款收入支出决算总表", "公开04表"],
    ["部门：样板局", None, "单位：元"],
    ["项目", "上年数", "本年数", "增减额", "增长率"],
    ["一、一般公共预算财政拨款", 90, 100, 10, 11.1],
    ["本年收入合计", 90, 100, 10, 11.1],
]
SANGONG: Rows = [
    ["财政拨款“三公”经费支出决算表"],
    ["部门：样板局", None, "单位：万元"],
    ["项目", "预算数", "决算数"],
    ["合计", 12, 6.5],
]


def test_columns_of_last_year_and_of_changes(
    standard: Standard, book: Callable[..., bytes]
) -> None:
    brought = read_accounts(standard, book({"表": INCOME}))
    assert {name: value for name, (value, _) in said(brought).items()} == {
        "income_total": "100元",
        "income_general": "100元",
        "income_general_last_year": "90元",
    }
    assert brought.year == 2021


def test_tables_below_one_another(standard: Standard, book: Callable[..., bytes]) -> None:
    """Each has its own title, unit and columns; places are those of the whole sheet."""
    brought = read_accounts(standard, book({"公开表": [*INCOME, [None], *SANGONG]}))
    figures = {claim.fact: (claim.value.plain(), claim.place) for claim in brought.claims}
    assert figures["income_total"] == ("100元", "“公开表”C5")
    assert figures["sangong_actual"] == ("6.5万元", "“公开表”C10")
