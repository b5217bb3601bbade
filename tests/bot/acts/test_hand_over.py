"""转交: who hands what to whom, who answers it, and how it ends."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import count
from typing import Any

import pytest
from sqlalchemy import Connection

from bot.acts.answer_hand import answer_hand
from bot.acts.base import ActRefused
from bot.acts.end_hand import end_hand
from bot.acts.hand_over import hand_over
from bot.acts.record_answer import record_answer, record_handed
from bot.acts.replace_contact import Successor, replace_contact
from bot.acts.stand_in import set_stand_in
from bot.carrying import carry_out
from bot.carrying.actor import Actor
from bot.handing import people_for
from bot.lifecycle import By
from bot.services import Services
from dialogs.case import Role
from dialogs.effects import (
    AnswerHand,
    Effect,
    EndHand,
    KeepPhoto,
    PreferText,
    Preview,
    RecordAnswer,
    RecordCover,
    SendIn,
    TakeOver,
)
from dialogs.hands.held import card_of
from scoring.values import Money, Value
from storage import answers, cards, conversations, forms, hands, people, proposals, turns
from storage.conversations import NO_FORM

NUMBERS = count(1)
PROCUREMENT, ASSETS = "section:procurement", "section:assets"
PLAN = {"procurement_plan": Money(Decimal(1000000))}


@dataclass
class House:
    """Department 301 and what its people do; each call is a transaction of its own."""

    services: Services
    form: int
    now: datetime

    @contextmanager
    def tx(self) -> Iterator[Connection]:
        with self.services.database.begin() as tx:
            yield tx

    def hand(
        self,
        *scopes: str,
        to: str = "wenqing",
        name: str = "",
        note: str = "",
        by: str = "chenyu",
    ) -> list[int]:
        with self.tx() as tx:
            asked = (scopes or (PROCUREMENT,), to, name, note)
            return hand_over(self.services, tx, by, self.form, *asked, self.now)

    def answer(self, hand: int, yes: bool = True, words: str = "", by: str = "wenqing") -> None:
        with self.tx() as tx:
            answer_hand(self.services, tx, by, self.form, hand, yes, words, self.now)

    def end(self, hand: int, by: str, words: str = "", question: str = "") -> None:
        with self.tx() as tx:
            end_hand(self.services, tx, by, self.form, hand, words, question, self.now)

    def record(self, values: dict[str, Value | None], by: str = "wenqing", **more: Any) -> None:
        with self.tx() as tx:
            record = record_handed if by == "wenqing" else record_answer
            record(self.services, tx, by, self.form, values, "x", self.now, **more)

    def do(self, *effects: Effect, by: str = "wenqing", role: Role = Role.COLLEAGUE) -> None:
        with self.tx() as tx:
            turn = turns.keep(tx, f"{next(NUMBERS)}", by, "text", self.now)
            assert turn is not None
            carry_out(self.services, tx, Actor(by, role, self.form, turn), effects, self.now)

    def state(self, state: str) -> None:
        with self.tx() as tx:
            form = forms.get(tx, self.form)
            assert form is not None
            forms.set_state(tx, self.form, form.state, state, self.now)

    def stands(self) -> list[tuple[str, str, str]]:
        with self.tx() as tx:
            return [(h.scope, h.receiver, h.state) for h in hands.of_form(tx, self.form)]

    def roles(self, userid: str) -> list[str]:
        with self.tx() as tx:
            return [role.role for role in people.roles(tx, userid)]

    def told(self, userid: str) -> list[str]:
        """What waits for a person; then the queue is empty. Greyings begin with `grey`."""
        query = (
            "SELECT kind, payload FROM outbox WHERE userid = ? AND state = 'pending' ORDER BY id"
        )
        with self.tx() as tx:
            rows = tx.exec_driver_sql(query, (userid,)).all()
            tx.exec_driver_sql("UPDATE outbox SET state = 'sent' WHERE userid = ?", (userid,))
        return [f"grey {p}" if kind == "update_card" else _shown(p) for kind, p in rows]

    def cards(self, userid: str) -> list[str]:
        with self.tx() as tx:
            return [card.question or "" for card in cards.open_of(tx, userid)]


def _shown(payload: str) -> str:
    body = json.loads(payload)
    text = body.get("text", {}).get("content")
    return text if text is not None else json.dumps(body, ensure_ascii=False)


@pytest.fixture
def house(services: Services, form_id: int, clock: Any) -> House:
    return House(services, form_id, clock())


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(ActRefused) as caught:
        act()
    assert caught.value.words
    return caught.value.code


def test_each_scope_is_offered_on_a_card_and_lets_the_colleague_in(house: House) -> None:
    assert house.roles("wenqing") == []
    one, two = house.hand(PROCUREMENT, ASSETS, note="麻烦您了")
    assert house.stands() == [
        (PROCUREMENT, "wenqing", "offered"),
        (ASSETS, "wenqing", "offered"),
    ]
    assert house.cards("wenqing") == [card_of(one), card_of(two)]
    assert house.roles("wenqing") == ["colleague"]
    told = house.told("wenqing")
    assert sum("template_card" in each for each in told) == 2
    assert sum("麻烦您了" in each for each in told) == 2
    assert house.told("chenyu") == []  # who acts has it said in the answer


@pytest.mark.parametrize(
    ("code", "handing"),
    [
        ("not_yours", {"by": "hesui"}),
        ("not_yours", {"by": "zhouning"}),
        ("hand_self", {"to": "chenyu"}),
        ("hand_reviewer", {"to": "linfan"}),
        ("hand_unknown", {"to": "nobody"}),
        ("replace_other_name", {"to": "wenqing", "name": "王芳"}),
        ("secret", {"note": "机密★10年"}),
    ],
)
def test_whom_nothing_can_be_handed_to(house: House, code: str, handing: dict[str, str]) -> None:
    assert refusal(lambda: house.hand(**handing)) == code  # type: ignore[arg-type]
    assert house.stands() == []


def test_who_stands_in_for_the_reviewer_is_not_asked_either_way(house: House) -> None:
    def stand_in() -> None:
        with house.tx() as tx:
            set_stand_in(house.services, tx, "linfan", "linfan", "baizhou", None, house.now)

    stand_in()
    assert refusal(lambda: house.hand(to="baizhou")) == "hand_reviewer"
    with house.tx() as tx:
        tx.exec_driver_sql("DELETE FROM stand_ins")
    house.hand(to="baizhou")
    assert refusal(stand_in) == "stand_in_colleague"


def test_what_is_no_scope_is_refused(house: House) -> None:
    for scopes in (("question:nothing",), ("x",), (PROCUREMENT, "section:nothing")):
        assert refusal(lambda scopes=scopes: house.hand(*scopes)) == "hand_scope"
    assert house.stands() == []


def test_who_has_left_is_not_asked(house: House) -> None:
    with house.tx() as tx:
        people.upsert(tx, "wenqing", "温晴", active=False)
    assert refusal(house.hand) == "hand_inactive"


def test_what_somebody_has_already_is_not_handed_twice(house: House) -> None:
    house.hand()
    assert refusal(house.hand) == "hand_already"
    house.hand(PROCUREMENT, ASSETS)
    house.hand(to="baizhou")
    assert house.stands() == [
        (PROCUREMENT, "wenqing", "offered"),
        (ASSETS, "wenqing", "offered"),
        (PROCUREMENT, "baizhou", "offered"),
    ]


def test_somebody_new_comes_in_by_account_and_name(house: House) -> None:
    house.hand(to="wangfang", name="王芳")
    with house.tx() as tx:
        found = people.person(tx, "wangfang")
    assert found is not None
    assert (found.name, found.active) == ("王芳", True)
    assert house.roles("wangfang") == ["colleague"]


def test_only_while_the_form_is_filled_in(house: House) -> None:
    (hand,) = house.hand()
    house.state("in_review")
    assert refusal(lambda: house.hand(ASSETS)) == "not_drafting"
    assert refusal(lambda: house.answer(hand)) == "not_drafting"
    house.state("drafting")
    house.answer(hand)
    house.state("in_review")
    assert refusal(lambda: house.record(PLAN)) == "not_drafting"
    house.state("drafting")
    house.record(PLAN)  # the form came back: it goes on


def test_a_yes_lets_them_answer_exactly_that(house: House) -> None:
    (hand,) = house.hand()
    assert refusal(lambda: house.record(PLAN)) == "not_handed"
    assert refusal(lambda: house.answer(hand, by="chenyu")) == "not_yours"
    assert refusal(lambda: house.answer(hand, by="baizhou")) == "not_yours"
    house.told("wenqing")
    house.answer(hand)
    assert "温晴" in house.told("chenyu")[0]
    assert house.told("wenqing")[0].startswith("grey")
    assert house.cards("wenqing") == []
    house.record(PLAN)
    elsewhere = {"sangong_actual": Money(Decimal(1))}
    for values in (elsewhere, PLAN | elsewhere, {"sangong_actual": None}):
        assert refusal(lambda values=values: house.record(values)) == "not_handed"
    assert refusal(lambda: house.answer(hand)) == "hand_settled"
    with house.tx() as tx:
        assert set(answers.present(tx, house.form)) == set(PLAN)


def test_answers_made_doubtful_may_be_others(house: House) -> None:
    (hand,) = house.hand()
    house.answer(hand)
    house.record({"sangong_actual": Money(Decimal(1))}, by="chenyu")
    changed: dict[str, Value | None] = {**PLAN, "sangong_actual": None}
    house.record(changed, earlier=["sangong_actual"])
    # Taking back is all that this allows.
    changed["sangong_actual"] = Money(Decimal(2))
    assert refusal(lambda: house.record(changed, earlier=["sangong_actual"])) == "not_handed"


def test_a_no_ends_it_and_the_giver_is_told_why(house: House) -> None:
    (hand,) = house.hand()
    house.answer(hand, yes=False, words="这块归柏舟管")
    assert house.stands() == [(PROCUREMENT, "wenqing", "declined")]
    assert house.roles("wenqing") == []
    assert "这块归柏舟管" in house.told("chenyu")[0]
    assert refusal(lambda: house.record(PLAN)) == "not_yours"
    assert refusal(lambda: house.end(hand, by="wenqing")) == "hand_settled"
    house.told("wenqing")
    house.end(hand, by="chenyu")
    assert house.told("wenqing") == []  # who said no needn't hear that it is over
    assert house.stands() == []


def test_the_role_stays_as_long_as_something_is_in_hand(house: House) -> None:
    one, two = house.hand(PROCUREMENT, ASSETS)
    house.answer(one)
    house.answer(two, yes=False)
    assert house.roles("wenqing") == ["colleague"]
    house.end(one, by="wenqing")
    assert house.roles("wenqing") == []


def test_taken_back_the_card_is_closed_and_access_over(house: House) -> None:
    (hand,) = house.hand()
    house.told("wenqing")
    assert refusal(lambda: house.end(hand, by="baizhou")) == "not_yours"
    house.end(hand, by="chenyu", words="我自己填")
    greyed, notice = house.told("wenqing")
    assert greyed.startswith("grey")
    assert "我自己填" in notice
    assert house.cards("wenqing") == []
    assert house.roles("wenqing") == []
    assert refusal(lambda: house.answer(hand)) == "hand_settled"
    assert refusal(lambda: house.end(hand, by="chenyu")) == "hand_settled"


def test_another_contact_of_the_form_may_take_back(house: House) -> None:
    (hand,) = house.hand()
    with house.tx() as tx:
        form = forms.get(tx, house.form)
        assert form is not None
        people.grant(tx, "songqi", "contact", form.department_id)
    house.end(hand, by="songqi")
    assert house.stands() == []


def test_given_back_in_part_or_whole(house: House) -> None:
    (hand,) = house.hand()
    house.answer(hand)
    house.told("chenyu")
    house.end(hand, by="wenqing", words="不归我", question="procurement")
    assert "不归我" in house.told("chenyu")[0]
    assert refusal(lambda: house.record(PLAN)) == "not_handed"
    assert refusal(lambda: house.end(hand, "wenqing", question="procurement")) == "hand_settled"
    assert refusal(lambda: house.end(hand, "wenqing", question="sangong")) == "hand_settled"
    assert house.stands() == [(PROCUREMENT, "wenqing", "accepted")]
    house.end(hand, by="wenqing", question="procurement_compliance")  # the last one of it
    assert house.stands() == []
    assert house.roles("wenqing") == []
    assert len(house.told("chenyu")) == 1


def test_a_contact_can_hand_to_the_other_one(house: House) -> None:
    with house.tx() as tx:
        form = forms.get(tx, house.form)
        assert form is not None
        people.grant(tx, "songqi", "contact", form.department_id)
    (hand,) = house.hand(to="songqi")
    assert "colleague" not in house.roles("songqi")
    house.do(AnswerHand(hand, True), by="songqi", role=Role.CONTACT)
    house.do(EndHand(hand), by="songqi", role=Role.CONTACT)
    assert house.roles("songqi").count("contact") == 2


def test_done_is_told_once(house: House, whole_answers: dict[str, Value]) -> None:
    house.record({"has_procurement": whole_answers["has_procurement"]}, by="chenyu")
    (hand,) = house.hand()
    house.answer(hand)
    house.told("chenyu")
    house.do(RecordAnswer(PLAN, "100万"))
    assert house.told("chenyu") == []
    facts = ("procurement_plan", "procurement_actual", "procurement_compliance")
    rest = {fact: whole_answers[fact] for fact in facts}
    house.do(RecordAnswer(rest, "都在这里"))
    assert len(house.told("chenyu")) == 1
    house.do(RecordAnswer(PLAN, "改一下"))
    assert house.told("chenyu") == []
    with house.tx() as tx:
        assert [each.done for each in hands.of_form(tx, house.form)] == [True]


@pytest.mark.parametrize(
    "effect",
    [
        TakeOver({"sangong_actual": Money(Decimal(1))}, "x", taken={"sangong_actual": "决算表"}),
        RecordCover(PLAN, "x"),
        SendIn(),
        Preview(),
        KeepPhoto("media", "evidence", "B1-1"),
    ],
)
def test_what_a_colleague_may_not_ask_for(house: House, effect: Effect) -> None:
    (hand,) = house.hand()
    house.answer(hand)
    assert refusal(lambda: house.do(effect)) == "not_handed"
    assert refusal(lambda: house.do(RecordAnswer(PLAN, "x"), effect)) == "not_handed"
    with house.tx() as tx:
        assert answers.present(tx, house.form) == {}


def test_what_was_brought_for_their_questions_they_may_take_over(house: House) -> None:
    (hand,) = house.hand()
    house.answer(hand)
    doubtful = {"sangong_actual": Money(Decimal(1))}
    house.record(dict(doubtful), by="chenyu")
    changed: dict[str, Value | None] = {**PLAN, "sangong_actual": None}
    taken = {"procurement_plan": "决算表"}
    house.do(TakeOver(changed, "采用", taken=taken, earlier=doubtful))
    with house.tx() as tx:
        assert set(answers.present(tx, house.form)) == set(PLAN)
        (kept,) = proposals.open_of_form(tx, house.form)
    assert (kept.fact, kept.brought_by) == ("sangong_actual", "wenqing")


def test_a_colleague_may_prefer_text(house: House) -> None:
    house.hand()
    house.do(PreferText(True))
    with house.tx() as tx:
        found = people.person(tx, "wenqing")
    assert found is not None
    assert found.plain_text_only


def test_what_bears_a_secrecy_marking_is_kept_nowhere(house: House) -> None:
    (hand,) = house.hand()
    for act in (
        lambda: house.answer(hand, words="机密★10年"),
        lambda: house.end(hand, by="wenqing", words="秘密★5年"),
    ):
        assert refusal(act) == "secret"


def test_a_hand_over_of_another_form_is_not_touched(house: House, district_template: Any) -> None:
    (hand,) = house.hand()
    other = House(house.services, district_template[1].forms["302"], house.now)
    assert refusal(lambda: other.end(hand, by="hesui")) == "hand_settled"
    assert refusal(lambda: other.answer(hand)) == "hand_settled"


def replace(house: House, new: str) -> None:
    with house.tx() as tx:
        incoming = Successor(new)
        replace_contact(
            house.services, tx, "zhouning", By.COORDINATOR, house.form, "", incoming, house.now
        )


def test_a_successor_gives_what_the_predecessor_gave(house: House) -> None:
    (hand,) = house.hand()
    house.told("wenqing")
    replace(house, "宋启")
    assert house.stands() == [(PROCUREMENT, "wenqing", "offered")]
    assert "宋启" in house.told("wenqing")[0]
    house.told("songqi")
    house.answer(hand)
    assert house.told("songqi") != []
    assert not any("温晴" in told for told in house.told("chenyu"))


def test_a_colleague_who_becomes_the_contact_has_nothing_handed_any_more(house: House) -> None:
    hand, _ = house.hand(PROCUREMENT, ASSETS)
    house.answer(hand)
    house.hand(to="baizhou")
    replace(house, "温晴")
    assert house.roles("wenqing") == ["contact"]
    assert house.stands() == [(PROCUREMENT, "baizhou", "offered")]
    assert not any(key.startswith("hand:") for key in house.cards("wenqing"))


def test_who_reads_text_and_wears_another_hat_is_asked_which_is_meant(house: House) -> None:
    with house.tx() as tx:
        people.set_plain_text_only(tx, "hesui", True)
        conversations.keep(tx, "hesui", NO_FORM, {"wears": "contact:2"}, house.now)
    house.hand(to="hesui")
    with house.tx() as tx:
        kept = conversations.load(tx, "hesui", NO_FORM)
    assert kept is not None
    assert kept["wears"] == ""


def test_everybody_can_be_found_own_people_first(house: House) -> None:
    with house.tx() as tx:
        form = forms.get(tx, house.form)
        assert form is not None
        found = people_for(tx, "chenyu", form.department_id)
    named: Sequence[tuple[str, str]] = [(each.name, each.post) for each in found]
    assert named[:4] == [
        ("柏舟", "资产管理股"),
        ("纪纯", "采购办"),
        ("林帆", ""),
        ("温晴", "财务股"),
    ]
    assert ("何穗", "梅州市梅江区民政局") in named[4:]
    assert found[3].aliases == ("温会计", "小温")
    assert [each.name for each in found if each.reviews] == ["林帆"]
    assert "chenyu" not in [each.userid for each in found]
