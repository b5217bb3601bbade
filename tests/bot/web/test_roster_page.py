"""The roster on its page: download, upload, see the difference, one button."""

from __future__ import annotations

import io
import re
from typing import Any

import openpyxl
import pytest

from bot.rosters.present import Present, present
from bot.services import Services
from reports.reading.roster import read_roster
from storage import people

TICKET = re.compile(r'name="ticket" value="([^"]+)"')


def stands(services: Services) -> Present:
    with services.database.read() as tx:
        return present(tx)


def changed(content: bytes, *cells: tuple[str, str, Any]) -> bytes:
    """A workbook with cells (sheet, name, value) changed."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet, name, value in cells:
        book[sheet][name] = value
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.fixture
def browser(browse: Any) -> Any:
    return browse("zhouning")


@pytest.fixture
def current(browser: Any) -> bytes:
    """The present roster as it is downloaded."""
    response = browser.get("/pages/roster/current.xlsx")
    assert response.status_code == 200
    assert "attachment" in response.headers["Content-Disposition"]
    return bytes(response.data)


def upload(browser: Any, content: bytes, name: str = "名册.xlsx") -> Any:
    return browser.post("/pages/roster/upload", {"file": (io.BytesIO(content), name)})


def confirm(browser: Any, page: str) -> Any:
    found = TICKET.search(page)
    assert found, page
    return browser.post("/pages/roster/import", {"ticket": found[1]})


def test_the_first_page_leads_there_whom_it_lets_in(browser: Any, browse: Any) -> None:
    assert 'href="/pages/roster"' in browser.get("/pages/home").text
    assert 'href="/pages/roster"' not in browse("wuheng").get("/pages/home").text


def test_the_page_says_what_there_is(browser: Any) -> None:
    page = browser.get("/pages/roster").text
    assert "4个部门，14人；填报人4；审核人5；统筹1；财政1；同事3。" in page
    template = browser.get("/pages/roster/template.xlsx")
    assert len(read_roster(template.data).faults) == 2


def test_what_comes_back_unchanged_changes_nothing(
    services: Services, browser: Any, current: bytes
) -> None:
    page = upload(browser, current).text
    assert "名册和现在一样，没有要改的。" in page
    assert not TICKET.search(page)


def test_the_difference_is_shown_and_one_button_makes_it_so(
    services: Services, browser: Any, current: bytes
) -> None:
    before = stands(services)
    new = changed(current, ("部门", "B4", "梅江区水利局"), ("部门", "C4", None))
    page = upload(browser, new).text
    assert "改名 梅州市梅江区水务局 → 梅江区水利局（303）" in page
    assert "梅江区水利局的简称改为：（空）" in page
    assert stands(services) == before
    done = browser.follow(confirm(browser, page))
    assert "名册已更新：部门改名1个" in done.text
    assert stands(services).roster.departments["303"].name == "梅江区水利局"
    again = browser.follow(confirm(browser, page))  # a second tap
    assert "名册和现在一样，没有要改的。" in again.text
    assert stands(services).roster.departments["303"].name == "梅江区水利局"


def test_every_mistake_is_shown_and_nothing_changes(
    services: Services, browser: Any, current: bytes
) -> None:
    before = stands(services)
    new = changed(current, ("人员", "B2", "没有账号"), ("人员", "D3", "教育局"))
    page = upload(browser, new).text
    assert "有2处问题，什么也没有改" in page
    assert "人员 第2行“企业微信账号”（B2）“没有账号”" in page
    assert "人员 第3行“部门”（D3）“教育局”" in page
    assert not TICKET.search(page)
    assert stands(services) == before


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("名册.xlsx", b"", "空"),
        ("名册.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ""),
        ("名册.pdf", b"%PDF-1.4\n%%EOF", ""),
        ("名册.xlsx", b"MZ\x90\x00" * 100, ""),
    ],
)
def test_other_files_are_refused(browser: Any, name: str, content: bytes, words: str) -> None:
    response = upload(browser, content, name)
    assert response.status_code == 200
    assert "notice_refused" in response.text
    assert words in response.text
    assert not TICKET.search(response.text)


def test_without_a_file_it_says_so(browser: Any) -> None:
    response = browser.post("/pages/roster/upload")
    assert response.status_code == 409
    assert "请先选择填好的名册" in response.text


def test_a_roster_that_changed_meanwhile_is_shown_anew(
    services: Services, browser: Any, current: bytes
) -> None:
    page = upload(browser, changed(current, ("部门", "B4", "梅江区水利局"))).text
    with services.database.begin() as tx:
        people.revoke(tx, "chenyu", "contact", stands(services).departments["301"].id)
    response = confirm(browser, page)
    assert response.status_code == 409
    assert "名册又有了变化" in response.text
    assert "加上 陈宇（chenyu）" in response.text
    assert stands(services).roster.departments["303"].name == "梅州市梅江区水务局"
    browser.follow(confirm(browser, response.text))
    assert stands(services).roster.departments["303"].name == "梅江区水利局"


def test_a_ticket_is_good_only_for_who_was_shown_it(
    services: Services, browser: Any, browse: Any, current: bytes
) -> None:
    with services.database.begin() as tx:
        people.grant(tx, "wuheng", "coordinator")
    current = browser.get("/pages/roster/current.xlsx").data
    page = upload(browser, changed(current, ("部门", "B4", "梅江区水利局"))).text
    other = browse("wuheng")
    for response in (confirm(other, page), browser.post("/pages/roster/import", {"ticket": "x"})):
        assert response.status_code == 409
        assert "请重新上传" in response.text
    assert stands(services).roster.departments["303"].name == "梅州市梅江区水务局"


def test_who_loses_the_role_while_looking_changes_nothing(
    services: Services, browser: Any, current: bytes
) -> None:
    page = upload(browser, changed(current, ("部门", "B4", "梅江区水利局"))).text
    token, found = browser.token(), TICKET.search(page)
    assert found
    with services.database.begin() as tx:
        people.revoke(tx, "zhouning", "coordinator")
        people.grant(tx, "wuheng", "coordinator")
    sent = {"ticket": found[1], "csrf_token": token}
    assert browser.post("/pages/roster/import", sent).status_code == 404
    assert stands(services).roster.departments["303"].name == "梅州市梅江区水务局"
