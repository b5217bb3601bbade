"""The lists for offices: what is on them, as texts to forward and as a workbook to fill in."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import openpyxl
import pytest

from reports import list_layout as layout
from reports.list_layout import Column
from reports.office_book import build_office_book
from reports.office_lists import MESSAGE_BYTES, Asker, entries, offices, texts
from reports.reading.claims import Unreadable
from reports.reading.filled_list import read_list
from scoring.engine import score
from scoring.loading import load
from scoring.plain import read_value
from scoring.standard import Standard
from scoring.values import Value

ASKER = Asker(7, "梅州市梅江区科工商务局", 2021, "陈宇", date(2022, 6, 12))
HAS = {
    "has_special_funds": True, "has_procurement": True, "has_rent": True, "has_disposal": False,
    "has_government_fund": True, "has_state_capital": False, "has_subunits": False,
    "has_petitions": True,
}  # fmt: skip


@pytest.fixture(scope="module")
def standard() -> Standard:
    return load("meijiang-2021")


def given(standard: Standard, **more: Any) -> dict[str, Value]:
    plain = HAS | more
    return {name: read_value(standard.facts[name], value) for name, value in plain.items()}


def names(standard: Standard, answers: dict[str, Value], office: str, **how: Any) -> list[str]:
    sheet = score(standard, answers)
    return [entry.name for entry in entries(standard, answers, sheet, office, **how)]


def book(standard: Standard, answers: dict[str, Value], office: str, **how: Any) -> bytes:
    sheet = score(standard, answers)
    listed = entries(standard, answers, sheet, office, **how)
    return build_office_book(standard, office, listed, ASKER)


def test_every_office_of_the_requirement_has_a_list(standard: Standard) -> None:
    assert set(offices(standard)) == {"财务", "采购", "资产", "业务股室", "信访", "办公室"}


def test_only_what_is_open_and_applies_is_listed(standard: Standard) -> None:
    answers = given(standard, procurement_plan="100万元")
    assert names(standard, answers, "采购") == ["procurement_actual", "procurement_compliance"]
    assert "disposal_amount" not in names(standard, answers, "资产")  # there is none
    everything = names(standard, answers, "采购", everything=True)
    assert everything[:2] == ["has_procurement", "procurement_plan"]


def test_a_table_with_gaps_is_still_open(standard: Standard) -> None:
    answers = given(standard, key_tasks=[{"name": "党建"}])
    assert "key_tasks" in names(standard, answers, "办公室")


@pytest.mark.parametrize("office", ["财务", "采购", "资产", "业务股室", "信访", "办公室"])
def test_texts_can_be_forwarded(standard: Standard, office: str) -> None:
    answers = given(standard)
    listed = entries(standard, answers, score(standard, answers), office)
    told = texts(office, listed, ASKER, "https://jixiao.example.gov.cn/pages/lists/7")
    assert all(len(text.encode()) <= MESSAGE_BYTES for text in told)
    assert all(f"【{office}】" in text and "6月12日" in text for text in told)
    whole = "\n".join(told)
    for entry in listed:
        assert entry.fact.label in whole
        assert not entry.fact.stands_in or entry.fact.stands_in in whole
    assert "线下报送" in told[-1]
    assert "/pages/lists/7" in told[-1]


def test_the_text_names_unit_and_place(standard: Standard) -> None:
    answers = given(standard)
    listed = entries(standard, answers, score(standard, answers), "采购")
    (text,) = texts("采购", listed, ASKER)
    assert "1. 政府采购计划金额合计（万元）（看广东省政府采购网采购计划导出表）" in text
    assert "A 内控制度已建并备案" in text


def test_no_text_for_an_empty_list() -> None:
    assert texts("财务", (), ASKER) == []


def test_the_workbook_says_what_to_fill_in_where(standard: Standard) -> None:
    sheets = openpyxl.load_workbook(io.BytesIO(book(standard, given(standard), "资产")))
    page = sheets.worksheets[0]
    assert page[layout.MARKER].value == layout.marker(7, standard)
    rows = list(page.iter_rows(min_row=layout.FIRST, values_only=True))
    rent = next(row for row in rows if row[Column.FACT - 1] == "rent_amount")
    assert rent[Column.LABEL - 1] == "出租出借收入"
    assert rent[Column.UNIT - 1] == "万元"
    assert "非税收入缴款书" in rent[Column.HELP - 1]
    assert page.protection.sheet
    first = page.cell(layout.FIRST, Column.VALUE)
    assert not first.protection.locked
    assert page.cell(layout.FIRST, Column.FACT).protection.locked
    assert page.column_dimensions["F"].hidden
    kinds = {rule.type for rule in page.data_validations.dataValidation}
    assert kinds == {"list", "whole"}


def test_the_same_list_is_the_same_file(standard: Standard) -> None:
    assert book(standard, given(standard), "财务") == book(standard, given(standard), "财务")


def test_what_people_wrote_is_never_a_formula(standard: Standard) -> None:
    answers = given(standard, yearly_work="=1+1", offices=[{"name": "=HYPERLINK(1)"}])
    content = book(standard, answers, "办公室", everything=True)
    for page in openpyxl.load_workbook(io.BytesIO(content)).worksheets:
        for row in page.iter_rows():
            assert all(cell.data_type != "f" for cell in row)


def test_what_an_office_fills_in_is_read_back(standard: Standard) -> None:
    sheets = openpyxl.load_workbook(io.BytesIO(book(standard, given(standard), "业务股室")))
    page = sheets.worksheets[0]
    wanted = {"effect_score": 9.5, "projects_checked": "是", "satisfaction_surveyed": "否"}
    for row in page.iter_rows(min_row=layout.FIRST):
        fact = row[Column.FACT - 1].value
        if fact in wanted:
            row[Column.VALUE - 1].value = wanted[fact]
    funds = sheets[layout.sheet_name(standard.facts["special_funds"].label)]
    for column, cell in enumerate(("技改资金", 1306.9, 100), start=1):
        funds.cell(layout.FIRST, column).value = cell
    buffer = io.BytesIO()
    sheets.save(buffer)
    found = read_list(standard, 7, buffer.getvalue())
    plain = {claim.fact: claim.value.plain() for claim in found.claims}
    row = {"name": "技改资金", "amount": "1306.9万元", "self_score": "100"}
    assert plain == {
        "effect_score": "9.5",
        "projects_checked": True,
        "satisfaction_surveyed": False,
        "special_funds": [row],
    }
    assert "D" in next(c.place for c in found.claims if c.fact == "effect_score")


def test_an_untouched_list_says_nothing(standard: Standard) -> None:
    for office in offices(standard):
        found = read_list(standard, 7, book(standard, given(standard), office))
        assert (found.claims, found.notes) == ((), ())


def test_a_list_of_answers_reads_as_the_same_answers(standard: Standard) -> None:
    answers = given(
        standard, rent_amount="33.05万元", rent_paid_on="2021-12-20", asset_management=["A", "C"],
        other_staff=[{"kind": "临聘人员", "number": 6}],
    )  # fmt: skip
    for office in ("资产", "办公室"):
        found = read_list(standard, 7, book(standard, answers, office, everything=True))
        read = {claim.fact: claim.value for claim in found.claims}
        assert read == {n: v for n, v in answers.items() if standard.facts[n].keeper == office}


def test_another_forms_list_is_refused(standard: Standard) -> None:
    with pytest.raises(Unreadable) as refused:
        read_list(standard, 8, book(standard, given(standard), "财务"))
    assert refused.value.code == "unreadable_other_form"
