"""The real service and the real emulator in one process, on one clock that stands still.

Callbacks go encrypted from the emulator into the Flask app, sends go as HTTP requests into the
emulator's app; only the sockets are missing. The limiter, the signature and the duplicate check
are on, as always.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.app import create_app
from bot.district import Loaded, load_district, read_plan
from bot.jobs.tick import Ticker
from bot.services import Services, make_services
from bot.settings import Settings
from emulator.app import create_app as create_emulator
from emulator.chat import Bubble
from emulator.clock import ManualClock
from emulator.settings import Settings as EmulatorSettings
from emulator.transport import wsgi_session, wsgi_transport
from emulator.world import World
from scoring.filing import read_answers_file
from storage import answers, interviews, schema
from storage.database import Database
from storage.models import Base

START = datetime(2022, 5, 9, 1, 0, tzinfo=UTC)
AES_KEY = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"
EXAMPLE = Path(__file__).parents[2] / "examples" / "district.yaml"
CASE = EXAMPLE.with_name("reference-case.yaml")
CONTACT, REVIEWER, COORDINATOR, FINANCE = "chenyu", "linfan", "zhouning", "wuheng"
PATIENCE = 400


@dataclass
class District:
    """Bot, emulated WeChat Work and clock, with what people do.

    `say`, `press`, `submit` and `open` act as a member, let the worker send all that follows,
    and give the bot's new bubbles to that member in the order in which they are read.
    """

    services: Services
    world: World
    clock: ManualClock
    ticker: Ticker
    loaded: Loaded

    def say(self, userid: str, text: str) -> list[Bubble]:
        return self._after(userid, lambda: self.world.say(userid, text))

    def open(self, userid: str) -> list[Bubble]:
        return self._after(userid, lambda: self.world.open_app(userid))

    def press(self, userid: str, wanted: str) -> list[Bubble]:
        """Presses the button with this key or label on the newest open card that has it."""
        card, key = self._button(userid, wanted)
        return self._after(userid, lambda: self.world.press(userid, card.id, key))

    def submit(self, userid: str, picked: list[str]) -> list[Bubble]:
        """Ticks exactly these options (ids or labels) on the newest card to tick, and submits."""
        card = next(b for b in self.open_cards(userid) if b.content.get("checkbox"))
        options = card.content["checkbox"]["option_list"]
        ids = [o["id"] for want in picked for o in options if want in (o["id"], o["text"])]
        assert len(ids) == len(picked), f"{picked} not all among {options}"
        return self._after(userid, lambda: self.world.submit(userid, card.id, ids))

    def drain(self) -> None:
        """Lets the worker do all there is to do, moving the clock on where it has to wait."""
        for tried in range(PATIENCE):
            self.ticker.tick()
            if not self._unsent():
                return
            # First the minute's limit is waited for, then the hour's.
            self.clock.advance(timedelta(seconds=1 if tried < PATIENCE / 4 else 30))
        raise AssertionError("the outbox did not empty")

    def bubbles(self, userid: str) -> list[Bubble]:
        """All that the bot has said to somebody."""
        return [b for b in self.world.seen(userid) if b.sender == "bot"]

    def newest(self, userid: str) -> Bubble:
        found = self.world.newest(userid)
        assert found is not None, f"nothing was said to {userid}"
        return found

    def open_cards(self, userid: str) -> list[Bubble]:
        """Cards that still invite a click, the newest first."""
        return [b for b in reversed(self.bubbles(userid)) if b.waits_for_answer()]

    def complaints(self, *kinds: str) -> list[str]:
        """What the emulator noted as lost, cut, refused or odd."""
        noted = self.world.journal.entries()
        return [f"{e.kind} {e.code} {e.values}" for e in noted if not kinds or e.kind in kinds]

    def _after(self, userid: str, act: Callable[[], list[Bubble]]) -> list[Bubble]:
        before = {b.id for b in self.bubbles(userid)}
        # An event has no number: the same one within a second can't be told from a retry.
        self.clock.advance(timedelta(seconds=1))
        act()
        self.drain()
        return [b for b in self.bubbles(userid) if b.id not in before]

    def _button(self, userid: str, wanted: str) -> tuple[Bubble, str]:
        for card in self.open_cards(userid):
            for button in card.content.get("button_list") or ():
                if wanted in (button["key"], button["text"]):
                    return card, button["key"]
        raise AssertionError(f"{userid} has no open card with a button {wanted}")

    def _unsent(self) -> bool:
        with self.services.database.read() as tx:
            rows = "SELECT count(*) FROM outbox WHERE state IN ('pending', 'claimed')"
            tasks = "SELECT count(*) FROM tasks WHERE done_at IS NULL AND given_up_at IS NULL"
            counts = [tx.execute(text(query)).scalar_one() for query in (rows, tasks)]
        return any(counts)


Make = Callable[..., District]


def fill_in(district: District) -> District:
    """The same district, with the reference case filled in for its first department."""
    services, form_id = district.services, district.loaded.forms["301"]
    with services.database.begin() as tx:
        standing = interviews.one(tx, form_id)
        assert standing is not None
        standard = services.shelf.standard(tx, standing.standard_hash)
        values = read_answers_file(standard, CASE)
        plain = {fact: value.plain() for fact, value in values.items()}
        answers.record(tx, form_id, plain, "import", CONTACT, services.clock())
    return district


@pytest.fixture
def make_district(tmp_path: Path) -> Iterator[Make]:
    """Makes a district; arguments stand in for the machine, the desk or the builder, and
    `settings` changes the bot's settings."""
    made: list[District] = []

    def make(settings: dict[str, Any] | None = None, **stand_ins: Any) -> District:
        clock = ManualClock(START)
        emulated = emulated_corporation()
        app: list[Any] = []  # it comes last: it needs the services, and they the emulator
        world = World(
            emulated,
            clock,
            deliver=lambda *call: wsgi_transport(app[0])(*call),
            pause=lambda _seconds: None,
        )
        services = make_services(
            bot_settings(tmp_path, emulated, **(settings or {})),
            clock,
            session=wsgi_session(create_emulator(world)),
            **stand_ins,
        )
        _empty(services.database)
        with services.database.begin() as tx:
            loaded = load_district(tx, read_plan(EXAMPLE), START)
        app.append(create_app(services=services))
        made.append(District(services, world, clock, Ticker(services), loaded))
        return made[-1]

    yield make
    for district in made:
        district.services.close()


