"""A notice written on a phone: several lines, a file, the preview, one tap; and 收到 by the card."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from storage import notices

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow
WORDS = "各单位：\n请于6月10日前完成填报，附表见附件。\n联系人：周宁"


def table() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (60, 40), (9, 90, 200)).save(made, "JPEG")
    return made.getvalue()


def test_from_the_page_to_the_receipt(house: Any, open_as: Callable[..., Page]) -> None:
    page = open_as("zhouning", "notices")
    page.fill("#words", WORDS)
    page.check("input[name=role][value=reviewer]")
    file = {"name": "附表.jpg", "mimeType": "image/jpeg", "buffer": table()}
    page.set_input_files("#file", files=[file])
    page.get_by_role("button", name="看预览").click()
    assert "4个单位9人" in page.inner_text("main")
    assert WORDS in page.inner_text("main")
    page.get_by_role("button", name="发送").click()
    assert "正在发给9人" in page.inner_text("#notice")
    house.drain()
    heard = [each for each in house.world.seen("chenyu") if each.sender == "bot"]
    assert [bubble.kind for bubble in heard] == ["text", "file", "template_card"]
    assert WORDS in heard[0].words()
    house.world.press("chenyu", heard[-1].id, "received")
    house.drain()
    with house.services.database.read() as tx:
        (notice,) = notices.latest(tx, 9)
        confirmed = [r.userid for r in notices.receipts(tx, [notice.id]) if r.received_at]
    assert notice.words == WORDS
    assert confirmed == ["chenyu"]
    page = open_as("zhouning", "notices")
    assert "已回1/9" in page.inner_text("main")
    page.get_by_text("全文和回执").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
