"""The page where a running start is made: upload, confirm, take over; nothing silently."""

import io
import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import text

from bot.services import Services
from storage import answers, cycles, forms, proposals

EXAMPLES = Path(__file__).parents[3] / "examples"
REPORT = (EXAMPLES / "last-year-report.docx").read_bytes()
ACCOUNTS = (EXAMPLES / "final-accounts.xlsx").read_bytes()
BOX = re.compile(r'name="ids" value="(\d+)"( checked)?')


def files(*named: tuple[str, bytes]) -> dict[str, Any]:
    return {"files": [(io.BytesIO(content), name) for name, content in named]}


def upload(browser: Any, form_id: int, *named: tuple[str, bytes], **more: str) -> Any:
    sent = files(*named) | more
    return browser.post(f"/pages/bring/{form_id}/upload", sent)


def waiting(services: Services, form_id: int) -> dict[str, proposals.Proposal]:
    with services.database.read() as tx:
        return {each.fact: each for each in proposals.open_of_form(tx, form_id)}


def present(services: Services, form_id: int) -> dict[str, Any]:
    with services.database.read() as tx:
        return answers.present(tx, form_id)


def take(browser: Any, form_id: int, page: str, act: str = "take") -> Any:
    ids = [number for number, ticked in BOX.findall(page) if ticked]
    return browser.post(f"/pages/bring/{form_id}/take", {"ids": ids, "act": act})


def test_files_are_shown_with_their_places_and_change_nothing(
    services: Services, browse: Any, form_id: int
) -> None:
    browser = browse("chenyu")
    page = upload(browser, form_id, ("上年报告.docx", REPORT), ("决算.xlsx", ACCOUNTS)).text
    assert "“公开04表”C11" in page
    assert "2587.01万元" in page
    assert "报告 一（一）1" in page
    assert present(services, form_id) == {}
    found = waiting(services, form_id)
    assert found["income_total"].source == "accounts"
    assert found["income_general_last_year"].source == "report"
    assert found["duties"].file_key is not None


def test_what_is_ticked_is_taken_over_by_one_button(
    services: Services, browse: Any, form_id: int
) -> None:
    browser = browse("chenyu")
    page = upload(browser, form_id, ("上年报告.docx", REPORT), ("决算.xlsx", ACCOUNTS)).text
    assert take(browser, form_id, page).status_code == 303
    said = browser.get(f"/pages/bring/{form_id}").text
    assert "已完成" in said
    assert "个股室" in said
    kept = present(services, form_id)
    assert kept["income_total"] == "2587.01万元"
    assert kept["income_general_last_year"] == "7455.69万元"
    assert len(kept["duties"]) == 24
    # Names of last year's tasks are only a suggestion, and are not ticked beforehand.
    assert "key_tasks" not in kept
    with services.database.read() as tx:
        events = {e.fact: e for e in answers.history(tx, form_id)}
    assert events["income_total"].raw == "取自“公开04表”C11"
    assert events["income_total"].actor == "chenyu"
    assert "income_total" not in waiting(services, form_id)


def test_the_chat_says_how_far_it_is_and_goes_on(
    services: Services, browse: Any, form_id: int
) -> None:
    browser = browse("chenyu")
    page = upload(browser, form_id, ("决算.xlsx", ACCOUNTS)).text
    take(browser, form_id, page)
    with services.database.read() as tx:
        sent = tx.execute(text("SELECT payload FROM outbox WHERE userid = 'chenyu'")).scalars()
        said = "\n".join(sent)
    assert re.search("已完成[0-9]+%，剩[0-9]+项，要问[0-9]+个股室", said)
    assert "带入好了" in said


def test_an_answer_that_stands_is_not_written_over_without_a_tick(
    services: Services, browse: Any, form_id: int
) -> None:
    with services.database.begin() as tx:
        given = {"income_total": "25870100元", "sangong_actual": "3万元"}
        answers.record(tx, form_id, given, "typed", "chenyu", services.clock())
    browser = browse("chenyu")
    page = upload(browser, form_id, ("决算.xlsx", ACCOUNTS)).text
    assert "一致" in page
    assert "和已填不同" in page
    assert "已填：3万元" in page
    take(browser, form_id, page)
    assert present(services, form_id)["sangong_actual"] == "3万元"
    other = waiting(services, form_id)["sangong_actual"]
    browser.post(f"/pages/bring/{form_id}/take", {"ids": [other.id], "act": "take"})
    assert present(services, form_id)["sangong_actual"] == "2.1万元"
    with services.database.read() as tx:
        kept = [e.value for e in answers.history(tx, form_id, "sangong_actual")]
    assert kept == ["3万元", "2.1万元"]


def test_what_is_not_wanted_is_put_away(services: Services, browse: Any, form_id: int) -> None:
    browser = browse("chenyu")
    page = upload(browser, form_id, ("决算.xlsx", ACCOUNTS)).text
    take(browser, form_id, page, "decline")
    assert present(services, form_id) == {}
    assert "income_total" not in waiting(services, form_id)