@pytest.fixture
def district(make_district: Make) -> District:
    """A district with everything real."""
    return make_district()


def emulated_corporation() -> EmulatorSettings:
    plan = read_plan(EXAMPLE)
    members = [{"userid": userid, "name": name} for userid, name in plan.people.items()]
    return EmulatorSettings.model_validate(
        {
            "corp_id": "wwemu0001",
            "secret": "s3cret",
            "token": "tok3n",
            "aes_key": AES_KEY,
            "callback_url": "http://127.0.0.1:5000/wecom/callback",
            "members": [*members, {"userid": "stranger", "name": "路人"}],
        }
    )


def bot_settings(folder: Path, emulated: EmulatorSettings, **changes: Any) -> Settings:
    database = os.environ.get("JIXIAO_TEST_DATABASE") or f"sqlite:///{folder / 'bot.db'}"
    values = {
        "environment": "development",
        "database_url": database,
        "file_store": str(folder / "files"),
        "corp_id": emulated.corp_id,
        "agent_id": emulated.agent_id,
        "secret": emulated.secret,
        "token": emulated.token,
        "aes_key": emulated.aes_key,
        "api_base": "http://127.0.0.1:8090/cgi-bin/",
        "pdf": False,  # LibreOffice takes seconds; a slow test has it
    }
    return Settings(_env_file=None, **(values | changes))


def _empty(database: Database) -> None:
    schema.upgrade(database)
    if database.url.get_backend_name() == "postgresql":
        tables = ", ".join(Base.metadata.tables)
        with database.begin() as tx:
            tx.execute(text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))
