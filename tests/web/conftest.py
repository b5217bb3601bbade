"""The pages in a real browser: bot and emulator behind real sockets, links opened as by a member."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
from waitress import create_server

from bot.app import create_app
from bot.district import load_district, read_plan
from bot.jobs.tick import Ticker
from bot.menu import menu_of, read_menu
from bot.services import Services, make_services
from bot.settings import Settings
from bot.web.links import link
from emulator.app import create_app as create_emulator
from emulator.clock import ManualClock
from emulator.serving import make_http_server
from emulator.settings import Settings as EmulatorSettings
from emulator.transport import HttpTransport
from emulator.world import World
from scoring.filing import read_answers_file
from scoring.loading import load
from storage import answers, schema

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[2]
START = datetime(2022, 5, 9, 1, 0, tzinfo=UTC)
AES_KEY = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"
SECRETS: dict[str, Any] = {
    "corp_id": "wwemu0001",
    "agent_id": 1000002,
    "secret": "s3cret",
    "token": "tok3n",
    "aes_key": AES_KEY,
}
PHONE = {"width": 360, "height": 720}


@dataclass
class House:
    """Bot and emulator behind their ports, on one clock that stands still."""

    services: Services
    world: World
    clock: ManualClock
    url: str
    emulator_url: str
    form_id: int

    def fill(self) -> None:
        """Answers the whole form as the reference case does."""
        standard = load("meijiang-2021")
        values = read_answers_file(standard, ROOT / "examples" / "reference-case.yaml")
        plain = {fact: value.plain() for fact, value in values.items()}
        with self.services.database.begin() as tx:
            answers.record(tx, self.form_id, plain, "import", "chenyu", START)

    def drain(self) -> None:
        """Lets the worker send what waits."""
        for _ in range(50):
            Ticker(self.services).tick()

    def address(self, page: str, userid: str, form_id: int | None = None) -> str:
        """What the chat page opens when this member taps the link of a page."""
        target = link(self.services.settings, page, form_id, userid)
        return f"{self.emulator_url}/emulator/open?{urlencode({'userid': userid, 'url': target})}"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    plan = read_plan(ROOT / "examples" / "district.yaml")
    clock = ManualClock(START)
    members = [{"userid": userid, "name": name} for userid, name in plan.people.items()]
    emulated = EmulatorSettings.model_validate({**SECRETS, "members": members})
    world = World(emulated, clock, HttpTransport())
    emulator = make_http_server(create_emulator(world), "127.0.0.1", 0)
    emulator_url = f"http://127.0.0.1:{emulator.server_port}"
    # The port is known before the app: its own address stands in its settings.
    holder: list[Any] = []
    server = create_server(lambda *call: holder[0](*call), host="127.0.0.1", port=0)
    url = f"http://127.0.0.1:{server.effective_port}"
    emulated.callback_url = f"{url}/wecom/callback"
    settings = Settings(
        _env_file=None,
        environment="development",
        database_url=f"sqlite:///{tmp_path / 'bot.db'}",
        file_store=str(tmp_path / "files"),
        api_base=f"{emulator_url}/cgi-bin/",
        oauth_base=f"{emulator_url}/connect/oauth2/authorize",
        public_url=url,
        page_requests="1000 per minute",
        **SECRETS,
    )
    services = make_services(settings, clock)
    schema.upgrade(services.database)
    with services.database.begin() as tx:
        loaded = load_district(tx, plan, START)
    holder.append(create_app(services=services))
    threads = [
        threading.Thread(target=run, daemon=True) for run in (emulator.serve_forever, server.run)
    ]
    for thread in threads:
        thread.start()
    services.api.create_menu(menu_of(settings, read_menu(None)))
    yield House(services, world, clock, url, emulator_url, loaded.forms["301"])
    emulator.shutdown()
    emulator.server_close()
    server.close()
    server.task_dispatcher.shutdown()
    services.close()


@pytest.fixture
def open_as(chromium: Browser, house: House) -> Iterator[Callable[..., Page]]:
    """Opens a page as a member on a phone: `open_as("chenyu", "texts", form_id)`. Options are
    `dark`, `width` and Playwright's own, such as `java_script_enabled`."""
    contexts = []
    faults: list[str] = []

    def opened(
        userid: str,
        page: str,
        form_id: int | None = None,
        *,
        dark: bool = False,
        width: int = PHONE["width"],
        **options: Any,
    ) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": PHONE["height"]},
            color_scheme="dark" if dark else "light",
            **options,
        )
        contexts.append(context)
        tab = context.new_page()
        tab.on("pageerror", lambda error: faults.append(str(error)))
        tab.on(
            "console",
            lambda line: faults.append(line.text) if "Content Security" in line.text else None,
        )
        tab.goto(house.address(page, userid, form_id))
        return tab

    yield opened
    for context in contexts:
        context.close()
    assert faults == []
