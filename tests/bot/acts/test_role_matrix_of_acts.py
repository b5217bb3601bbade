"""Role matrix: each of the cast tries every act where it is possible; roles.yaml says who may."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import Connection

import bot.acts
from bot.acts.appeal import appeal
from bot.acts.base import ActRefused, standing_of
from bot.acts.bring import bring
from bot.acts.deliver import deliver
from bot.acts.give_points import Wish, give_points
from bot.acts.issue_opinion import issue_opinion
from bot.acts.open_cycle import Opening
from bot.acts.photos import PURPOSES
from bot.acts.purge import ask_purge
from bot.acts.replace_contact import Successor
from bot.acts.seal import give_seal
from bot.acts.send_in import send_in
from bot.acts.sign_by_hand import sign_by_hand
from bot.bringing import Handed
from bot.lifecycle import By
from bot.reviewing import review_of
from bot.rosters.present import present
from bot.services import Services
from bot.stored import StoredDocument
from bot.views import waiting_of
from dialogs.notice_effects import SendNotice, SendNoticeAgain
from dialogs.plan import Plan
from dialogs.reviewed import mark_of
from dialogs.rounds.orders import DaySaid, Extension
from dialogs.waiving import open_blockers
from scoring.standard import Standard
from scoring.values import Text
from scoring.waiving import figures_of
from storage import (
    answers,
    cycles,
    evidence,
    files,
    forms,
    hands,
    notices,
    people,
    proposals,
    seals,
    stand_ins,
    units,
)
from storage.proposals import Found

FILE = yaml.safe_load(Path(__file__).with_name("roles.yaml").read_text(encoding="utf-8"))
TABLE: dict[str, list[str]] = FILE["acts"]
CAST = {
    "nobody": "passerby",
    "former_contact": "songqi",
    "contact": "chenyu",
    "other_contact": "hesui",
    "reviewer": "linfan",
    "other_reviewer": "xumo",
    "stand_in": "gaolan",
    "coordinator": "zhouning",
    "other_coordinator": "luping",
    "finance": "wuheng",
    "colleague": "wenqing",  # who has accepted the year's work
    "other_colleague": "baizhou",
}
BYS = (By.CONTACT, By.REVIEWER, By.COORDINATOR, By.FINANCE)
CODE = "W62J-NQ"
BROUGHT = [Handed("决算.xlsx", "accounts", [Found("sangong_actual", "2.10万元", "G8")])]


def document(letter: str, name: str = "scan.pdf") -> StoredDocument:
    return StoredDocument(letter * 64 + "-00000000.pdf", name, 10, "application/pdf")


@dataclass
class Try:
    """One attempt of one of the cast, in a transaction that is rolled back afterwards. Its
    methods lead to where an act is possible."""

    services: Services
    tx: Connection
    form: int
    actor: str
    standard: Standard
    now: datetime

    def do(self, act: Callable[..., object], **own: Any) -> None:
        """Calls an act with what it asks for: its own arguments and what all acts are given."""
        common = {"services": self.services, "tx": self.tx, "form_id": self.form}
        common |= {"actor": self.actor, "userid": self.actor}
        common |= {"standard": self.standard, "now": self.now}
        asked = inspect.signature(act).parameters
        assert set(own) <= set(asked)
        act(**{name: value for name, value in (common | own).items() if name in asked})

    def send_in(self) -> None:
        send_in(self.services, self.tx, "chenyu", self.form, self.now)

    def sign(self) -> None:
        self.send_in()
        sign_by_hand(self.services, self.tx, "chenyu", self.form, document("b"), ":", self.now)

    def deliver(self) -> None:
        forms.set_state(self.tx, self.form, "drafting", "approved", self.now)
        report = [document("a", "report.docx")]
        deliver(self.services, self.tx, self.form, 1, report, self.now, code=CODE, submission=1)

    def review(self) -> str:
        """Finance has points of its own; gives the mark of the opinion that would be sent."""
        self.deliver()
        wish = Wish("B3-1", Decimal(1), "合同没附")
        common = (self.services, self.tx, "wuheng", self.form)
        give_points(*common, 1, [wish], self.now)
        standing = standing_of(self.tx, self.form)
        return mark_of(review_of(self.services, self.tx, standing, self.now), 1, False)

    def issue(self) -> None:
        seen = self.review()
        issue_opinion(self.services, self.tx, "wuheng", self.form, False, seen, self.now)

    def appeal(self) -> None:
        self.issue()
        appeal(self.services, self.tx, "chenyu", self.form, SAID, self.now)

    def seal(self) -> int:
        self.deliver()
        give_seal(self.services, self.tx, "chenyu", self.form, [document("c")], CODE, self.now)
        return seals.of_form(self.tx, self.form)[-1].id

    def file(self, via: str = "page") -> int:
        """A file that the actor gave, as if they had been the contact then."""
        kept = document("d")
        files.keep(self.tx, kept.key, kept.name, kept.size, kept.content_type, self.now)
        return evidence.add(self.tx, self.form, "", kept.key, self.actor, self.now, via)

    def offer(self) -> list[int]:
        bring(self.tx, "chenyu", self.form, self.standard, BROUGHT, self.now)
        return [each.id for each in proposals.of_form(self.tx, self.form)]

    def hand(self) -> int:
        """Something more that the colleague was offered."""
        offered = ("section:assets", "chenyu", "wenqing", "", self.now)
        return hands.offer(self.tx, self.form, *offered)

    def unit(self) -> int:
        return units.upsert(self.tx, standing_of(self.tx, self.form).department_id, "01", "中心")

    def contradict(self) -> tuple[str, str]:
        """The key and the figures of a blocker."""
        wrong = {"income_general": "3000万元"}
        answers.record(self.tx, self.form, wrong, "x", "chenyu", self.now)
        waiting = waiting_of(self.services, self.tx, standing_of(self.tx, self.form))
        (found,) = open_blockers(waiting)
        return found.key, figures_of(found)

    def notice(self) -> int:
        """One to the contact that goes out in an hour."""
        soon = self.now + timedelta(hours=1)
        told = ("x", "x", {"departments": ["301"], "roles": ["contact"]}, "zhouning")
        number = notices.add(self.tx, *told, self.now, soon)
        here = standing_of(self.tx, self.form).department_id
        notices.expect(self.tx, number, [("chenyu", here)])
        return number

    def order_purge(self) -> int:
        what = ("fact", "duties", "不该写在这里", self.now)
        ask_purge(self.services, self.tx, "chenyu", self.form, *what)
        query = "SELECT max(id) FROM purges"
        return int(self.tx.exec_driver_sql(query).scalar_one())


def in_any_hat(t: Try, act: Callable[[By], object]) -> None:
    """Tries with every role that a caller might name; refused if none of them helps."""
    refusals = []
    for by in BYS:
        try:
            with t.tx.begin_nested():
                act(by)
            return
        except ActRefused as refusal:
            refusals.append(refusal)
    raise refusals[-1]


def take_photo(t: Try, act: Callable[..., object]) -> None:
    """This act says refusals itself, for it runs in the worker."""
    t.deliver()
    t.do(act, photo=document("c"), target=CODE)
    if not seals.of_form(t.tx, t.form):
        raise ActRefused("not_yours")


def replace(t: Try, act: Callable[..., object]) -> None:
    in_any_hat(t, lambda by: t.do(act, by=by, outgoing="", successor=Successor("宋启")))


def send_again(t: Try, act: Callable[..., object]) -> None:
    t.deliver()
    in_any_hat(t, lambda by: t.do(act, by=by, what="all", version=0, turn_id=1))


def waive(t: Try, act: Callable[..., object]) -> None:
    key, figures = t.contradict()
    more = {"figures": figures, "reason": "口径不同"} if act.__name__ == "waive" else {}
    in_any_hat(t, lambda by: t.do(act, by=by, finding=key, **more))


def cycle_of(t: Try) -> int:
    return standing_of(t.tx, t.form).cycle_id


def on_cycle(t: Try, act: Callable[..., object], **own: Any) -> None:
    in_any_hat(t, lambda by: t.do(act, by=by, cycle_id=cycle_of(t), **own))


def move_deadline(t: Try, act: Callable[..., object]) -> None:
    on_cycle(t, act, deadline=standing_of(t.tx, t.form).deadline + timedelta(days=1))


def extend(t: Try, act: Callable[..., object]) -> None:
    stands = standing_of(t.tx, t.form).deadline
    on_cycle(t, act, extensions=[Extension(t.form, stands, stands + timedelta(days=1))])


def reopen(t: Try, act: Callable[..., object]) -> None:
    cycles.close(t.tx, cycle_of(t), t.now)
    on_cycle(t, act)


def open_cycle(t: Try, act: Callable[..., object]) -> None:
    opening = Opening(2030, t.now, t.now + timedelta(days=9))
    in_any_hat(t, lambda by: t.do(act, by=by, opening=opening))


def set_days(t: Try, act: Callable[..., object]) -> None:
    days = [DaySaid(t.now.date(), True)]
    in_any_hat(t, lambda by: t.do(act, by=by, days=days))


def keep_notice_file(t: Try, act: Callable[..., object]) -> None:
    kept = document("d")
    files.keep(t.tx, kept.key, kept.name, kept.size, kept.content_type, t.now)
    t.do(act, file_key=kept.key, file_name=kept.name)


def write_texts(t: Try, act: Callable[..., object]) -> None:
    stands = answers.present_with_origin(t.tx, t.form)["yearly_work"]
    seen = {"yearly_work": stands.event_id}
    t.do(act, values=WORDS, raw="平稳", seen=seen, question="yearly_work")


def call(make: Callable[[Try], object] | None = None, **own: Any) -> Callable[..., None]:
    """The call of an act: first `make` leads to where it is possible. What is callable among the
    arguments is made for each attempt."""

    def made(t: Try, act: Callable[..., object]) -> None:
        if make:
            make(t)
        t.do(act, **{name: value(t) if callable(value) else value for name, value in own.items()})

    return made


WORDS = {"yearly_work": Text("平稳")}
PHONE = {"contact_phone": Text("0753-2196800")}
FILED: dict[str, Any] = {"items": ["A1-3-1"]}
DOC = document("e")
NOTICE = SendNotice("开会", "x", ("301",), ("contact",), (("chenyu", "301"),))
PURGE = {"what": "fact", "target": "duties", "reason": "不该写在这里"}
SAID = [("B3-1", "合同在材料里")]
POINTS = {"version": 1, "wishes": [Wish("B3-1", Decimal(1), "合同没附")]}
SETTLED = {"indicator": "B3-1", "upheld": False, "points": None, "reply": "没有"}
CALLS: dict[str, Callable[..., None]] = {
    "accept.accept": call(Try.deliver),
    "answer_hand.answer_hand": call(hand_id=Try.hand, yes=True, words=""),
    "appeal.agree_opinion": call(Try.issue),
    "appeal.appeal": call(Try.issue, points=SAID),
    "approve.approve": call(Try.send_in),
    "bring.bring": call(handed=BROUGHT),
    "bring.bring_last_year": call(values=WORDS),
    "close_cycle.close_cycle": on_cycle,
    "close_cycle.reopen_cycle": reopen,
    "check_directory.check_directory": call(),
    "disown.disown": call(Try.sign, words="不是我签的"),
    "end_hand.end_hand": call(hand_id=Try.hand, words="", question=""),
    "evidence.give_each": call(pairs=[(DOC, [])], via="page"),
    "evidence.give_evidence": call(documents=[DOC], items=[], via="page"),
    "evidence.remove_evidence": call(evidence_id=Try.file),
    "evidence.replace_evidence": call(evidence_id=Try.file, document=DOC, via="page"),
    "evidence.sort_evidence": call(evidence_ids=lambda t: [t.file()], **FILED),
    "extend.extend": extend,
    "give_points.give_points": call(Try.deliver, **POINTS),
    "hand_over.hand_over": call(scopes=["section:assets"], userid="jichun", name="", note=""),
    "import_roster.import_roster": call(roster=lambda t: present(t.tx).roster),
    "nudge.nudge": call(targets=lambda t: [(t.form, "chenyu")], words=""),
    "move_deadline.move_deadline": move_deadline,
    "open_cycle.open_cycle": open_cycle,
    "issue_opinion.issue_opinion": call(final=False, seen=Try.review),
    "order_list.order_list": call(office="财务"),
    "order_archive.order_archive": on_cycle,
    "order_summary.order_summary": on_cycle,
    "order_overview.order_overview": call(what="book", turn_id=1),
    "photos.keep_as_evidence": call(document=DOC, target="A1-3-1"),
    "photos.keep_photo": call(media_id="media", purpose="evidence", target="", turn_id=1),
    "photos.sort_photos": call(between=lambda t: (t.file("chat"), 10**9), **FILED),
    "picture.picture": call(),
    "plan_reminders.plan_reminders": lambda t, act: on_cycle(t, act, plan=Plan((1,))),
    "prefer_weekly.prefer_weekly": call(wanted=True),
    "preview.preview": call(),
    "purge.agree_purge": call(purge_id=Try.order_purge),
    "purge.ask_purge": call(**PURGE),
    "purge.refuse_purge": call(purge_id=Try.order_purge),
    "record_answer.record_answer": call(values=WORDS, raw="平稳"),
    "record_answer.record_handed": call(values=WORDS, raw="平稳"),
    "record_cover.record_cover": call(values=PHONE, raw="电话"),
    "record_units.record_units": call(figures=lambda t: {t.unit(): {}}, raw="x"),
    "replace_contact.replace_contact": replace,
    "return_form.return_form": call(Try.deliver, words="缺一张表"),
    "return_form.send_back": call(Try.send_in, words="缺一张表"),
    "seal.give_seal": call(Try.deliver, scans=[document("c")], said=CODE),
    "seal.name_seal": call(Try.seal, said=CODE),
    "seal.remove_seal": call(seal_id=Try.seal),
    "seal.take_photo": take_photo,
    "send_again.send_again": send_again,
    "send_in.send_in": call(),
    "confirm_notice.confirm_notice": call(notice_id=Try.notice),
    "send_notice.cancel_notice": call(notice_id=Try.notice),
    "send_notice.drop_notice_file": call(),
    "send_notice.keep_notice_file": keep_notice_file,
    "send_notice.send_notice": call(order=NOTICE, once=""),
    "send_notice.send_notice_again": call(
        order=lambda t: SendNoticeAgain(t.notice(), NOTICE.receivers), once=""
    ),
    "set_days.set_days": set_days,
    "settle_appeal.settle_appeal": call(Try.appeal, **SETTLED),
    "settle_point.settle_point": call(indicator="A1-1", reply="改好了"),
    "sign_by_hand.sign_by_hand": call(Try.send_in, document=document("b"), target=":"),
    "snooze.end_snooze": call(),
    "snooze.set_snooze": call(until=lambda t: t.now + timedelta(days=1), wakes=True),
    "stand_in.end_stand_in": call(for_whom="linfan"),
    "stand_in.set_stand_in": call(for_whom="linfan", userid="tangyue", until=None),
    "take_over.decline": call(ids=Try.offer),
    "take_over.record_taken": call(values=WORDS, raw="平稳", taken={}, turn_id=None),
    "take_over.take_over": call(ids=Try.offer),
    "waive.ask_waiver": call(Try.contradict),
    "waive.refuse_waiver": waive,
    "waive.waive": waive,
    "withdraw.withdraw": call(Try.send_in),
    "write_texts.write_texts": write_texts,
}


def all_acts() -> dict[str, Callable[..., object]]:
    """What is public in bot/acts and is done by somebody, and what becomes of photos."""
    found = {}
    for module in pkgutil.iter_modules(bot.acts.__path__):
        room = import_module(f"bot.acts.{module.name}")
        for name, function in inspect.getmembers(room, inspect.isfunction):
            if function.__module__ != room.__name__ or name.startswith("_"):
                continue
            by_somebody = "actor" in inspect.signature(function).parameters
            if by_somebody or function in PURPOSES.values():
                found[f"{module.name}.{name}"] = function
    return found


ACTS = all_acts()


def test_every_act_has_a_row_and_every_row_an_act() -> None:
    assert set(TABLE) | set(FILE["parts"]) == set(ACTS)
    assert set(CALLS) == set(TABLE)


def test_the_cast_of_the_table_is_known() -> None:
    assert {who for row in TABLE.values() for who in row} <= set(CAST)


@pytest.fixture
def stage(services: Services, filled: int, standard: Standard, clock: Any) -> Callable[..., Any]:
    """Department 301 with one who stands in for its reviewer, one who was its contact and one who
    helps; a coordinator and a colleague are there for another department only."""
    with services.database.begin() as tx:
        ours = standing_of(tx, filled).department_id
        other = people.roles(tx, "hesui")[0].department_id
        for who in ("luping", "songqi"):
            for role in people.roles(tx, who):
                people.revoke(tx, who, role.role, role.department_id)
        people.grant(tx, "luping", "coordinator", other)
        people.grant(tx, "songqi", "contact", ours)
        people.revoke(tx, "songqi", "contact", ours)
        people.upsert(tx, "passerby", "路人")
        stand_ins.add(tx, ours, "linfan", "gaolan", "linfan", clock())
        elsewhere = forms.of_department(tx, standing_of(tx, filled).cycle_id, other)
        for who, form, giver in (("wenqing", filled, "chenyu"), ("baizhou", elsewhere.id, "hesui")):
            people.grant(tx, who, "colleague", forms.get(tx, form).department_id)
            hand = hands.offer(tx, form, "section:work", giver, who, "", clock())
            hands.answer(tx, hand, True, "", clock())

    @contextmanager
    def attempt(userid: str) -> Iterator[Try]:
        with services.database.begin() as tx, tx.begin_nested() as kept:
            yield Try(services, tx, filled, userid, standard, clock())
            kept.rollback()

    return attempt


@pytest.mark.parametrize("name", sorted(TABLE))
def test_who_may(name: str, stage: Callable[..., Any]) -> None:
    codes = [code for code, names in FILE["refusals"].items() if name in names] or ["not_yours"]
    wrong = []
    for who, userid in CAST.items():
        refused = ""
        with stage(userid) as attempt:
            try:
                CALLS[name](attempt, ACTS[name])
            except ActRefused as refusal:
                refused = refusal.code
        if refused not in ([""] if who in TABLE[name] else [*codes, "not_yours"]):
            wrong.append(f"{who}: {refused or 'allowed'}")
    assert wrong == []