def test_pasted_text_is_read(services: Services, browse: Any, form_id: int) -> None:
    words = (
        "2020年度部门整体支出绩效自评报告\n部门名称：梅州市梅江区科工商务局\n一、部门基本情况\n"
        "（一）部门整体概况\n1.主要职责：\n（1）贯彻执行国家有关方针政策。\n（2）指导全区招商引资。\n"
    )
    page = upload(browse("chenyu"), form_id, text=words).text
    assert "指导全区招商引资" in page
    assert waiting(services, form_id)["duties"].file_key is None


def test_secret_files_and_texts_are_refused_unstored(
    services: Services, browse: Any, form_id: int
) -> None:
    browser = browse("chenyu")
    response = upload(browser, form_id, text="机密★1年\n2020年度自评报告\n主要职责：一、……")
    assert response.status_code == 409
    assert waiting(services, form_id) == {}
    refused = upload(browser, form_id, ("机密★1年.docx", REPORT)).text
    assert "没有带入" in refused
    assert waiting(services, form_id) == {}


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.docx", b"MZ\x90\x00" + b"\0" * 200, "没有带入"),
        ("a.xlsx", b"", "没有带入"),
        ("a.pdf", b"%PDF-1.4\n%%EOF", "没有带入"),
        ("决算.xlsx", REPORT, "没有带入"),
    ],
)
def test_what_is_no_report_is_refused_with_a_reason(
    services: Services, browse: Any, form_id: int, name: str, content: bytes, said: str
) -> None:
    page = upload(browse("chenyu"), form_id, (name, content))
    assert page.status_code == 200
    assert said in page.text
    assert waiting(services, form_id) == {}


def test_nothing_chosen_is_said(browse: Any, form_id: int) -> None:
    assert upload(browse("chenyu"), form_id).status_code == 409


def test_a_form_that_was_sent_in_takes_nothing(
    services: Services, browse: Any, form_id: int
) -> None:
    browser = browse("chenyu")
    page = upload(browser, form_id, ("决算.xlsx", ACCOUNTS)).text
    with services.database.begin() as tx:
        tx.execute(text("UPDATE forms SET state = 'in_review'"))
    assert upload(browser, form_id, ("决算.xlsx", ACCOUNTS)).status_code == 409
    assert take(browser, form_id, page).status_code == 409
    assert present(services, form_id) == {}


def test_proposals_of_another_form_are_not_taken(
    services: Services, browse: Any, form_id: int
) -> None:
    page = upload(browse("chenyu"), form_id, ("决算.xlsx", ACCOUNTS)).text
    other = browse("hesui")
    assert take(other, form_id, page).status_code == 404
    theirs = (
        "SELECT f.id FROM forms f JOIN roles r ON r.department_id = f.department_id"
        " WHERE r.userid = 'hesui' AND r.role = 'contact'"
    )
    with services.database.read() as tx:
        mine = tx.execute(text(theirs)).scalar_one()
    ids = [number for number, _ in BOX.findall(page)]
    said = other.post(f"/pages/bring/{mine}/take", {"ids": ids, "act": "take"})
    assert said.status_code == 303
    assert present(services, mine) == {}
    assert waiting(services, form_id) != {}


def test_last_years_form_of_this_house_comes_over(
    services: Services, browse: Any, form_id: int
) -> None:
    now = services.clock()
    with services.database.begin() as tx:
        form = forms.get(tx, form_id)
        assert form is not None
        cycle = cycles.get(tx, form.cycle_id)
        assert cycle is not None
        before = cycles.add(tx, "before", cycle.year - 1, cycle.standard_hash, now, now)
        old = forms.open(tx, before, form.department_id, now)
        given = {
            "duties": [{"text": "贯彻执行方针政策。"}],
            "income_general": "7455.69万元",
            "procurement_plan": "80万元",
        }
        answers.record(tx, old, given, "typed", "chenyu", now)
        forms.set_state(tx, old, "drafting", "accepted", now)
        cycles.close(tx, before)
    browser = browse("chenyu")
    assert "带入去年的填报" in browser.get(f"/pages/bring/{form_id}").text
    assert browser.post(f"/pages/bring/{form_id}/last-year").status_code == 303
    found = waiting(services, form_id)
    assert found["income_general_last_year"].value == "7455.69万元"
    assert found["duties"].source == "last_year"
    assert "procurement_plan" not in found  # was of that year alone
    assert present(services, form_id) == {}


def test_a_second_file_that_says_something_else_is_marked(
    services: Services, browse: Any, form_id: int
) -> None:
    """Of the same source, so that nothing else tells of it; the first was not yet taken over."""
    browser = browse("chenyu")
    upload(browser, form_id, ("决算.xlsx", ACCOUNTS))
    first = waiting(services, form_id)["sangong_actual"]
    named, cell = re.fullmatch("“(.+)”([A-Z]+[0-9]+)", first.place).groups()  # type: ignore[union-attr]
    book, changed = load_workbook(io.BytesIO(ACCOUNTS)), io.BytesIO()
    book[named][cell] = 1.5
    book.save(changed)
    page = upload(browser, form_id, ("决算（改）.xlsx", changed.getvalue())).text
    found = waiting(services, form_id)
    assert first.certain
    assert found["sangong_actual"].value == "1.5万元"
    assert not found["sangong_actual"].certain
    assert found["income_total"].certain
    assert page.count("和之前带入的不同") == 1
