"""Final-accounts tables: read by labels, in the unit they declare, with the cell of each figure."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from reports.reading.accounts import read_accounts
from reports.reading.claims import Brought, Unreadable
from reports.wording import say
from scoring.standard import Standard

Book = Callable[..., bytes]
Rows = list[list[Any]]


def _general(unit: str = "单位：万元", fund: Any = 0, total: Any = 100) -> Rows:
    """财政拨款收入支出决算总表, the public layout in short."""
    return [
        ["2021年度财政拨款收入支出决算总表"],
        ["公开04表"],
        ["部门：样板局", None, None, None, None, None, None, None, unit],
        ["收入", None, None, "支出", None, None, None, None, None],
        [
            "项目",
            "行次",
            "金额",
            "项目",
            "行次",
            "合计",
            "一般公共预算财政拨款",
            "政府性基金预算财政拨款",
            "国有资本经营预算财政拨款",
        ],
        ["栏次", None, 1, "栏次", None, 2, 3, 4, 5],
        ["一、一般公共预算财政拨款", 1, 100, "一、教育支出", 8, 95, 95, 0, 0],
        ["二、政府性基金预算财政拨款", 2, fund, None, 9, None, None, None, None],
        ["三、国有资本经营预算财政拨款", 3, 0, None, 10, None, None, None, None],
        ["本年收入合计", 4, total, "本年支出合计", 11, 95, 95, "－", "－"],
        ["年初财政拨款结转和结余", 5, 7, "年末财政拨款结转和结余", 12, 12, 12, 0, 0],
        ["一般公共预算财政拨款", 6, 7, None, 13, None, None, None, None],
        ["政府性基金预算财政拨款", 7, 0, None, 14, None, None, None, None],
        ["总计", 8, 107, "总计", 15, 107, 107, 0, 0],
    ]


def _said(brought: Brought) -> str:
    return "\n".join(say(note.code, **note.numbers) for note in brought.notes)


def _figures(brought: Brought) -> dict[str, object]:
    return {claim.fact: claim.value.plain() for claim in brought.claims}


def test_the_general_table(standard: Standard, book: Book) -> None:
    brought = read_accounts(standard, book({"G04": _general()}))
    assert _figures(brought) == {
        "income_total": "100万元",
        "income_general": "100万元",
        "income_fund": "0万元",
        "income_state_capital": "0万元",
        "expenditure_total": "95万元",
        "expenditure_general": "95万元",
        "expenditure_fund": "0万元",
        "expenditure_state_capital": "0万元",
        "carryover_opening": "7万元",
        "carryover_closing": "12万元",
    }
    assert all(claim.certain for claim in brought.claims)
    assert (brought.year, brought.department, brought.notes) == (2021, "样板局", ())
    places = {claim.fact: claim.place for claim in brought.claims}
    assert places["income_general"] == "“G04”C7"
    assert places["expenditure_fund"] == "“G04”H10"


def test_columns_may_move_and_rows_come_in_between(standard: Standard, book: Book) -> None:
    rows = [[None, None, *row] for row in _general()]
    rows.insert(3, [None])
    rows = [row[:4] + row[5:] if len(row) > 5 else row for row in rows]  # one figure column less
    wide = [[None, *row] for row in _general()]
    moved = read_accounts(standard, book({"表": wide}))
    assert _figures(moved) == _figures(read_accounts(standard, book({"表": _general()})))
    assert moved.of("income_total").place == "“表”D10"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("unit", "shown"),
    [("单位：元", "100元"), ("金额单位:万元", "100万元"), ("单位：人民币元", "100元")],
)
def test_the_unit_is_the_one_declared(
    standard: Standard, book: Book, unit: str, shown: str
) -> None:
    brought = read_accounts(standard, book({"表": _general(unit)}))
    assert _figures(brought)["income_total"] == shown


@pytest.mark.parametrize("unit", ["", "单位：样板局", "单位：千克"])
def test_without_a_unit_nothing_is_read(standard: Standard, book: Book, unit: str) -> None:
    brought = read_accounts(standard, book({"表": _general(unit)}))
    assert brought.claims == ()
    assert "没有写金额单位" in _said(brought)


def test_an_empty_cell_is_zero_only_where_the_total_leaves_nothing(
    standard: Standard, book: Book
) -> None:
    proven = read_accounts(standard, book({"表": _general(fund=None)}))
    assert _figures(proven)["income_fund"] == "0万元"
    open_one = read_accounts(standard, book({"表": _general(fund=None, total=140)}))
    assert open_one.of("income_fund") is None
    assert "“表”C8（政府性基金预算财政拨款收入）是空的，没有当作0" in _said(open_one)


def test_an_empty_table_that_says_so_holds_zeros(standard: Standard, book: Book) -> None:
    rows: Rows = [
        ["政府性基金预算财政拨款收入支出决算表"],
        ["单位：万元"],
        ["项目", None, "年初结转和结余", "本年收入", "本年支出", None, None, "年末结转和结余"],
        ["科目编码", "科目名称", None, None, "小计", "基本支出", "项目支出", None],
        ["合计", None, None, None, None, None, None, None],
    ]
    silent = read_accounts(standard, book({"表": rows}))
    assert silent.claims == ()
    remark = [["注：本部门没有政府性基金预算财政拨款收入支出，故本表为空。"]]
    told = read_accounts(standard, book({"表": rows + remark}))
    assert _figures(told) == {"income_fund": "0万元", "expenditure_fund": "0万元"}


def test_numbers_are_taken_as_the_cells_show_them(standard: Standard, book: Book) -> None:
    rows = _general(total=2587.0100000000002)
    rows[6][2] = "2,587.01"
    rows[9][5] = 2620.7449
    data = book({"表": rows}, {"F10": "#,##0.00"})
    figures = _figures(read_accounts(standard, data))
    assert figures["income_total"] == figures["income_general"] == "2587.01万元"
    assert figures["expenditure_total"] == "2620.74万元"


def test_sums_that_do_not_add_up_name_both_cells(standard: Standard, book: Book) -> None:
    brought = read_accounts(standard, book({"表": _general(total=101)}))
    assert "“表”C10的“财政拨款收入合计（决算数）”是101万元" in _said(brought)
    assert not brought.of("income_total").certain  # type: ignore[union-attr]


def test_two_tables_that_differ_name_both_cells(standard: Standard, book: Book) -> None:
    other: Rows = [
        ["收入支出决算总表"],
        ["单位：万元"],
        ["收入", None, None, "支出", None, None],
        ["项目", "行次", "决算数", "项目", "行次", "决算数"],
        ["一、一般公共预算财政拨款收入", 1, 99, "一、教育支出", 8, 95],
        ["本年收入合计", 2, 150, "本年支出合计", 9, 95],
    ]
    brought = read_accounts(standard, book({"04": _general(), "01": other}))
    claim = brought.of("income_general")
    assert claim is not None
    assert not claim.certain
    assert "“04”C7是100万元，“01”C5是99万元" in _said(brought)
    # All income of a department is not what the treasury gave it.
    assert _figures(brought)["income_total"] == "100万元"


def test_budgets_beside_the_final_figures(standard: Standard, book: Book) -> None:
    rows: Rows = [
        ["2021年度财政拨款收入支出决算总表"],
        ["金额单位：万元"],
        ["收入", None, None, None, "支出", None, None, None, None, None, None],
        [
            "项目",
            "年初预算数",
            "全年预算数",
            "决算数",
            "项目",
            "年初预算数",
            None,
            None,
            "决算数",
            None,
            None,
        ],
        [
            None,
            None,
            None,
            None,
            None,
            "小计",
            "一般公共",
            "政府性基金",
            "小计",
            "一般公共",
            "政府性基金",
        ],
        ["一、一般公共预算财政拨款", 80, 90, 100, "一、教育支出", 80, 80, 0, 95, 95, 0],
        ["本年收入合计", 80, 90, 100, "本年支出合计", 80, 80, 0, 95, 95, 0],
    ]
    assert _figures(read_accounts(standard, book({"表": rows}))) == {
        "income_total": "100万元",
        "income_general": "100万元",
        "income_adjusted_budget": "90万元",
        "expenditure_total": "95万元",
        "expenditure_general": "95万元",
        "expenditure_general_start_budget": "80万元",
        "expenditure_fund": "0万元",
        "expenditure_fund_start_budget": "0万元",
    }


def test_last_years_column(standard: Standard, book: Book) -> None:
    rows: Rows = [
        ["财政拨款收入支出决算总表"],
        ["单位：万元"],
        ["收入项目", "上年决算数", "本年决算数", "支出项目", "决算数"],
        ["一、一般公共预算财政拨款", 70, 100, "一、教育支出", 95],
        ["二、政府性基金预算财政拨款", 5, 0, None, None],
    ]
    figures = _figures(read_accounts(standard, book({"表": rows})))
    assert figures["income_general"] == "100万元"
    assert figures["income_general_last_year"] == "70万元"
    assert figures["has_government_fund"] is True


def test_sangong_lying_down_and_standing_up(standard: Standard, book: Book) -> None:
    lying: Rows = [
        ["一般公共预算财政拨款“三公”经费支出决算表"],
        ["单位：万元"],
        ["预算数", None, None, None, None, None, "决算数", None, None, None, None, None],
        ["合计", "因公出国（境）费", "公务用车购置及运行费", None, None, "公务接待费"] * 2,
        [None, None, "小计", "购置费", "运行费", None] * 2,
        list(range(1, 13)),
        [4.5, 0, 2.5, 0, 2.5, 2, 2.1, 0, 1.35, 0, 1.35, 0.75],
    ]
    standing: Rows = [
        ["“三公”经费支出决算表"],
        ["单位：万元"],
        ["项目", "预算数", "决算数"],
        ["合计", 4.5, 2.1],
        ["1.因公出国（境）费", 0, 0],
        ["2.公务接待费", 2, 0.75],
    ]
    for rows in (lying, standing):
        figures = _figures(read_accounts(standard, book({"表": rows})))
        assert figures == {"sangong_budget": "4.5万元", "sangong_actual": "2.1万元"}


def test_running_costs(standard: Standard, book: Book) -> None:
    rows: Rows = [
        ["一般公共预算财政拨款基本支出决算明细表"],
        ["单位：元"],
        ["人员经费", None, None, "公用经费", None, None, None, None, None],
        ["科目编码", "科目名称", "金额"] * 3,
        ["301", "工资福利支出", 4000, "302", "商品和服务支出", 800, "310", "资本性支出", 20],
        ["人员经费合计", None, 4000, "公用经费合计", None, None, None, None, 820],
    ]
    brought = read_accounts(standard, book({"表": rows}))
    assert _figures(brought) == {"office_actual": "820元"}
    assert brought.claims[0].place == "“表”I6"


def test_other_sheets_are_noted_and_known_ones_left(standard: Standard, book: Book) -> None:
    data = book({"04": _general(), "02": [["收入决算表"]], "名单": [["职工生日"]], "空": [[None]]})
    brought = read_accounts(standard, data)
    assert _said(brought) == "工作表“名单”不是认识的决算表，没有读。"


def test_a_table_without_heads_is_noted(standard: Standard, book: Book) -> None:
    brought = read_accounts(standard, book({"表": [["财政拨款收入支出决算总表"], ["单位：万元"]]}))
    assert "没有找到表头" in _said(brought)


def test_words_where_a_figure_should_be_give_no_claim(standard: Standard, book: Book) -> None:
    rows = _general()
    rows[9][2] = "见附表"
    assert read_accounts(standard, book({"表": rows})).of("income_total") is None


def test_a_huge_sheet_is_read_within_bounds(standard: Standard, book: Book) -> None:
    rows = _general() + [[None] * 200 + ["x"]] + [[None, None, 1]] * 800
    brought = read_accounts(standard, book({"表": rows}))
    assert _figures(brought)["income_total"] == "100万元"
    assert "太大，只读了前600行60列" in _said(brought)


def _zip(size: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b" " * size)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "unreadable_xlsx"),
        (b"\xd0\xcf\x11\xe0 an old .xls", "unreadable_xlsx"),
        (_zip(10), "unreadable_xlsx"),
        (_zip(61_000_000), "unreadable_large"),
    ],
)
def test_what_is_no_workbook_is_refused(standard: Standard, data: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as problem:
        read_accounts(standard, data)
    assert problem.value.code == code
