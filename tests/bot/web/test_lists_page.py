"""The lists for offices on the page: to copy, to download, and back as proposals to confirm."""

import io
from typing import Any

import openpyxl
from sqlalchemy import text

from bot.services import Services
from reports import list_layout as layout
from reports.list_layout import Column
from storage import answers, proposals

HAS = {
    "has_special_funds": True, "has_procurement": True, "has_rent": True, "has_disposal": False,
    "has_government_fund": True, "has_state_capital": False, "has_subunits": False,
    "has_petitions": True,
}  # fmt: skip


def begin(services: Services, form_id: int) -> None:
    with services.database.begin() as tx:
        answers.record(tx, form_id, HAS, "ABCEH", "chenyu", services.clock())


def filled(content: bytes, **values: object) -> bytes:
    sheets = openpyxl.load_workbook(io.BytesIO(content))
    for row in sheets.worksheets[0].iter_rows(min_row=layout.FIRST):
        fact = row[Column.FACT - 1].value
        if fact in values:
            row[Column.VALUE - 1].value = values[fact]
    buffer = io.BytesIO()
    sheets.save(buffer)
    return buffer.getvalue()


def upload(browser: Any, form_id: int, content: bytes) -> Any:
    sent = {"files": [(io.BytesIO(content), "采购清单.xlsx")]}
    return browser.post(f"/pages/lists/{form_id}/upload", sent)


def test_each_office_has_its_text_and_its_workbook(
    services: Services, browse: Any, form_id: int
) -> None:
    begin(services, form_id)
    browser = browse("chenyu")
    page = browser.get(f"/pages/lists/{form_id}").text
    for office in ("财务", "采购", "资产", "业务股室", "信访", "办公室"):
        assert f"【{office}】" in page
    response = browser.get(f"/pages/lists/{form_id}/office2.xlsx")
    assert response.status_code == 200
    assert "attachment" in response.headers["Content-Disposition"]
    page = openpyxl.load_workbook(io.BytesIO(response.data)).worksheets[0]
    facts = [row[Column.FACT - 1] for row in page.iter_rows(min_row=layout.FIRST, values_only=True)]
    assert facts == ["procurement_plan", "procurement_actual", "procurement_compliance"]


def test_everything_can_be_had(services: Services, browse: Any, form_id: int) -> None:
    begin(services, form_id)
    response = browse("chenyu").get(f"/pages/lists/{form_id}/office2.xlsx?all=1")
    page = openpyxl.load_workbook(io.BytesIO(response.data)).worksheets[0]
    assert page.cell(layout.FIRST, Column.FACT).value == "has_procurement"
    assert page.cell(layout.FIRST, Column.VALUE).value == "是"


def test_what_comes_back_is_confirmed_before_it_counts(
    services: Services, browse: Any, form_id: int
) -> None:
    begin(services, form_id)
    browser = browse("chenyu")
    empty = browser.get(f"/pages/lists/{form_id}/office2.xlsx").data
    content = filled(empty, procurement_plan=100, procurement_compliance="ABD")
    response = upload(browser, form_id, content)
    assert response.status_code == 303
    assert response.headers["Location"].endswith(f"/pages/bring/{form_id}")
    page = browser.get(f"/pages/bring/{form_id}").text
    assert "“清单”D5" in page
    with services.database.read() as tx:
        found = {each.fact: each for each in proposals.open_of_form(tx, form_id)}
        assert "procurement_plan" not in answers.present(tx, form_id)
    assert found["procurement_plan"].value == "100万元"
    assert found["procurement_compliance"].value == ["A", "B", "D"]
    assert {each.source for each in found.values()} == {"office"}
    ids = [each.id for each in found.values()]
    browser.post(f"/pages/bring/{form_id}/take", {"ids": ids, "act": "take"})
    with services.database.read() as tx:
        assert answers.present(tx, form_id)["procurement_plan"] == "100万元"


def test_another_forms_list_is_refused_kindly(
    services: Services, browse: Any, form_id: int
) -> None:
    begin(services, form_id)
    theirs = (
        "SELECT f.id FROM forms f JOIN roles r ON r.department_id = f.department_id"
        " WHERE r.userid = 'hesui' AND r.role = 'contact'"
    )
    with services.database.read() as tx:
        other = tx.execute(text(theirs)).scalar_one()
    assert other != form_id
    content = browse("hesui").get(f"/pages/lists/{other}/office6.xlsx").data
    said = upload(browse("chenyu"), form_id, content)
    assert said.status_code == 200
    assert "另一份自评" in said.text
    with services.database.read() as tx:
        assert proposals.open_of_form(tx, form_id) == []


def test_an_unknown_office_is_said(browse: Any, form_id: int) -> None:
    assert browse("chenyu").get(f"/pages/lists/{form_id}/office99.xlsx").status_code == 409
