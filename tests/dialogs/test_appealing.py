"""申辩 with the contact: what an opinion shows, what is taken as an objection, what is asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from dialogs.bubbles import Words
from dialogs.case import Case, FormView, Person, Role
from dialogs.events import Chosen, Event, Said
from dialogs.machine import step
from dialogs.review_effects import AgreeOpinion, ObjectTo
from dialogs.reviewed import Given, Objection, OpinionView, Review
from dialogs.states import load_state
from scoring.standard import Standard

NOW = datetime(2022, 6, 21, 2, 0, tzinfo=UTC)
UNTIL = datetime(2022, 6, 27, 10, 0, tzinfo=UTC)
OPINION = OpinionView(1, Decimal("92.5"), "优", NOW, UNTIL)
POINTS = {
    "B3-1": Given(Decimal("1.5"), "合同没附", "吴衡"),
    "A1-3": Given(Decimal(1), "少算追加", "吴衡"),
}


@dataclass
class Chat:
    """A contact whose form was delivered."""

    case: Case
    now: datetime = NOW
    stored: str | None = None
    effects: list[Any] = field(default_factory=list)

    def say(self, text: str) -> str:
        return self.take(Said(text))

    def take(self, event: Event) -> str:
        made = step(load_state(self.stored), event, self.case, self.now)
        self.stored = made.state.dump()
        assert load_state(self.stored) == made.state
        self.effects = list(made.effects)
        return "\n".join(b.text for b in made.bubbles if isinstance(b, Words))


@pytest.fixture
def chat(standard: Standard, converse: Callable[..., Any]) -> Callable[..., Chat]:
    answers = converse(example="reference-case.yaml").answers

    def make(*codes: str, opinion: OpinionView | None = OPINION) -> Chat:
        form = FormView(1, "accepted", "梅州市梅江区科工商务局", 2021, UNTIL, 1)
        person = Person("chenyu", "陈宇", frozenset({Role.CONTACT}))
        points = {code: POINTS[code] for code in codes}
        review = Review(points=points, opinion=opinion, issued=1)
        return Chat(Case(form, standard, answers, person, review=review))

    return make


def test_the_opinion_with_reasons_and_what_can_be_done(chat: Callable[..., Chat]) -> None:
    told = chat("B3-1").say("复核意见")
    assert "可以申辩到6月27日" in told
    assert "自评2.95分→核定1.5分（合同没附）" in told
    assert "申辩 B3-1 理由" in told


@pytest.mark.parametrize(
    ("said", "points"),
    [
        ("申辩 B3-1 合同在第3份材料里", (("B3-1", "合同在第3份材料里"),)),
        ("我要申辩：政府采购执行率，合同在第3份材料里", (("B3-1", "合同在第3份材料里"),)),
        (
            "申辩\nB3-1 合同在材料里\nA1-3 追加有批复",
            (("B3-1", "合同在材料里"), ("A1-3", "追加有批复")),
        ),
        ("申辯 b3－1 合同有附", (("B3-1", "合同有附"),)),
    ],
)
def test_objections_are_taken(chat: Callable[..., Chat], said: str, points: Any) -> None:
    talk = chat("B3-1", "A1-3")
    assert "已提交申辩" in talk.say(said)
    assert talk.effects == [ObjectTo(points)]


def test_where_only_one_was_changed_it_is_meant(chat: Callable[..., Chat]) -> None:
    talk = chat("B3-1")
    talk.say("申辩 合同在第3份材料里")
    assert talk.effects == [ObjectTo((("B3-1", "合同在第3份材料里"),))]
    several = chat("B3-1", "A1-3")
    assert "要申辩哪一项" in several.say("申辩 合同在第3份材料里")
    assert several.effects == []


def test_words_are_asked_for(chat: Callable[..., Chat]) -> None:
    talk = chat("B3-1", "A1-3")
    assert "请写明理由" in talk.say("申辩 B3-1")
    assert "已提交" in talk.say("合同在第3份材料里")
    assert talk.effects == [ObjectTo((("B3-1", "合同在第3份材料里"),))]
    talk.say("申辩 B3-1")
    assert "没有提交" in talk.say("取消")
    assert talk.effects == []


@pytest.mark.parametrize(
    "said", ["申辩 C4-2 满意度没错", "申辩 Z9-9 没有这个", "申辩 B3-1 好；C4-2 也是"]
)
def test_what_was_not_changed_is_not_taken(chat: Callable[..., Chat], said: str) -> None:
    talk = chat("B3-1", "A1-3")
    talk.say(said)
    assert talk.effects == []


def test_agreeing_once(chat: Callable[..., Chat]) -> None:
    talk = chat("B3-1")
    assert "没有异议" in talk.take(Chosen("opinion:1", ("agree",)))
    assert talk.effects == [AgreeOpinion()]
    talk.take(Chosen("opinion:0", ("agree",)))
    assert talk.effects == []
    objected = replace(OPINION, objections=(Objection("B3-1", "在材料里", "陈宇"),))
    heard = chat("B3-1", opinion=objected)
    assert "不用再确认" in heard.say("没有异议")
    assert heard.effects == []


def test_after_the_day_and_without_an_opinion(chat: Callable[..., Chat]) -> None:
    talk = chat("B3-1")
    talk.now = datetime(2022, 6, 28, 2, 0, tzinfo=UTC)
    assert "已经过了" in talk.say("申辩 B3-1 合同在材料里")
    assert talk.effects == []
    assert "还没有" in chat(opinion=None).say("复核意见")


def test_other_words_are_none_of_its_business(chat: Callable[..., Chat]) -> None:
    talk = chat("B3-1")
    for said in ("进度", "谢谢", "好的", "合同在材料里"):
        talk.say(said)
        assert talk.effects == []
