"""The list of an office, filled in: values as people type them into cells."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
from openpyxl import Workbook

from reports.list_layout import (
    FIRST,
    HEAD,
    MARKER,
    ROWS_MARK,
    Column,
    head,
    marker,
    sheet_name,
    unit_of,
)
from reports.reading.claims import Brought, Unreadable
from reports.reading.filled_list import read_list
from reports.wording import say
from scoring.standard import Standard

FORM = 17
Filled = dict[str, Any]


def _list(
    standard: Standard,
    filled: Filled,
    tables: dict[str, Sequence[Sequence[Any]]] | None = None,
    *,
    form: int = FORM,
    percent: Sequence[str] = (),
) -> bytes:
    """A list laid out as reports.list_layout says, with these cells filled in."""
    book = Workbook()
    main = book.worksheets[0]
    main[MARKER] = marker(form, standard)
    for at, (fact, value) in enumerate(filled.items(), start=FIRST):
        spec = standard.facts.get(fact)
        main.cell(at, Column.NUMBER, at)
        main.cell(at, Column.LABEL, spec.label if spec else fact)
        main.cell(at, Column.UNIT, unit_of(spec) if spec else "")
        main.cell(at, Column.VALUE, value)
        main.cell(at, Column.FACT, fact)
        if fact in percent:
            main.cell(at, Column.VALUE).number_format = "0%"
    for fact, rows in (tables or {}).items():
        spec = standard.facts[fact]
        sheet = book.create_sheet(sheet_name(spec.label))
        sheet[MARKER] = marker(form, standard)
        sheet[ROWS_MARK] = fact
        for at, column in enumerate(spec.columns.values(), start=1):
            sheet.cell(HEAD, at, head(column))
        for n, row in enumerate(rows, start=FIRST):
            for at, value in enumerate(row, start=1):
                sheet.cell(n, at, value)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _said(brought: Brought) -> str:
    return "\n".join(say(note.code, **note.numbers) for note in brought.notes)


@pytest.mark.parametrize(
    ("fact", "typed", "plain"),
    [
        ("income_total", 2587.01, "2587.01万元"),
        ("income_total", "2,587.01", "2587.01万元"),
        ("income_total", "25870100元", "25870100元"),
        ("income_total", "2587.01万", "2587.01万元"),
        ("petitions_received", 7, 7),
        ("petitions_received", 7.0, 7),
        ("petitions_received", "7件", 7),
        ("effect_score", 9.5, "9.5"),
        ("effect_score", "9.5分", "9.5"),
        ("satisfaction_percent", 98, "98%"),
        ("satisfaction_percent", "98.5%", "98.5%"),
        ("rent_paid_on", datetime(2021, 12, 20, tzinfo=UTC).replace(tzinfo=None), "2021-12-20"),
        ("rent_paid_on", date(2021, 12, 20), "2021-12-20"),
        ("rent_paid_on", "2021年12月20日", "2021-12-20"),
        ("rent_paid_on", "2021.12.5", "2021-12-05"),
        ("rent_paid_on", 20211220, "2021-12-20"),
        ("assets_counted", "是", True),
        ("assets_counted", "否", False),
        ("procurement_compliance", "ABD", ["A", "B", "D"]),
        ("procurement_compliance", "a、d", ["A", "D"]),
        ("procurement_compliance", "按时报统计报表、意向公开率100%", ["B", "D"]),
        ("procurement_compliance", "以上都没有", []),
        ("budget_reasonable", "功能、经济分类准确、分配不固化、能调整", ["D", "E"]),
        ("income_general_reason", "追加项目资金。", "追加项目资金。"),
        ("contact_phone", 7530000000, "7530000000"),
        ("budget_published_at", date(2021, 2, 26), "2021年2月26日"),
        ("sangong_actual", "不适用：没有三公经费", {"na": "没有三公经费"}),
        ("sangong_actual", "线下报送", {"offline": True}),
    ],
)
def test_what_people_type(standard: Standard, fact: str, typed: Any, plain: object) -> None:
    brought = read_list(standard, FORM, _list(standard, {fact: typed}))
    assert brought.notes == ()
    (claim,) = brought.claims
    assert (claim.fact, claim.value.plain(), claim.certain) == (fact, plain, True)
    assert claim.place == "“Sheet”D5"


@pytest.mark.parametrize(
    ("fact", "typed"),
    [
        ("income_total", "大约两千万"),
        ("income_total", -5),
        ("petitions_received", 7.5),
        ("petitions_received", "七八件"),
        ("satisfaction_percent", 0.98),  # a share, or less than one percent?
        ("satisfaction_percent", 980),
        ("rent_paid_on", "12月20日"),
        ("assets_counted", "基本是"),
        ("procurement_compliance", "ABX"),
        ("procurement_compliance", "差不多都做了"),
        ("income_total", "不适用：没有"),
        ("effect_score", 11),
    ],
)
def test_odd_ones_are_noted_with_their_cell(standard: Standard, fact: str, typed: Any) -> None:
    brought = read_list(standard, FORM, _list(standard, {fact: typed}))
    assert brought.claims == ()
    assert _said(brought).startswith("“Sheet”D5：")


def test_a_percent_cell_holds_a_share(standard: Standard) -> None:
    data = _list(standard, {"satisfaction_percent": 0.98}, percent=["satisfaction_percent"])
    assert read_list(standard, FORM, data).claims[0].value.plain() == "98%"


def test_tables_on_sheets_of_their_own(standard: Standard) -> None:
    rows = [["造林补助", 320.5, 98, "是"], [None] * 4, ["防火经费", "60000元", 100, "否"]]
    brought = read_list(standard, FORM, _list(standard, {}, {"special_funds": rows}))
    (claim,) = brought.claims
    assert claim.value.plain() == [
        {"name": "造林补助", "amount": "320.5万元", "self_score": "98", "on_time": True},
        {"name": "防火经费", "amount": "60000元", "self_score": "100", "on_time": False},
    ]
    assert (claim.place, claim.certain) == ("“专项资金（项目）”A5", True)


def test_a_bad_cell_of_a_table_leaves_the_rest(standard: Standard) -> None:
    rows = [["造林补助", "很多", 98], [None, 5, 5]]
    brought = read_list(standard, FORM, _list(standard, {}, {"special_funds": rows}))
    (claim,) = brought.claims
    assert claim.value.plain() == [{"name": "造林补助", "self_score": "98"}]
    assert not claim.certain
    assert "“专项资金（项目）”B5" in _said(brought)
    assert "“专项资金（项目）”A6这一行第一列是空的" in _said(brought)


def test_none_in_a_table_says_that_there_are_none(standard: Standard) -> None:
    data = _list(standard, {}, {"affiliates": [["无"]]})
    assert read_list(standard, FORM, data).claims[0].value.plain() == []


def test_empty_cells_make_no_claims(standard: Standard) -> None:
    brought = read_list(standard, FORM, _list(standard, {"income_total": None}, {"offices": []}))
    assert (brought.claims, brought.notes) == ((), ())


def test_an_unknown_fact_is_noted(standard: Standard) -> None:
    brought = read_list(standard, FORM, _list(standard, {"no_such_fact": 5}))
    assert "no_such_fact" in _said(brought)


def test_lists_of_others_are_refused(standard: Standard) -> None:
    with pytest.raises(Unreadable) as problem:
        read_list(standard, FORM + 1, _list(standard, {"income_total": 5}))
    assert problem.value.code == "unreadable_other_form"
    book = Workbook()
    book.worksheets[0][MARKER] = f"list:{FORM}:000000000000"
    buffer = io.BytesIO()
    book.save(buffer)
    with pytest.raises(Unreadable) as problem:
        read_list(standard, FORM, buffer.getvalue())
    assert problem.value.code == "unreadable_other_standard"


def test_other_workbooks_are_no_lists(standard: Standard) -> None:
    buffer = io.BytesIO()
    Workbook().save(buffer)
    for data, code in ((buffer.getvalue(), "unreadable_no_list"), (b"x", "unreadable_xlsx")):
        with pytest.raises(Unreadable) as problem:
            read_list(standard, FORM, data)
        assert problem.value.code == code
