"""Finance's review and the department's objection on a phone, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bot.acts.deliver import deliver
from bot.stored import StoredDocument
from storage import evidence, files, forms, reviewing

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow
STICKING = """[...document.querySelectorAll('body *')].filter(node => {
    const box = node.getBoundingClientRect();
    return box.width > 1 && box.right > innerWidth + 1 && !node.closest('.scroll, .skip');
}).map(node => node.outerHTML.slice(0, 80))"""
REASON = "合同台账里有两份合同没有附验收单，采购金额和决算表对不上，差3.20万元。"


@pytest.fixture
def delivered(house: Any) -> int:
    house.fill()
    services, form_id, now = house.services, house.form_id, house.clock()
    with services.database.begin() as tx:
        key = "k" * 64 + "-1.pdf"
        files.keep(tx, key, "2021年度政府采购合同台账（含验收单）.pdf", 3, "application/pdf", now)
        evidence.add(tx, form_id, "B3-1-1", key, "chenyu", now)
        forms.set_state(tx, form_id, "drafting", "approved", now)
        report = StoredDocument("a" * 64 + "-00000000.docx", "report.docx", 10, "text/plain")
        deliver(services, tx, form_id, 1, [report], now, code="W62J-NQ")
    return int(form_id)


def test_review_and_appeal_on_a_phone(
    house: Any, delivered: int, open_as: Callable[..., Page], tmp_path: Path
) -> None:
    finance = open_as("wuheng", "review", delivered)
    finance.get_by_label("B3-1 核定分").fill("1.5")
    finance.get_by_label("B3-1 原因").fill(REASON)
    assert finance.evaluate(STICKING) == []
    finance.screenshot(path=tmp_path / "review.png", full_page=True)
    finance.get_by_role("button", name="保存，看复核意见").click()
    assert finance.evaluate(STICKING) == []
    finance.screenshot(path=tmp_path / "opinion.png", full_page=True)
    finance.get_by_role("button", name="发出复核意见").click()
    assert "第1号" in finance.content()
    contact = open_as("chenyu", "appeal", delivered)
    contact.get_by_label("B3-1 申辩的理由").fill("合同在佐证材料第3份里，验收单在最后一页。")
    assert contact.evaluate(STICKING) == []
    contact.screenshot(path=tmp_path / "appeal.png", full_page=True)
    contact.get_by_role("button", name="提交申辩").click()
    assert "已提交1项申辩" in contact.content()
    finance.reload()
    finance.screenshot(path=tmp_path / "settle.png")
    with house.services.database.read() as tx:
        assert len(reviewing.appeals(tx, delivered)) == 1
