"""A district that is broken off and started again, told things twice and told them late."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from sqlalchemy import Connection
from sqlalchemy import text as sql

from bot.app import create_app
from bot.district import Loaded, load_district, read_plan
from bot.documents import DOCX, Document
from bot.handing import in_role
from bot.jobs.tick import Ticker
from bot.services import Services, make_services
from bot.shelf import read_answers
from bot.views import case_of
from dialogs.case import Person, Role
from dialogs.rehearsal import typed
from dialogs.states import read_state
from dialogs.talk import Talk
from emulator import crypto
from emulator.app import create_app as create_emulator
from emulator.callbacks import Letter
from emulator.chat import Bubble
from emulator.clock import ManualClock
from emulator.passive import take_reply
from emulator.transport import Answer, wsgi_session, wsgi_transport
from emulator.world import World
from emulator.xml import write
from scoring.filing import read_answers_file
from scoring.standard import Standard
from scoring.values import Value
from storage import answers, conversations, interviews, people
from storage.models import Base
from tests.e2e.conftest import (
    AES_KEY,
    CASE,
    CONTACT,
    EXAMPLE,
    START,
    District,
    _empty,
    bot_settings,
    emulated_corporation,
    fill_in,
)

COLLEAGUES = ("baizhou", "jichun")
NOTHING_HALF_SAID: dict[str, Any] = {
    "pending": {},
    "drafts": {},
    "texts": {},
    "odd": {},
    "apart": (),
}


def build_quickly(form: Any, standard: Any, given: Any, edition: Any) -> list[Document]:
    """In place of the documents, whose making takes most of a second."""
    name = f"report-{edition.version}.docx" if edition else "draft.docx"
    return [Document(name, b"a report", DOCX)]


@dataclass
class Wire:
    """Carries callbacks into the app that runs now, and keeps each with its answer."""

    app: Any = None
    calls: list[tuple[str, str, Answer]] = field(default_factory=list)

    def __call__(self, method: str, url: str, body: str, seconds: float) -> Answer:
        answer = wsgi_transport(self.app)(method, url, body, seconds)
        self.calls.append((url, body, answer))
        return answer


@dataclass(frozen=True)
class Step:
    """One message of one person: what it was, and what the bot said to them after it."""

    userid: str
    what: str
    heard: list[Bubble]


@dataclass
class Household(District):
    """The first department of the district, filled in, with all who have to do with it."""

    wire: Wire
    start: Callable[[], Services]
    steps: list[Step] = field(default_factory=list)

    @property
    def form_id(self) -> int:
        return self.loaded.forms["301"]

    # What people do; each notes how it was answered.

    def say(self, userid: str, text: str) -> list[Bubble]:
        return self._noted(userid, text, super().say(userid, text))

    def say_late(self, userid: str, text: str, by: timedelta) -> list[Bubble]:
        """A message that was sent before others that are answered already."""
        sent = {"ToUserName": "wwemu0001", "FromUserName": userid, "MsgType": "text"}
        stamp = {"CreateTime": int((self.clock() - by).timestamp()), "AgentID": 1000002}
        number = {"MsgId": self.world.next_msg_id(), "Content": text}

        def bring() -> list[Bubble]:
            letter = Letter(self.world.record.next_letter(), write(sent | stamp | number), userid)
            delivery = self.world.caller.deliver(letter)
            return take_reply(self.world, delivery.body or "", userid, None, None)

        return self._noted(userid, f"(late) {text}", self._after(userid, bring))

    def click(self, userid: str, card: Bubble, at: int) -> list[Bubble]:
        """The button or option number `at` of any card, greyed or not; of one to tick, that alone
        or none."""
        buttons = [b for b in card.content.get("button_list") or () if b.get("type", 0) == 0]
        if buttons:
            key = buttons[at % len(buttons)]["key"]

            def act() -> list[Bubble]:
                return self.world.press(userid, card.id, key, force=True)
        else:
            options = card.content["checkbox"]["option_list"]
            picked = [options[at % len(options)]["id"]] if at % 4 else []

            def act() -> list[Bubble]:
                return self.world.submit(userid, card.id, picked, force=True)

        what = f"(clicks {at} of) {card.words()[:30]}"
        return self._noted(userid, what, self._after(userid, act))

    def cards(self, userid: str) -> list[Bubble]:
        """The cards with something to click, the newest first."""
        found = [b for b in self.bubbles(userid) if b.kind == "template_card"]
        return [
            b for b in reversed(found) if b.content.get("checkbox") or b.content.get("button_list")
        ]

    def right_words(self, userid: str) -> str:
        """What answers the question that is open to somebody as the reference case has it."""
        talk = self.talk(userid)
        item = talk.current if talk and talk.case.form.state == "drafting" else None
        try:
            return typed(item, self.reference, self.standard) if item else ""
        except (KeyError, IndexError):
            return ""  # a row or a figure that the reference case doesn't have

    def answer(self, userid: str) -> None:
        """Answers the open question; what was asked alone is kept, or asked about."""
        words, talk = self.right_words(userid), self.talk(userid)
        item = talk.current if talk else None
        if not words or talk is None or item is None:
            return
        clear = talk.state.asked == item.key and talk.state == replace(
            talk.state, **NOTHING_HALF_SAID
        )
        self.say(userid, words)
        after = self.talk(userid)
        if clear and after is not None and not after.state.pending and not item.columns:
            missing = [n for n in item.facts if n in self.reference and n not in after.answers]
            assert not missing, f"{words!r} was said, and {missing} not kept"

    def open_numbers(self) -> list[int]:
        """The numbers of what the contact is still to be asked."""
        talk = self.talk(CONTACT)
        return sorted({talk.number(item.question) for item in talk.items}) if talk else []

    def tell_again(self) -> None:
        """The last callback comes once more, to the byte: the same reply, and nothing changes."""
        if not self.wire.calls:
            return
        url, body, first = self.wire.calls[-1]
        if abs(self.clock().timestamp() - int(re.findall(r"timestamp=(\d+)", url)[0])) > 200:
            return
        before = self._all()
        second = wsgi_transport(self.wire.app)("POST", url, body, 5)
        assert second.status == 200
        assert opened(second) == opened(first)
        assert self._all() == before

    def restart(self) -> None:
        """Everything in memory is thrown away."""
        self.services.close()
        self.services = self.start()
        self.wire.app = create_app(services=self.services)
        self.ticker = Ticker(self.services)

    # What can be seen

    @cached_property
    def reference(self) -> dict[str, Value]:
        return read_answers_file(self.standard, CASE)

    @cached_property
    def standard(self) -> Standard:
        with self.services.database.read() as tx:
            standing = interviews.one(tx, self.form_id)
            assert standing is not None
            return self.services.shelf.standard(tx, standing.standard_hash)

    def talk(self, userid: str) -> Talk | None:
        """The conversation as it stands; None for a colleague who has nothing in hand."""
        role = Role.CONTACT if userid == CONTACT else Role.COLLEAGUE
        with self.services.database.read() as tx:
            standing = interviews.one(tx, self.form_id)
            known = people.person(tx, userid)
            if role is Role.COLLEAGUE and not interviews.of_colleague(tx, userid):
                return None
            assert standing is not None
            assert known is not None
            person = Person(userid, known.name, frozenset({role}), known.plain_text_only)
            case = case_of(self.services, tx, standing, in_role(person, role))
            state = read_state(conversations.load(tx, userid, self.form_id))
        return Talk(state, case, self.clock())

    def present(self) -> dict[str, Any]:
        with self.services.database.read() as tx:
            return answers.present(tx, self.form_id)

    def values(self) -> dict[str, Value]:
        return read_answers(self.standard, self.present())

    def take_back(self, facts: Iterable[str]) -> None:
        """Gaps in the form, as the contact left them before all this."""
        with self.services.database.begin() as tx:
            answers.record(tx, self.form_id, dict.fromkeys(facts), "", CONTACT, self.clock())

    def state(self) -> str:
        with self.services.database.read() as tx:
            standing = interviews.one(tx, self.form_id)
            assert standing is not None
            return standing.state

    # Inside

    def _noted(self, userid: str, what: str, heard: list[Bubble]) -> list[Bubble]:
        self.steps.append(Step(userid, what, heard))
        return heard

    def _all(self) -> list[Any]:
        """Everything that a message can change."""
        with self.services.database.read() as tx:
            rows = [tx.execute(sql(f"SELECT * FROM {name}")).all() for name in Base.metadata.tables]
        return [sorted(map(str, found)) for found in rows]


def opened(answer: Answer) -> str:
    """What a passive reply says, whoever sealed it."""
    if not answer.body:
        return ""
    sealed = ElementTree.fromstring(answer.body).findtext("Encrypt") or ""
    inner = ElementTree.fromstring(crypto.decrypt(AES_KEY, sealed, "wwemu0001"))
    return inner.findtext("Content") or inner.findtext("Button/ReplaceName") or ""


def begin(folder: Path, template: Path, *, paper: bool) -> Household:
    """A household in `folder`, its database copied from the one in `template`, or made there."""
    clock, wire, emulated = ManualClock(START), Wire(), emulated_corporation()
    world = World(emulated, clock, deliver=wire, pause=lambda _seconds: None)
    session = wsgi_session(create_emulator(world))
    settings = bot_settings(folder, emulated, paper_required=paper)

    def start() -> Services:
        return make_services(settings, clock, session=session, build=build_quickly)

    made = template / "bot.db"
    is_file = settings.database_url.startswith("sqlite")
    if is_file and made.exists():
        shutil.copy(made, folder)
    services = start()
    with services.database.read() as tx:
        loaded = _loaded(tx) if is_file and made.exists() else None
    if loaded is None:
        _empty(services.database)
        with services.database.begin() as tx:
            loaded = load_district(tx, read_plan(EXAMPLE), START)
    wire.app = create_app(services=services)
    household = Household(services, world, clock, Ticker(services), loaded, wire, start)
    if not household.present():
        fill_in(household)
        if is_file:
            household.restart()  # what SQLite keeps beside the file comes into it
            shutil.copy(folder / "bot.db", template)
    return household


def _loaded(tx: Connection) -> Loaded:
    cycle_id = tx.execute(sql("SELECT max(id) FROM cycles")).scalar_one()
    codes = "SELECT d.code, f.id FROM forms f JOIN departments d ON d.id = f.department_id"
    return Loaded(cycle_id, dict(map(tuple, tx.execute(sql(codes)))))
