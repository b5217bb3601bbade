"""WeChat Work and its people around a service that dies: what is played, and what must hold."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import text

from bot.district import load_district, read_plan
from emulator.app import create_app as create_emulator
from emulator.chat import Bubble
from emulator.clock import FileClock
from emulator.serving import make_http_server
from emulator.settings import Settings as EmulatorSettings
from emulator.transport import Answer, NoAnswer
from emulator.world import World
from scoring.filing import read_answers_file
from scoring.loading import load
from storage import answers, schema
from storage.database import Database

Json = dict[str, Any]
ROOT = Path(__file__).parents[2]
DISTRICT = ROOT / "examples" / "district.yaml"
CONTACT, REVIEWER, FINANCE = "chenyu", "linfan", "wuheng"
LEASE = timedelta(seconds=61)
"""After a death: longer than a message stays with the dead, shorter than the duplicate check."""
PATIENCE = 300


class Zygote:
    """The process whose children are the service."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.kills.mortal"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def do(self, order: Json) -> Json:
        """What came of an order."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        outcome: Json = json.loads(self._process.stdout.readline())
        assert "broke" not in outcome, f"the service ended with {outcome}"
        return outcome

    def close(self) -> None:
        self._process.communicate()


@dataclass
class Scene:
    """A district with its WeChat Work on a clock that only moves by hand.

    `die_after(n)` lets the service live for n points more; then it dies once, and whatever comes
    next is done by a new process, as WeChat Work and a supervisor would have it.
    """

    zygote: Zygote
    world: World
    settings: Json
    clock: FileClock
    database: Database
    died: bool = False
    passed: list[str] = field(default_factory=list)
    _left: int | None = None

    def die_after(self, points: int | None) -> None:
        """Lets the service die at the point of this number, counted from here."""
        self._left, self.passed = points, []

    def carry(self, method: str, url: str, body: str, _seconds: float) -> Answer:
        """Brings a callback to the service."""
        path = url.split("/", 3)[3]
        outcome = self._order({"do": "receive", "method": method, "url": f"/{path}", "body": body})
        if outcome.get("died"):
            raise NoAnswer("the process died")
        return Answer(outcome["status"], outcome["body"])

    def drain(self) -> None:
        """Lets workers do all there is to do."""
        for _ in range(PATIENCE):
            outcome = self._order({"do": "tick"})
            if outcome.get("died"):
                self.clock.advance(LEASE)
            elif not self.unsent():
                return
            else:
                self.clock.advance(timedelta(seconds=5))
        raise AssertionError("the outbox did not empty")

    def unsent(self) -> int:
        rows = "SELECT count(*) FROM outbox WHERE state IN ('pending', 'claimed')"
        tasks = "SELECT count(*) FROM tasks WHERE done_at IS NULL AND given_up_at IS NULL"
        with self.database.read() as tx:
            return sum(tx.execute(text(query)).scalar_one() for query in (rows, tasks))

    def say(self, userid: str, words: str) -> None:
        self.clock.advance(timedelta(seconds=2))
        self.world.say(userid, words)

    def press(self, userid: str, wanted: str) -> None:
        """Presses the button with this label on the newest open card that has it."""
        self.clock.advance(timedelta(seconds=2))
        for card in reversed(self.heard(userid)):
            for button in card.content.get("button_list") or () if card.waits_for_answer() else ():
                if button["text"] == wanted:
                    self.world.press(userid, card.id, button["key"])
                    return
        raise AssertionError(f"{userid} has no open card with a button {wanted}")

    def heard(self, userid: str) -> list[Bubble]:
        """All that the bot has said to somebody."""
        return [b for b in self.world.seen(userid) if b.sender == "bot"]

    def told(self) -> Counter[tuple[str, str, str]]:
        """How often each member has heard what."""
        return Counter(
            (member.userid, bubble.kind, bubble.words() or str(bubble.content.get("name", "")))
            for member in self.world.directory.members()
            for bubble in self.heard(member.userid)
        )

    def kept(self) -> Json:
        """What is stored in the end, without what may differ from run to run."""
        tables = {
            "events": "SELECT form_id, fact, CAST(value AS TEXT), raw, actor FROM answer_events",
            "forms": "SELECT id, state, version FROM forms",
            "acts": "SELECT form_id, act, actor, to_state FROM form_events",
            "deliveries": "SELECT form_id, version FROM deliveries",
            "evidence": "SELECT form_id, item FROM evidence WHERE removed_at IS NULL",
            "turns": "SELECT userid, kind, reply FROM turns",
            "unasked": "SELECT userid FROM unasked WHERE dropped_at IS NULL",
            "stuck": "SELECT userid FROM outbox WHERE state NOT IN ('sent')",
            "given_up": "SELECT kind FROM tasks WHERE given_up_at IS NOT NULL",
        }
        with self.database.read() as tx:
            found: Json = {
                name: Counter(tuple(row) for row in tx.execute(text(query)))
                for name, query in tables.items()
            }
            forms = [row[0] for row in tx.execute(text("SELECT id FROM forms"))]
            for form in forms:
                assert answers.present(tx, form) == answers.rebuild(tx, form)
        return found

    def _order(self, order: Json) -> Json:
        outcome = self.zygote.do(order | {"settings": self.settings, "die_at": self._left})
        if outcome.get("died"):
            self.died, self._left = True, None
        elif self._left is not None:
            self._left -= len(outcome["points"])
        self.passed += outcome.get("points", ())
        return outcome


def corporation() -> EmulatorSettings:
    """The corporation of the example district."""
    members = [{"userid": u, "name": n} for u, n in read_plan(DISTRICT).people.items()]
    return EmulatorSettings.model_validate(
        {
            "corp_id": "wwemu0001",
            "secret": "s3cret",
            "token": "tok3n",
            "aes_key": "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C",
            "callback_url": "http://127.0.0.1:5000/wecom/callback",
            "members": members,
        }
    )


def furnish(database: Database, now: datetime) -> None:
    """Loads the example district into an empty database; its first form is filled in."""
    schema.upgrade(database)
    standard = load("meijiang-2021")
    case = read_answers_file(standard, DISTRICT.with_name("reference-case.yaml"))
    with database.begin() as tx:
        loaded = load_district(tx, read_plan(DISTRICT), now)
        plain = {fact: value.plain() for fact, value in case.items()}
        answers.record(tx, loaded.forms["301"], plain, "import", CONTACT, now)


@contextmanager
def opened(zygote: Zygote, folder: Path, database_url: str, start: datetime) -> Iterator[Scene]:
    """A scene on a database that was furnished."""
    settings = corporation()
    clock = FileClock(folder / "clock.json")
    clock.set(start)
    clock.set_speed(0)
    carry: list[Callable[..., Answer]] = []
    world = World(settings, clock, lambda *call: carry[0](*call), pause=lambda _: None)
    server = make_http_server(create_emulator(world), "127.0.0.1", 0)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    database = Database(database_url)
    own = {
        "environment": "development",
        "database_url": database_url,
        "file_store": str(folder / "files"),
        "corp_id": settings.corp_id,
        "agent_id": settings.agent_id,
        "secret": settings.secret,
        "token": settings.token,
        "aes_key": settings.aes_key,
        "api_base": f"http://127.0.0.1:{server.server_port}/cgi-bin/",
        "clock_file": str(folder / "clock.json"),
        "log_level": "error",
        "pdf": False,
    }
    scene = Scene(zygote, world, own, clock, database)
    carry.append(scene.carry)
    try:
        yield scene
    finally:
        database.close()
        server.shutdown()
        thread.join()
        server.server_close()
