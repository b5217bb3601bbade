"""The whole turn to be measured: the real app on SQLite with a nearly finished form."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.app import create_app
from bot.district import load_district, read_plan
from bot.jobs.tick import Ticker
from bot.services import make_services
from bot.settings import Settings
from bot.wecom.callback import CallbackGuard
from emulator.app import create_app as create_emulator
from emulator.clock import ManualClock
from emulator.settings import Settings as EmulatorSettings
from emulator.transport import wsgi_session
from emulator.world import World
from reports.report import build_report
from reports.score_sheet import build_score_sheet
from scoring.engine import score
from scoring.loading import load
from scoring.plain import read_value
from scoring.source import read_source
from storage import answers, schema
from tests.benchmarks.echo import Access, Call

EXAMPLES = Path(__file__).parents[2] / "examples"
START = datetime(2022, 5, 9, 1, 0, tzinfo=UTC)
ACCESS = Access("wwemu0001", "tok3n", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C")
CONTACT = "chenyu"
# Asked about now: what is told again and again, each time with another figure.
OPEN = ("procurement_plan", "procurement_actual")


class Bench:
    """The service with one form all but finished; `take` is one text turn that records figures."""

    guard_settings = ACCESS

    def __init__(self, folder: Path) -> None:
        self._clock = ManualClock(START)
        plan = read_plan(EXAMPLES / "district.yaml")
        emulated = EmulatorSettings.model_validate(
            {
                "corp_id": ACCESS.corp_id,
                "secret": "s3cret",
                "token": ACCESS.token,
                "aes_key": ACCESS.aes_key,
                "callback_url": "http://127.0.0.1:5000/wecom/callback",
                "members": [{"userid": u, "name": n} for u, n in plan.people.items()],
            }
        )
        settings = Settings(
            _env_file=None,
            environment="development",
            database_url=f"sqlite:///{folder / 'bench.db'}",
            file_store=str(folder / "files"),
            corp_id=ACCESS.corp_id,
            agent_id=1000002,
            secret="s3cret",
            token=ACCESS.token,
            aes_key=ACCESS.aes_key,
            api_base="http://127.0.0.1:8090/cgi-bin/",
            log_level="error",
        )
        session = wsgi_session(create_emulator(World(emulated, self._clock)))
        self._services = make_services(settings, self._clock, session=session)
        self._standard = load("meijiang-2021")
        data = read_source("case", (EXAMPLES / "reference-case.yaml").read_text("utf-8")).data
        self._facts = {n: read_value(self._standard.facts[n], given) for n, given in data.items()}
        schema.upgrade(self._services.database)
        with self._services.database.begin() as tx:
            loaded = load_district(tx, plan, START)
            form = next(iter(loaded.forms.values()))
            plain = {n: v.plain() for n, v in self._facts.items() if n not in OPEN}
            answers.record(tx, form, plain, "", CONTACT, START)
        self._client = create_app(services=self._services).test_client()
        self._guard = CallbackGuard(ACCESS.corp_id, ACCESS.token, ACCESS.aes_key)
        self._numbers = itertools.count(1)
        self._ticker = Ticker(self._services)

    def calls(self, count: int) -> list[Call]:
        """Distinct messages, sealed beforehand: a correction of the same figure each time."""
        return [self._call(next(self._numbers)) for _ in range(count)]

    def _call(self, number: int) -> Call:
        now = self._clock() + timedelta(seconds=number)
        text = f"实际采购金额改成{90 + number % 9}.{number % 97:02d}万元"
        xml = (
            f"<xml><ToUserName><![CDATA[{ACCESS.corp_id}]]></ToUserName>"
            f"<FromUserName><![CDATA[{CONTACT}]]></FromUserName>"
            f"<CreateTime>{int(now.timestamp())}</CreateTime><MsgType><![CDATA[text]]></MsgType>"
            f"<Content><![CDATA[{text}]]></Content><MsgId>{number}</MsgId>"
            "<AgentID>1000002</AgentID></xml>"
        )
        sealed = self._guard.seal(xml, self._clock(), nonce=f"n{number}")
        parts = {
            tag: sealed.split(f"<{tag}>")[1].split(f"</{tag}>")[0].removeprefix("<![CDATA[")
            for tag in ("MsgSignature", "TimeStamp", "Nonce")
        }
        query = {
            "msg_signature": parts["MsgSignature"].removesuffix("]]>"),
            "timestamp": parts["TimeStamp"].removesuffix("]]>"),
            "nonce": parts["Nonce"].removesuffix("]]>"),
        }
        return Call(query, sealed.encode())

    def take(self, call: Call) -> bytes:
        """One turn through the real webhook."""
        answer = self._client.post("/wecom/callback", query_string=call.query, data=call.body)
        if answer.status_code != 200:
            raise RuntimeError(f"the webhook answered {answer.status_code}")
        return answer.data

    def drain(self) -> None:
        """Sends what the turns left in the outbox, outside what is measured."""
        for _ in range(50):
            self._ticker.tick()
            self._clock.advance(timedelta(seconds=6))

    def documents(self) -> dict[str, Callable[[], bytes]]:
        """The documents of the finished case, by name."""
        sheet = score(self._standard, self._facts)
        return {
            "report (docx)": lambda: build_report(self._standard, self._facts, sheet, draft=False),
            "score sheet (xlsx)": lambda: build_score_sheet(self._standard, self._facts, sheet),
        }

    def close(self) -> None:
        self._services.close()
