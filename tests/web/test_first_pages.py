"""Sign-in, first page and long texts at phone width, by keyboard, in the dark, without scripts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from storage import answers

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow
Open = Callable[..., "Page"]

STICKING = """[...document.querySelectorAll('body *')].filter(node => {
    const box = node.getBoundingClientRect();
    return box.width > 1 && box.right > innerWidth + 1 && !node.closest('.scroll, .skip');
}).map(node => node.outerHTML.slice(0, 80))"""
LUMINANCE = "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number)"


def test_a_link_from_the_chat_signs_in_silently(house: Any, open_as: Open) -> None:
    page = open_as("chenyu", "home")
    assert page.url.partition("#")[0] == f"{house.url}/pages/home"
    assert "梅州市梅江区科工商务局" in page.inner_text("main")
    assert "chenyu" not in page.url


def test_the_menu_opens_the_page_of_whoever_holds_the_client(house: Any, open_as: Open) -> None:
    menu = house.world.state.menu if hasattr(house.world, "state") else house.world.menu
    names = [button["name"] for button in menu["button"]]
    assert names == ["继续填报", "材料", "更多"]
    texts = next(b["url"] for b in menu["button"][2]["sub_button"] if b["type"] == "view")
    page = open_as("chenyu", "home")
    for userid, department in (("hesui", "民政局"), ("chenyu", "科工商务局")):
        page.goto(f"{house.emulator_url}/emulator/open?userid={userid}&url={texts}")
        assert department in page.inner_text("header")


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("path", ["home", "texts", "texts/duties", "texts/key_tasks"])
def test_nothing_sticks_out_at_360_pixels(house: Any, open_as: Open, path: str, dark: bool) -> None:
    house.fill()
    page = open_as("chenyu", "home", dark=dark)
    name, _, question = path.partition("/")
    if name != "home":
        page.goto(
            f"{house.url}/pages/{name}/{house.form_id}" + (f"/{question}" if question else "")
        )
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.evaluate(STICKING) == []
    ground = sum(page.evaluate(LUMINANCE)) / 3
    assert (ground < 60) == dark


def test_a_text_is_written_by_keyboard_alone(house: Any, open_as: Open) -> None:
    page = open_as("chenyu", "texts", house.form_id)
    page.goto(f"{house.url}/pages/texts/{house.form_id}/yearly_work")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "TEXTAREA":
            break
    page.keyboard.type("全年工作总体平稳。")
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert page.evaluate("document.activeElement.innerText") == "保存"
    assert outline != "none"
    page.keyboard.press("Enter")
    page.get_by_text("已保存").wait_for()
    with house.services.database.read() as tx:
        assert answers.present(tx, house.form_id)["yearly_work"] == "全年工作总体平稳。"


def test_what_was_written_is_known_in_the_chat_at_the_next_message(
    house: Any, open_as: Open
) -> None:
    house.world.say("chenyu", "继续")
    page = open_as("chenyu", "texts", house.form_id)
    page.goto(f"{house.url}/pages/texts/{house.form_id}/duties")
    page.get_by_label("主要职责").fill("（1）贯彻执行国家方针政策\n（2）拟订规划")
    page.get_by_role("button", name="保存").click()
    page.get_by_text("已保存").wait_for()
    house.clock.advance(timedelta(seconds=2))
    house.world.say("chenyu", "修改 主要职责")
    house.drain()
    said = "".join(str(bubble.content) for bubble in house.world.seen("chenyu"))
    assert "贯彻执行国家方针政策" in said


def test_the_essentials_work_without_scripts(house: Any, open_as: Open) -> None:
    page = open_as("chenyu", "home", java_script_enabled=False)
    page.get_by_role("link", name="长文本").click()
    page.get_by_text("主要职责").click()
    page.get_by_label("主要职责").fill("拟订规划")
    page.get_by_role("button", name="保存").click()
    assert "已保存" in page.inner_text("#notice")


def test_what_was_typed_outlives_the_session(house: Any, open_as: Open) -> None:
    page = open_as("chenyu", "texts", house.form_id)
    page.goto(f"{house.url}/pages/texts/{house.form_id}/yearly_work")
    page.locator("textarea").fill("写了一上午的话。")
    house.clock.advance(timedelta(hours=house.services.settings.session_hours + 1))
    page.get_by_role("button", name="保存").click()
    page.get_by_text("登录已过期").first.wait_for()
    assert page.get_by_label("您刚才写的").input_value() == "写了一上午的话。"


def test_a_page_of_others_is_not_there(house: Any, open_as: Open) -> None:
    page = open_as("hesui", "texts", house.form_id)
    assert "没有这一页" in page.inner_text("header")
