"""The chat page in a real browser, with real HTTP in both directions."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from emulator.app import create_app
from emulator.clock import FileClock
from emulator.faults import Fault
from emulator.serving import make_http_server
from emulator.settings import Settings
from emulator.world import World

pytestmark = pytest.mark.slow

FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
)


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[webdriver.Chrome]:
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for flag in [*FLAGS.split(), f"--user-data-dir={tmp_path / 'profile'}"]:
        options.add_argument(flag)
    driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
    yield driver
    driver.quit()


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


def set_width(browser: webdriver.Chrome, width: int) -> None:
    screen = {"width": width, "height": 720, "deviceScaleFactor": 1, "mobile": width < 500}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)


def test_a_bubble_shows_and_a_pressed_card_turns_grey(
    browser: webdriver.Chrome, live: World, bot: Any, button_card: dict[str, Any]
) -> None:
    def answer(root: Any) -> dict[str, object]:
        if root.findtext("MsgType") == "text":
            return {"MsgType": "text", "Content": "收到：<b>&" + root.findtext("Content")}
        return {"MsgType": "update_button", "Button": {"ReplaceName": "已选“是”"}}

    bot.answer = answer
    live.chats.add("li", "bot", "template_card", button_card, how="send")
    browser.get(f"http://127.0.0.1:{live.settings.port}/")
    column = '[data-userid="li"] '

    def find(selector: str) -> Any:
        return WebDriverWait(browser, 15).until(
            lambda driver: driver.find_element(By.CSS_SELECTOR, column + selector)
        )

    field = find("textarea")
    field.send_keys("第一行", Keys.SHIFT + Keys.ENTER + Keys.NULL, "第二行", Keys.ENTER)
    assert find(".row.member .bubble").text == "第一行\n第二行"
    assert find(".row.bot .bubble:not(.flat)").text == "收到：<b>&第一行\n第二行"
    find('[data-key="yes"]').click()
    grey = find(".actions .done")
    assert grey.text == "已选“是”"
    assert not grey.is_enabled()
    assert browser.find_elements(By.CSS_SELECTOR, column + '[data-key="no"]') == []
    assert bot.last("EventKey") == "yes"


@pytest.mark.parametrize("width", [375, 1280])
def test_nothing_sticks_out_at_either_width(
    browser: webdriver.Chrome,
    live: World,
    width: int,
    vote_card: dict[str, Any],
    multiple_card: dict[str, Any],
) -> None:
    set_width(browser, width)
    for card in (vote_card, multiple_card):
        live.chats.add("li", "bot", "template_card", card, how="send")
    live.chats.add("li", "bot", "text", {"content": "x" * 300}, how="send")
    browser.get(f"http://127.0.0.1:{live.settings.port}/")
    waiting = WebDriverWait(browser, 15)
    waiting.until(lambda driver: len(driver.find_elements(By.CSS_SELECTOR, ".row")) == 3)
    shown = [c for c in browser.find_elements(By.CSS_SELECTOR, ".column") if c.is_displayed()]
    assert len(shown) == (1 if width == 375 else 3)
    wide = "return document.documentElement.scrollWidth"
    assert browser.execute_script(wide) <= width
    sticking = """return [...document.querySelectorAll('.row *')].filter(
        node => node.getBoundingClientRect().right > innerWidth).length"""
    assert browser.execute_script(sticking) == 0
    tabs = browser.find_elements(By.CSS_SELECTOR, ".tabs button")
    assert tabs[1].is_displayed() == (width == 375)


def test_a_cut_connection_gives_no_answer(live: World) -> None:

    live.faults.add(Fault(kind="reset_before", path="gettoken"))
    with socket.create_connection(("127.0.0.1", live.settings.port), timeout=10) as line:
        line.sendall(b"GET /cgi-bin/gettoken HTTP/1.1\r\nHost: x\r\n\r\n")
        assert line.recv(100) == b""
