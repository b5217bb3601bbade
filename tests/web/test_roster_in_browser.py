"""The roster's page on a phone: upload, see the difference, one tap."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from bot.rosters.files import exported
from bot.rosters.present import present

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def test_a_new_roster_by_tap(house: Any, open_as: Callable[..., Page]) -> None:
    with house.services.database.read() as tx:
        book = openpyxl.load_workbook(io.BytesIO(exported(present(tx)).content))
    book["部门"]["B4"] = "梅江区水利局"
    book["人员"].append(["莫然", "moran", "填报人", "303"])
    buffer = io.BytesIO()
    book.save(buffer)
    tab = open_as("zhouning", "roster")
    assert "4个部门，14人" in tab.inner_text("main")
    file = {"name": "名册.xlsx", "mimeType": XLSX, "buffer": buffer.getvalue()}
    tab.set_input_files("#file", [file])  # type: ignore[list-item]
    tab.get_by_role("button", name="上传，看差别").click()
    shown = tab.inner_text("main")
    assert "改名 梅州市梅江区水务局 → 梅江区水利局（303）" in shown
    assert "加上 莫然（moran）：梅江区水利局的填报人" in shown
    wide = tab.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    assert not wide
    tab.get_by_role("button", name="照这样改").click()
    assert "名册已更新" in tab.inner_text("#notice")
    with house.services.database.read() as tx:
        assert present(tx).roster.departments["303"].name == "梅江区水利局"
