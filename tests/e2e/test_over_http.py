"""The same over real sockets: waitress, the emulator's server, and the worker's own threads."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import requests
from click.testing import CliRunner
from waitress import create_server

from bot.app import create_app
from bot.cli import main
from bot.district import load_district, read_plan
from bot.jobs.scheduler import Worker
from bot.services import Services, make_services
from bot.settings import Settings
from dialogs.bubbles import Buttons, Choice, Words
from dialogs.case import Case
from dialogs.events import Chosen, Event
from dialogs.states import State
from dialogs.step import Step
from emulator.app import create_app as create_emulator
from emulator.clock import ManualClock
from emulator.serving import make_http_server
from emulator.settings import Settings as EmulatorSettings
from emulator.transport import HttpTransport
from emulator.world import World
from storage import schema

START = datetime(2022, 5, 9, 1, 0, tzinfo=UTC)
AES_KEY = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"
EXAMPLE = Path(__file__).parents[2] / "examples" / "district.yaml"
SECONDS = 20


def card_machine(state: State, event: Event, case: Case, now: datetime) -> Step:
    if isinstance(event, Chosen):
        return Step(state, (), (Words("chosen"),))
    choices = (Choice("yes", "是"), Choice("no", "否"))
    return Step(state, (), (Buttons("ask:q", "title", "note", choices),))


class House:
    """Bot, worker and emulator, each behind its own port."""

    def __init__(self, folder: Path) -> None:
        self.sent = threading.Semaphore(0)
        world_settings = {
            "corp_id": "wwemu0001",
            "secret": "s3cret",
            "token": "tok3n",
            "aes_key": AES_KEY,
            "members": [{"userid": "chenyu", "name": "陈宇"}],
        }
        self.clock = ManualClock(START)
        self.session = requests.Session()
        emulated = EmulatorSettings.model_validate(world_settings)
        self.world = World(emulated, self.clock, HttpTransport(self.session))
        self.emulator = make_http_server(create_emulator(self.world), "127.0.0.1", 0)
        self.services = self._services(folder, self.emulator.server_port)
        self.bot = create_server(create_app(services=self.services), host="127.0.0.1", port=0)
        self.url = f"http://127.0.0.1:{self.bot.effective_port}"
        self.world.settings.callback_url = f"{self.url}/wecom/callback"
        self.worker = Worker(self.services)
        self.threads = [
            threading.Thread(target=self.emulator.serve_forever, daemon=True),
            threading.Thread(target=self.bot.run, daemon=True),
        ]

    def start(self) -> None:
        for thread in self.threads:
            thread.start()
        self.worker.start()

    def stop(self) -> None:
        self.worker.stop()
        self.emulator.shutdown()
        self.emulator.server_close()
        self.bot.close()
        self.bot.task_dispatcher.shutdown()
        self.services.close()
        self.session.close()

    def wait_for_a_send(self) -> None:
        assert self.sent.acquire(timeout=SECONDS), "the worker sent nothing"

    def _services(self, folder: Path, port: int) -> Services:
        settings = Settings(
            _env_file=None,
            environment="development",
            database_url=f"sqlite:///{folder / 'bot.db'}",
            file_store=str(folder / "files"),
            corp_id="wwemu0001",
            agent_id=1000002,
            secret="s3cret",
            token="tok3n",
            aes_key=AES_KEY,
            api_base=f"http://127.0.0.1:{port}/cgi-bin/",
            worker_seconds=30,
        )
        services = make_services(settings, self.clock, machine=card_machine)
        schema.upgrade(services.database)
        with services.database.begin() as tx:
            load_district(tx, read_plan(EXAMPLE), START)
        return replace(services, api=Announcing(services.api, self.sent))


class Announcing:
    """The API, telling when something was sent."""

    def __init__(self, api: Any, sent: threading.Semaphore) -> None:
        self._api, self._sent = api, sent

    def send_bytes(self, payload: bytes) -> Any:
        result = self._api.send_bytes(payload)
        self._sent.release()
        return result

    def __getattr__(self, name: str) -> Any:
        return getattr(self._api, name)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    made.start()
    yield made
    made.stop()


def test_a_card_arrives_at_once_and_is_answered(house: House) -> None:
    """The worker looks by itself only every thirty seconds: what comes was announced."""
    assert house.world.say("chenyu", "开始") == []
    house.wait_for_a_send()
    card = house.world.newest("chenyu")
    assert card is not None
    house.world.press("chenyu", card.id, "yes")
    assert card.card is not None
    assert card.card.replace_text == "已选 是"
    house.wait_for_a_send()
    newest = house.world.newest("chenyu")
    assert newest is not None
    assert newest.words() == "chosen"


def test_the_selftest_finds_nothing_wrong(
    house: House, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    clock_file = tmp_path / "clock.json"
    clock_file.write_text(f'{{"shown": "{START.isoformat()}", "real": 0, "speed": 0}}')
    for name, value in {
        "ENVIRONMENT": "development",
        "CLOCK_FILE": str(clock_file),
        "CORP_ID": "wwemu0001",
        "AGENT_ID": "1000002",
        "SECRET": "s3cret",
        "TOKEN": "tok3n",
        "AES_KEY": AES_KEY,
    }.items():
        monkeypatch.setenv(f"JIXIAO_{name}", value)
    good = CliRunner().invoke(main, ["selftest", "--url", house.url])
    assert good.exit_code == 0, good.output
    monkeypatch.setenv("JIXIAO_TOKEN", "other")
    bad = CliRunner().invoke(main, ["selftest", "--url", house.url])
    assert bad.exit_code == 2
    assert "403" in bad.output
