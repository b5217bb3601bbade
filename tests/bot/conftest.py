"""The service on a database of its own, with a stand-in for WeChat Work's API.

That is SQLite, or with --postgresql a PostgreSQL, which is emptied for each test.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from sqlalchemy import Engine, event, text
from werkzeug.test import TestResponse

from bot.app import create_app
from bot.district import Loaded, load_district, read_plan
from bot.documents import DOCX, XLSX, Document
from bot.services import Services, make_services
from bot.settings import Settings
from bot.wecom.api import Media, Sent
from dialogs.bubbles import Words
from dialogs.case import Case, Desk
from dialogs.events import Event
from dialogs.states import State
from dialogs.step import Step
from emulator import crypto, xml
from scoring.filing import read_answers_file
from scoring.loading import load
from scoring.standard import Standard
from scoring.values import Value
from storage import answers, schema
from storage.database import Database
from storage.models import Base

ROOT = Path(__file__).parents[2]
START = datetime(2022, 5, 9, 1, 0, tzinfo=UTC)
AES_KEY = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"
CORP = "wwemu0001"


def given_url() -> str:
    """The address of the PostgreSQL to be used; "" for SQLite."""
    return os.environ.get("JIXIAO_TEST_DATABASE", "")


@event.listens_for(Engine, "before_cursor_execute", retval=True)
def write_for_psycopg(*given: Any) -> tuple[str, Any]:
    """The tests' own SQL is written for SQLite: `?` is a parameter, `%` is itself."""
    connection, _, statement, parameters, context, _ = given
    if connection.dialect.name == "postgresql" and context.compiled is None:
        statement = statement.replace("%", "%%").replace("?", "%s")
    return statement, parameters


