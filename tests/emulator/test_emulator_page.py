"""The chat page in a real browser, with real HTTP in both directions."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from emulator.app import create_app
from emulator.clock import FileClock
from emulator.faults import Fault
from emulator.serving import make_http_server
from emulator.settings import Settings
from emulator.world import World

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow


@pytest.fixture
def page(chromium: "Browser") -> Iterator["Page"]:
    """A window of its own, without what others left behind."""
    context = chromium.new_context(viewport={"width": 1280, "height": 720})
    yield context.new_page()
    context.close()


@pytest.fixture
def live(settings: Settings, bot: Any, tmp_path: Path) -> Iterator[World]:
    """A world and its bot behind real HTTP servers."""
    bot_server = make_http_server(bot.app, "127.0.0.1", 0)
    settings.callback_url = f"http://127.0.0.1:{bot_server.server_port}/callback"
    world = World(settings, FileClock(tmp_path / "clock.json"))
    server = make_http_server(create_app(world), "127.0.0.1", 0)
    settings.port = server.server_port
    threads = [threading.Thread(target=s.serve_forever) for s in (bot_server, server)]
    for thread in threads:
        thread.start()
    yield world
    for one in (bot_server, server):
        one.shutdown()
        one.server_close()
    for thread in threads:
        thread.join()


def test_a_bubble_shows_and_a_pressed_card_turns_grey(
    page: "Page", live: World, bot: Any, button_card: dict[str, Any]
) -> None:
    def answer(root: Any) -> dict[str, object]:
        if root.findtext("MsgType") == "text":
            return {"MsgType": "text", "Content": "收到：<b>&" + root.findtext("Content")}
        return {"MsgType": "update_button", "Button": {"ReplaceName": "已选“是”"}}

    bot.answer = answer
    live.chats.add("li", "bot", "template_card", button_card, how="send")
    page.goto(f"http://127.0.0.1:{live.settings.port}/")
    column = page.locator('[data-userid="li"]')
    field = column.locator("textarea")
    field.press_sequentially("第一行")
    field.press("Shift+Enter")
    field.press_sequentially("第二行")
    field.press("Enter")
    assert column.locator(".row.member .bubble").inner_text() == "第一行\n第二行"
    told = column.locator(".row.bot .bubble:not(.flat)").inner_text()
    assert told == "收到：<b>&第一行\n第二行"
    column.locator('[data-key="yes"]').click()
    grey = column.locator(".actions .done")
    assert grey.inner_text() == "已选“是”"
    assert not grey.is_enabled()
    assert column.locator('[data-key="no"]').count() == 0
    assert bot.last("EventKey") == "yes"


@pytest.mark.parametrize("width", [375, 1280])
def test_nothing_sticks_out_at_either_width(
    page: "Page",
    live: World,
    width: int,
    vote_card: dict[str, Any],
    multiple_card: dict[str, Any],
) -> None:
    page.set_viewport_size({"width": width, "height": 720})
    for card in (vote_card, multiple_card):
        live.chats.add("li", "bot", "template_card", card, how="send")
    live.chats.add("li", "bot", "text", {"content": "x" * 300}, how="send")
    page.goto(f"http://127.0.0.1:{live.settings.port}/")
    page.locator(".row").nth(2).wait_for()
    assert page.locator(".row").count() == 3
    shown = [column for column in page.locator(".column").all() if column.is_visible()]
    assert len(shown) == (1 if width == 375 else 3)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    sticking = """[...document.querySelectorAll('.row *')].filter(
        node => node.getBoundingClientRect().right > innerWidth).length"""
    assert page.evaluate(sticking) == 0
    assert page.locator(".tabs button").nth(1).is_visible() == (width == 375)


def test_a_cut_connection_gives_no_answer(live: World) -> None:

    live.faults.add(Fault(kind="reset_before", path="gettoken"))
    with socket.create_connection(("127.0.0.1", live.settings.port), timeout=10) as line:
        line.sendall(b"GET /cgi-bin/gettoken HTTP/1.1\r\nHost: x\r\n\r\n")
        assert line.recv(100) == b""
