"""The page of archives: what it lists, ordering one, downloading it."""

from __future__ import annotations

import io
from zipfile import ZipFile

import pytest

from bot.app import create_app
from bot.jobs.tasks import TaskWorker


@pytest.fixture
def browser(services, browser_of):
    return browser_of(create_app(services=services), "zhouning")


def test_an_archive_is_ordered_listed_and_downloaded(services, browser):
    page = browser.get("/pages/archives")
    assert "还没有档案" in page.text
    browser.post("/pages/archives/order", {"cycle": "1"})
    assert TaskWorker(services).work_due() == 1
    assert "/pages/archives/1/content" in browser.get("/pages/archives").text
    got = browser.get("/pages/archives/1/content")
    assert got.status_code == 200
    assert "attachment" in got.headers["Content-Disposition"]
    with ZipFile(io.BytesIO(got.data)) as archive:
        assert archive.testzip() is None
        assert "manifest.json" in archive.namelist()


@pytest.mark.parametrize("cycle", ["", "x", "99", "9" * 40])
def test_what_is_no_year(browser, cycle):
    answer = browser.post("/pages/archives/order", {"cycle": cycle})
    assert answer.status_code < 500
    assert "没有找到" in answer.text or answer.status_code == 303