class StandingClock:
    """A clock that moves only when told to."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@dataclass
class FakeApi:
    """Takes what the worker brings; `outcomes` are raised or returned first, one a call."""

    payloads: list[bytes] = field(default_factory=list)
    uploads: list[str] = field(default_factory=list)
    updates: list[tuple[str, str, str]] = field(default_factory=list)
    outcomes: list[Any] = field(default_factory=list)

    def send_bytes(self, payload: bytes) -> Sent:
        self.payloads.append(payload)
        return self._next() or Sent(f"m{len(self.payloads)}", "", frozenset())

    def upload(self, name: str, content: bytes, kind: str) -> Media:
        self.uploads.append(name)
        return Media(f"media{len(self.uploads)}", START)

    def update_card(self, response_code: str, user: str, replace_name: str) -> None:
        self.updates.append((response_code, user, replace_name))
        self._next()

    def close(self) -> None:
        """Holds nothing."""

    def _next(self) -> Any:
        outcome = self.outcomes.pop(0) if self.outcomes else None
        if isinstance(outcome, Exception):
            raise outcome
        return outcome


def repeating_machine(state: State, event: Event, case: Case, now: datetime) -> Step:
    """Says back what it was given."""
    return Step(state, (), (Words(f"{case.form.department}: {event}"),))


def repeating_desk(state: State, event: Event, desk: Desk, now: datetime) -> Step:
    return Step(state, (), (Words(f"{desk.role}: {event}"),))


def build_stand_ins(form: Any, standard: Any, given: Any, edition: Any) -> list[Document]:
    if edition is None:
        return [Document("draft.docx", b"a draft report", DOCX)]
    version = edition.version
    report = Document(f"report-{version}.docx", f"report {version}".encode(), DOCX)
    return [report, Document(f"scores-{version}.xlsx", f"scores {version}".encode(), XLSX)]


@pytest.fixture(scope="session")
def district_template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Loaded]:
    """A database with the example district, to copy: making it takes longer than most tests."""
    path = tmp_path_factory.mktemp("district") / "district.db"
    database = Database(f"sqlite:///{path}")
    schema.upgrade(database)
    with database.begin() as tx:
        loaded = load_district(tx, read_plan(ROOT / "examples" / "district.yaml"), START)
    database.close()
    return path, loaded


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        _env_file=None,
        environment="development",
        database_url=given_url() or f"sqlite:///{tmp_path / 'bot.db'}",
        file_store=str(tmp_path / "files"),
        corp_id=CORP,
        agent_id=1000002,
        secret="s3cret",
        token="tok3n",
        aes_key=AES_KEY,
        api_base="http://127.0.0.1:1/cgi-bin/",
    )


@pytest.fixture
def api() -> FakeApi:
    return FakeApi()


@pytest.fixture
def services(
    district_template: tuple[Path, Loaded],
    settings: Settings,
    clock: StandingClock,
    api: FakeApi,
) -> Iterator[Services]:
    if given_url():
        load_anew(given_url())
    else:
        shutil.copy(district_template[0], settings.database_url.removeprefix("sqlite:///"))
    made = make_services(
        settings, clock, machine=repeating_machine, desk=repeating_desk, build=build_stand_ins
    )
    made = replace(made, api=api)
    yield made
    made.close()


def load_anew(url: str) -> None:
    """The example district on PostgreSQL, under the same ids as in the template."""
    database = Database(url)
    schema.upgrade(database)
    with database.begin() as tx:
        tables = ", ".join(Base.metadata.tables)
        tx.execute(text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))
        load_district(tx, read_plan(ROOT / "examples" / "district.yaml"), START)
    database.close()


@pytest.fixture
def form_id(district_template: tuple[Path, Loaded]) -> int:
    """The form of department 301: contact chenyu, reviewer linfan."""
    return district_template[1].forms["301"]


@pytest.fixture(scope="session")
def standard() -> Standard:
    return load("meijiang-2021")


@pytest.fixture(scope="session")
def whole_answers(standard: Standard) -> dict[str, Value]:
    """All answers of the reference case."""
    return read_answers_file(standard, ROOT / "examples" / "reference-case.yaml")


@pytest.fixture
def filled(services: Services, form_id: int, whole_answers: dict[str, Value]) -> int:
    """The form, filled in completely."""
    plain = {fact: value.plain() for fact, value in whole_answers.items()}
    with services.database.begin() as tx:
        answers.record(tx, form_id, plain, "import", "chenyu", START)
    return form_id


class Line:
    """Speaks to the callback address as WeChat Work does."""

    def __init__(self, services: Services, clock: StandingClock) -> None:
        self.client = create_app(services=services).test_client()
        self.clock = clock
        self.number = 0

    def say(self, userid: str, text: str, **more: object) -> TestResponse:
        self.number += 1
        given = {"MsgType": "text", "Content": text, "MsgId": self.number} | more
        return self.bring(userid, given)

    def event(self, userid: str, event: str, **more: object) -> TestResponse:
        return self.bring(userid, {"MsgType": "event", "Event": event} | more)

    def click(self, userid: str, task_id: str, key: str, **more: object) -> TestResponse:
        fields = {"EventKey": key, "TaskId": task_id, "CardType": "button_interaction"}
        return self.event(userid, "template_card_event", **(fields | more))

    def bring(self, userid: str, fields: dict[str, object]) -> TestResponse:
        head = {"ToUserName": CORP, "FromUserName": userid, "AgentID": 1000002}
        stamp = {"CreateTime": int(self.clock().timestamp())}
        return self.post(xml.write(head | stamp | fields))

    def post(self, message: str, **changes: str) -> TestResponse:
        sealed = crypto.encrypt(AES_KEY, message, CORP)
        query = self.signed(sealed) | changes
        body = xml.write({"ToUserName": CORP, "Encrypt": sealed})
        return self.client.post(f"/wecom/callback?{urlencode(query)}", data=body)

    def signed(self, sealed: str) -> dict[str, str]:
        stamp = str(int(self.clock().timestamp()))
        signature = crypto.sign("tok3n", stamp, "n0nce", sealed)
        return {"msg_signature": signature, "timestamp": stamp, "nonce": "n0nce"}


@pytest.fixture
def make_line(clock: StandingClock) -> Callable[[Services], Line]:
    return lambda services: Line(services, clock)


@pytest.fixture
def line(services: Services, clock: StandingClock) -> Line:
    return Line(services, clock)


@pytest.fixture
def reply() -> Any:
    """Opens a passive reply: its text, the label of the greyed button, or "" for an empty body."""

    def opened(response: TestResponse) -> str:
        assert response.status_code == 200
        if not response.text:
            return ""
        sealed = ElementTree.fromstring(response.text).findtext("Encrypt") or ""
        inner = ElementTree.fromstring(crypto.decrypt(AES_KEY, sealed, CORP))
        return inner.findtext("Content") or inner.findtext("Button/ReplaceName") or ""

    return opened
