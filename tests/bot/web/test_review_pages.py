"""The pages of finance's review and of the department's side of it."""

from __future__ import annotations

from decimal import Decimal
from html import unescape
from typing import Any

import pytest

from bot.acts.base import standing_of
from bot.acts.deliver import deliver
from bot.acts.give_points import Wish, give_points
from bot.reviewing import review_of
from bot.stored import StoredDocument
from storage import forms, reviewing

WISH = Wish("B3-1", Decimal("1.5"), "合同没附")
BASE = "/pages/review"


@pytest.fixture
def delivered(services: Any, filled: int, clock: Any) -> int:
    with services.database.begin() as tx:
        forms.set_state(tx, filled, "drafting", "approved", clock())
        report = StoredDocument("a" * 64 + "-00000000.docx", "report.docx", 10, "text/plain")
        deliver(services, tx, filled, 1, [report], clock(), code="W62J-NQ")
    return filled


def points(services: Any, form_id: int, clock: Any) -> dict[str, str]:
    with services.database.read() as tx:
        found = review_of(services, tx, standing_of(tx, form_id), clock())
    return {code: str(given.points) for code, given in found.points.items()}


def fields(page: str) -> dict[str, str]:
    """What the hidden fields of the form hold, as a browser sends them."""
    parts = [part.split(">")[0] for part in page.split('<input type="hidden" name="')[1:]]
    pairs = [part.split('" value="') for part in parts]
    return {name: unescape(value.rstrip('"')) for name, value in pairs if name != "csrf_token"}


def test_all_indicators_with_what_finance_needs(
    services: Any, browse: Any, delivered: int, standard: Any
) -> None:
    page = browse("wuheng").get(f"{BASE}/{delivered}").text
    for indicator in standard.indicators:
        assert f"{indicator.code} {indicator.name}" in page
    assert "核定95.45分，优" in page
    assert "假定：" in page
    assert "没有材料：" in page


def test_points_are_saved_and_only_what_was_changed(
    services: Any, browse: Any, delivered: int, clock: Any
) -> None:
    browser = browse("wuheng")
    page = browser.get(f"{BASE}/{delivered}").text
    data = fields(page) | {"points.B3-1": "１．５", "reason.B3-1": "合同没附", "points.A1-1": ""}
    assert browser.post(f"{BASE}/{delivered}/save", data).status_code == 303
    assert points(services, delivered, clock) == {"B3-1": "1.5"}
    page = browser.get(f"{BASE}/{delivered}").text
    assert "已保存1项核定分" in page
    data = fields(page) | {"points.B3-1": "1.5", "reason.B3-1": "合同没附", "points.A1-3": "2"}
    data |= {"reason.A1-3": "少算"}
    browser.post(f"{BASE}/{delivered}/save", data)
    assert points(services, delivered, clock) == {"B3-1": "1.5", "A1-3": "2"}
    data = fields(browser.get(f"{BASE}/{delivered}").text) | {"points.B3-1": "", "reason.B3-1": ""}
    data |= {"points.A1-3": "2", "reason.A1-3": "少算"}
    browser.post(f"{BASE}/{delivered}/save", data)
    assert points(services, delivered, clock) == {"A1-3": "2"}


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"points.B3-1": "9", "reason.B3-1": "x"}, "0到3分"),
        ({"points.B3-1": "很少", "reason.B3-1": "x"}, "不是数字"),
        ({"points.B3-1": "1"}, "要写明原因"),
        ({"reason.B3-1": "合同没附"}, "没有写核定分"),
    ],
)
def test_what_was_typed_stays_when_it_is_refused(
    services: Any, browse: Any, delivered: int, clock: Any, typed: Any, told: str
) -> None:
    browser = browse("wuheng")
    data = fields(browser.get(f"{BASE}/{delivered}").text)
    data |= {"points.A1-3": "2", "reason.A1-3": "少算追加"} | typed
    answer = browser.post(f"{BASE}/{delivered}/save", {"points.B3-1": ""} | data).text
    assert told in answer
    assert "少算追加" in answer
    assert points(services, delivered, clock) == {}


def test_what_somebody_else_changed_is_not_overwritten(
    services: Any, browse: Any, delivered: int, clock: Any
) -> None:
    browser = browse("wuheng")
    data = fields(browser.get(f"{BASE}/{delivered}").text)
    with services.database.begin() as tx:
        give_points(services, tx, "wuheng", delivered, 1, [WISH], clock())
    data |= {"points.B3-1": "2", "reason.B3-1": "另一个原因"}
    assert "被别人改过" in browser.post(f"{BASE}/{delivered}/save", data).text
    data |= {"points.B3-1": "", "reason.B3-1": "", "points.A1-3": "2", "reason.A1-3": "少算"}
    browser.post(f"{BASE}/{delivered}/save", data)
    assert points(services, delivered, clock) == {"B3-1": "1.5", "A1-3": "2"}


def test_the_whole_way_on_pages(services: Any, browse: Any, delivered: int, clock: Any) -> None:
    finance, contact = browse("wuheng"), browse("chenyu")
    assert "还没有复核意见" in contact.get(f"/pages/appeal/{delivered}").text
    data = fields(finance.get(f"{BASE}/{delivered}").text)
    data |= {"points.B3-1": "1.5", "reason.B3-1": "合同没附", "then": "opinion"}
    answer = finance.post(f"{BASE}/{delivered}/save", data)
    assert answer.headers["Location"].endswith(f"{BASE}/{delivered}/opinion")
    shown = finance.get(f"{BASE}/{delivered}/opinion").text
    assert "发给2人" in shown
    assert "合同没附" in shown
    send = fields(shown)
    assert finance.post(f"{BASE}/{delivered}/issue", send).status_code == 303
    assert finance.post(f"{BASE}/{delivered}/issue", send).status_code == 409
    assert "第1号" in finance.get(f"{BASE}/{delivered}").text
    page = contact.get(f"/pages/appeal/{delivered}").text
    assert "财政的原因：合同没附" in page
    said = {"words.B3-1": "合同在材料里"}
    assert contact.post(f"/pages/appeal/{delivered}/say", said).status_code == 303
    assert "没有写申辩" in contact.post(f"/pages/appeal/{delivered}/say", {}).text.replace(
        "还没有写", "没有写"
    )
    assert "合同在材料里（陈宇）" in finance.get(f"{BASE}/{delivered}").text
    settle = {"indicator": "B3-1", "decision": "uphold", "points": "2.5", "reply": "补了一份"}
    assert finance.post(f"{BASE}/{delivered}/settle", settle).status_code == 303
    assert points(services, delivered, clock) == {"B3-1": "2.5"}
    assert "已采纳：补了一份" in contact.get(f"/pages/appeal/{delivered}").text
    with services.database.read() as tx:
        assert len(reviewing.opinions(tx, delivered)) == 1


def test_a_form_that_is_filled_in_can_not_be_reviewed(
    services: Any, browse: Any, filled: int, clock: Any
) -> None:
    browser = browse("wuheng")
    assert "报送以后才能核定" in browser.get(f"{BASE}/{filled}").text
    data = {"version": "0", "points.B3-1": "1", "reason.B3-1": "x"}
    browser.post(f"{BASE}/{filled}/save", data)
    assert points(services, filled, clock) == {}
