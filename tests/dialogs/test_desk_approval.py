"""Reviewers in a chain at their desk: whose turn it is, stand-ins, a signature that was none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import pytest

from dialogs import approval, desk, notices
from dialogs.bubbles import Buttons, Words
from dialogs.case import Desk, FormView, Known, Link, Person, Proxy, Role, Roster, Waiting
from dialogs.desks import stand_in
from dialogs.effects import Approve, Disown, EndStandIn, SetStandIn
from dialogs.events import Chosen, Event, Opened, Said
from dialogs.states import load_state
from dialogs.understand.stand_in import Wish, read_wish
from scoring.standard import Standard
from scoring.values import Value

NOW = datetime(2022, 6, 1, 2, 0, tzinfo=UTC)
DEADLINE = datetime(2022, 6, 15, 10, 0, tzinfo=UTC)
NAME = "梅州市梅江区科工商务局"
FIRST = Link(1, "分管领导", ("林帆",), leaders=("林帆",))
LAST = Link(2, "主要领导", ("方泽",), leaders=("方泽",))
DONE = replace(FIRST, approved_by="林帆")
LINFAN, HESUI = Known("linfan", "林帆", NAME), Known("hesui", "何穗", "民政局")
FANGZE, OTHER = Known("fangze", "方泽", NAME), Known("hesui2", "何穗", "水务局")
JUNE_11 = datetime(2022, 6, 10, 16, 0, tzinfo=UTC)

NOBODY = Roster()


@dataclass
class Sitting:
    """Somebody at a desk; the roster is there where the house would bring it."""

    view: Desk
    roster: Roster = NOBODY
    stored: str | None = None
    effects: list[Any] = field(default_factory=list)
    bubbles: list[Any] = field(default_factory=list)

    def say(self, text: str) -> str:
        return self.take(Said(text))

    def press(self, card: str, button: str) -> str:
        return self.take(Chosen(card, (button,)))

    def take(self, event: Event) -> str:
        roster = self.roster if stand_in.is_meant(event) else None
        step = desk.step(load_state(self.stored), event, replace(self.view, roster=roster), NOW)
        self.stored = step.state.dump()
        self.effects, self.bubbles = list(step.effects), list(step.bubbles)
        (bubble,) = step.bubbles
        return bubble.text if isinstance(bubble, Words) else f"{bubble.title}\n{bubble.note}"

    @property
    def card(self) -> Buttons:
        (bubble,) = self.bubbles
        assert isinstance(bubble, Buttons)
        return bubble


Sit = Callable[..., Sitting]


@pytest.fixture
def sit(standard: Standard, converse: Callable[..., Any]) -> Sit:
    answers: Mapping[str, Value] = converse(example="reference-case.yaml").answers

    def make(
        *chain: Link, name: str = "林帆", mine: bool = True, role: Role = Role.REVIEWER,
        roster: Roster = NOBODY,
    ) -> Sitting:  # fmt: skip
        form = FormView(1, "in_review", NAME, 2021, DEADLINE, 0, code="W62J-NQ")
        waiting = Waiting(form, standard, answers, "陈宇", chain=chain, mine=mine)
        return Sitting(Desk(Person("p", name, frozenset({role})), role, (waiting,)), roster)

    return make


# ---- the chain ----


def test_the_request_names_the_chain_and_the_code(sit: Sit) -> None:
    waiting = sit(DONE, LAST, name="方泽").view.forms[0]
    words, card = notices.review_request(waiting)
    assert isinstance(words, Words)
    assert "审核：分管领导 林帆已通过 → 主要领导 方泽（现在）" in words.text
    assert "版本码：W62J-NQ" in words.text
    assert isinstance(card, Buttons)
    assert ("已通过", "林帆") in card.details
    assert ("版本码", "W62J-NQ") in card.details


def test_one_rank_alone_is_not_called_a_chain(sit: Sit) -> None:
    waiting = sit(replace(FIRST, title="审核人")).view.forms[0]
    assert approval.way(waiting.chain) == ""


def test_who_says_yes_is_told_who_is_asked_next(sit: Sit) -> None:
    one = sit(FIRST, LAST)
    assert "接着请主要领导 方泽审核" in one.say("通过")
    assert one.effects == [Approve(1)]


def test_the_last_yes_goes_to_finance(sit: Sit) -> None:
    assert "正在送财政" in sit(DONE, LAST, name="方泽").say("通过")


def test_who_holds_the_next_rank_too_is_told_so_at_once(sit: Sit) -> None:
    both = sit(FIRST, replace(LAST, names=("方泽", "林帆（代方泽）")))
    assert "正在送财政" in both.say("通过")


@pytest.mark.parametrize("said", ["通过", "待审", "退回 不对"])
def test_whose_turn_it_is_not_is_told_where_it_is(sit: Sit, said: str) -> None:
    early = sit(FIRST, LAST, name="方泽", mine=False)
    answered = early.say(said)
    assert "现在请分管领导 林帆审核" in answered
    assert early.effects == []
    assert "现在请分管领导 林帆审核" in early.take(Opened())


def test_a_card_of_an_earlier_rank_or_submission_does_nothing(sit: Sit) -> None:
    first = sit(FIRST, LAST)
    old = approval.key_of(first.view.forms[0])
    later = sit(DONE, LAST, name="方泽")
    later.press(old, "approve")
    assert later.effects == []
    form = replace(first.view.forms[0].form, code="K7K7-K7")
    first.view = replace(first.view, forms=(replace(first.view.forms[0], form=form),))
    first.press(old, "approve")
    assert first.effects == []
    first.press(approval.key_of(first.view.forms[0]), "approve")
    assert first.effects == [Approve(1)]


def test_a_card_of_another_rank_is_declined_for_somebody_else(sit: Sit) -> None:
    early = sit(FIRST, LAST, name="方泽", mine=False)
    answered = early.press(approval.key_of(early.view.forms[0]), "approve")
    assert "还不用您处理" in answered
    assert early.effects == []


# ---- stand-ins ----

OWN = Roster((LINFAN, FANGZE, HESUI), (LINFAN,))
ALL = Roster((LINFAN, FANGZE, HESUI), (LINFAN, FANGZE))


@pytest.mark.parametrize(
    ("said", "wish"),
    [
        ("代审 何穗 到6月10日", Wish("", "何穗", "6月10日")),
        ("代审何穗", Wish("", "何穗")),
        ("代审：何穗，到 6.10", Wish("", "何穗", "6.10")),
        ("请何穗代审到6月10日", Wish("", "何穗", "6月10日")),
        ("代审 林帆 由 何穗", Wish("林帆", "何穗")),
        ("林帆由何穗代审到6月10日", Wish("林帆", "何穗", "6月10日")),
        ("取消代审", Wish(ends=True)),
        ("取消代审 林帆", Wish("林帆", ends=True)),
        ("取消林帆的代审", Wish("林帆", ends=True)),
        ("代审", Wish()),
    ],
)
def test_ways_to_say_it(said: str, wish: Wish) -> None:
    assert read_wish(said) == wish


@pytest.mark.parametrize(
    "said", ["通过", "退回 差异的原因要代审计局核对", "待审", "进度", "由我来审"]
)
def test_what_is_about_other_things(said: str) -> None:
    assert read_wish(said) is None


def test_a_leader_asks_somebody_to_stand_in(sit: Sit) -> None:
    one = sit(FIRST, roster=OWN)
    shown = one.say("代审 何穗 到6月10日")
    assert "到6月10日，由何穗代林帆审核" in shown
    assert one.effects == []
    assert one.card.key == "desk:reviewer:stand_in"
    one.press(one.card.key, "0")
    assert one.effects == [SetStandIn("linfan", "hesui", JUNE_11)]
    assert "用不上" in one.press("desk:reviewer:stand_in", "0")


@pytest.mark.parametrize("said", ["是", "1", "由何穗代审", "何穗", "好的"])
def test_the_card_has_a_way_in_text(sit: Sit, said: str) -> None:
    one = sit(FIRST, roster=OWN)
    one.say("代审 何穗")
    one.say(said)
    assert one.effects == [SetStandIn("linfan", "hesui", None)]


@pytest.mark.parametrize("said", ["否", "2", "不设", "取消", "随便说一句"])
def test_it_can_be_dropped(sit: Sit, said: str) -> None:
    one = sit(FIRST, roster=OWN)
    one.say("代审 何穗")
    assert "没有设" in one.say(said)
    one.say("是")
    assert one.effects == []


def test_a_decision_in_between_is_a_decision(sit: Sit) -> None:
    one = sit(FIRST, roster=OWN)
    one.say("代审 何穗")
    one.say("通过")
    assert one.effects == [Approve(1)]


def test_of_two_of_a_name_one_is_picked(sit: Sit) -> None:
    one = sit(FIRST, roster=Roster((LINFAN, HESUI, OTHER), (LINFAN,)))
    one.say("代审 何穗")
    assert [choice.label for choice in one.card.choices] == ["何穗 民政局", "何穗 水务局", "不设"]
    assert "点是哪一位" in one.say("是")
    one.say("2")
    assert one.effects == [SetStandIn("linfan", "hesui2", None)]


def test_a_coordinator_arranges_it_for_a_leader(sit: Sit) -> None:
    one = sit(FIRST, name="周宁", role=Role.COORDINATOR, roster=ALL)
    assert "由 代审人姓名" in one.say("代审 何穗")
    one.say("代审 林帆 由 何穗")
    one.say("是")
    assert one.effects == [SetStandIn("linfan", "hesui", None)]
    assert "不在您能安排" in one.say("代审 陈宇 由 何穗")


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("代审 张某某", "没有找到“张某某”"),
        ("代审 林帆", "没有找到“林帆”"),
        ("代审 何穗 到五月几号", "没看懂是哪一天"),
        ("代审 何穗 到5月1日", "已经过了"),
        ("代审", "代审 姓名 到6月10日"),
        ("代审 方泽 由 何穗", "不在您能安排"),
    ],
)
def test_what_cannot_be_arranged(sit: Sit, said: str, answered: str) -> None:
    one = sit(FIRST, roster=OWN)
    assert answered in one.say(said)
    assert one.effects == []


def test_it_is_ended_in_a_word(sit: Sit) -> None:
    running = replace(OWN, running=(Proxy(LINFAN, HESUI, JUNE_11),))
    one = sit(FIRST, roster=running)
    assert "何穗正代林帆审核（到6月10日）" in one.say("代审")
    assert "已经取消" in one.say("取消代审")
    assert one.effects == [EndStandIn("linfan")]


# ---- signed by hand ----


def test_a_leader_says_that_it_was_not_them(sit: Sit) -> None:
    one = sit(DONE, LAST, mine=False)
    (card,) = approval.signed_for_you(one.view.forms[0], "陈宇")
    assert isinstance(card, Buttons)
    assert "W62J-NQ" in card.note
    assert "已经记着" in one.press(card.key, "known")
    one.press(card.key, "disown")
    one.say("这一版我没有签过")
    assert one.effects == [Disown(1, "这一版我没有签过")]


def test_it_may_have_been_them_after_all(sit: Sit) -> None:
    one = sit(DONE, LAST, mine=False)
    one.press("desk:reviewer:signed:1", "disown")
    assert "没有改动" in one.say("取消")
    assert one.effects == []
