"""What reviewers, finance and coordinators say about the forms on their desk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import pytest

from dialogs import desk, notices
from dialogs.bubbles import Buttons, Words
from dialogs.case import Desk, FormView, Person, Role, Waiting
from dialogs.effects import Accept, Approve, SendBack
from dialogs.events import Chosen, Event, Opened, Said, Unreadable
from dialogs.states import load_state
from scoring.standard import Standard
from scoring.values import Value

NOW = datetime(2022, 6, 1, 2, 0, tzinfo=UTC)
DEADLINE = datetime(2022, 6, 15, 10, 0, tzinfo=UTC)
NAMES = {1: "梅州市梅江区科工商务局", 2: "梅州市梅江区民政局", 3: "梅州市梅江区水务局"}
WAITS = {Role.REVIEWER: "in_review", Role.FINANCE: "delivered", Role.COORDINATOR: "drafting"}


@dataclass
class Sitting:
    """Somebody at a desk."""

    view: Desk
    stored: str | None = None
    effects: list[Any] = field(default_factory=list)

    def say(self, text: str) -> str:
        return self.take(Said(text))

    def press(self, card: str, button: str) -> str:
        return self.take(Chosen(card, (button,)))

    def take(self, event: Event) -> str:
        step = desk.step(load_state(self.stored), event, self.view, NOW)
        self.stored = step.state.dump()
        self.effects = list(step.effects)
        assert len(step.bubbles) == 1
        (bubble,) = step.bubbles
        assert isinstance(bubble, Words)
        return bubble.text


Sit = Callable[..., Sitting]


@pytest.fixture
def sit(standard: Standard, converse: Callable[..., Any]) -> Sit:
    answers: Mapping[str, Value] = converse(example="reference-case.yaml").answers

    def make(role: Role, *ids: int, state: str = "", version: int = 1) -> Sitting:
        forms = tuple(
            Waiting(
                FormView(n, state or WAITS[role], NAMES[n], 2021, DEADLINE, version),
                standard,
                answers,
                "陈宇",
            )
            for n in ids
        )
        return Sitting(Desk(Person("p", "林帆", frozenset({role})), role, forms))

    return make


def test_a_reviewer_approves_in_a_word(sit: Sit) -> None:
    one = sit(Role.REVIEWER, 1)
    assert "已通过" in one.say("通过。")
    assert one.effects == [Approve(1)]


def test_finance_accepts_in_a_word(sit: Sit) -> None:
    one = sit(Role.FINANCE, 1)
    assert "已接收" in one.say("接收")
    assert one.effects == [Accept(1)]


def test_sending_back_in_one_message(sit: Sit) -> None:
    one = sit(Role.REVIEWER, 1)
    assert "三公经费的数再核对一下" in one.say("退回，三公经费的数再核对一下")
    assert one.effects == [SendBack(1, "三公经费的数再核对一下")]


def test_sending_back_in_two_messages(sit: Sit) -> None:
    one = sit(Role.REVIEWER, 1)
    assert "原因" in one.press("review:1:1", "send_back")
    assert one.effects == []
    one.say("预决算差异写得不清楚")
    assert one.effects == [SendBack(1, "预决算差异写得不清楚")]
    assert one.say("再说一句") == one.say("再说一句")
    assert one.effects == []


def test_sending_back_needs_words(sit: Sit) -> None:
    one = sit(Role.FINANCE, 1)
    one.say("退回")
    assert "一句原因" in one.say("  ")
    assert "一句原因" in one.say("退回")
    assert one.effects == []
    one.say("退回：满意度样本数核对一下")
    assert one.effects == [SendBack(1, "满意度样本数核对一下")]


def test_a_return_can_be_dropped(sit: Sit) -> None:
    one = sit(Role.REVIEWER, 1)
    one.press("review:1:1", "send_back")
    assert "不退回" in one.say("取消")
    assert one.effects == []
    one.press("review:1:1", "send_back")
    one.say("通过")
    assert one.effects == [Approve(1)]


def test_what_was_to_be_returned_may_be_gone(sit: Sit) -> None:
    one = sit(Role.REVIEWER, 1)
    one.press("review:1:1", "send_back")
    one.view = replace(one.view, forms=())
    assert "没有等您审核" in one.say("原因写得不清楚")
    assert one.effects == []


@pytest.mark.parametrize(
    ("said", "effect"),
    [
        ("通过 2", Approve(3)),
        ("通过梅州市梅江区水务局", Approve(3)),
        ("通过 水务局", Approve(3)),
        ("退回 科工商务局 三公经费核对一下", SendBack(1, "三公经费核对一下")),
        ("退回 1，三公经费核对一下", SendBack(1, "三公经费核对一下")),
    ],
)
def test_one_of_several_is_named(sit: Sit, said: str, effect: object) -> None:
    several = sit(Role.REVIEWER, 1, 3)
    several.say(said)
    assert several.effects == [effect]


@pytest.mark.parametrize("said", ["通过", "退回", "通过 9", "通过 0", "通过 梅江区", "退回 数不对"])
def test_several_and_none_named(sit: Sit, said: str) -> None:
    several = sit(Role.REVIEWER, 1, 3)
    answered = several.say(said)
    assert "有2份在等您" in answered
    assert "2. 梅州市梅江区水务局（自评95.45分）" in answered
    assert several.effects == []


def test_the_card_of_an_earlier_version_does_nothing(sit: Sit) -> None:
    one = sit(Role.REVIEWER, 1, version=2)
    assert "不在您这里" in one.press("review:1:1", "approve")
    assert one.effects == []


def test_the_card_of_a_form_that_moved_on_does_nothing(sit: Sit) -> None:
    one = sit(Role.REVIEWER, 1, state="drafting")
    assert "填报中" in one.press("review:1:1", "approve")
    assert one.effects == []


def test_the_review_card_is_answered_by_its_own_desk(sit: Sit) -> None:
    one = sit(Role.REVIEWER, 1)
    (words, card) = notices.review_request(one.view.forms[0])
    assert isinstance(words, Words)
    assert isinstance(card, Buttons)
    assert "95.45" in words.text
    assert len(card.title) <= 36
    one.press(card.key, card.choices[0].id)
    assert one.effects == [Approve(1)]


def test_the_finance_card_is_answered_by_its_own_desk(sit: Sit) -> None:
    one = sit(Role.FINANCE, 1)
    *_, card = notices.delivered_to_finance(one.view.forms[0])
    assert isinstance(card, Buttons)
    one.press(card.key, "accept")
    assert one.effects == [Accept(1)]


@pytest.mark.parametrize("card", ["", "review", "review:x", "review:77:1", "finance:1:9"])
def test_strange_cards_do_nothing(sit: Sit, card: str) -> None:
    one = sit(Role.REVIEWER, 1)
    assert one.press(card, "approve")
    assert one.effects == []


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.FINANCE])
@pytest.mark.parametrize("said", ["通过", "接收", "退回 不行", "待办", "你好", ""])
def test_nothing_waits(sit: Sit, role: Role, said: str) -> None:
    nobody = sit(role)
    assert nobody.say(said)
    assert nobody.effects == []


def test_the_list_of_what_waits(sit: Sit) -> None:
    several = sit(Role.REVIEWER, 1, 2)
    assert "等您处理的有2份" in several.say("待审")
    assert "等您处理的有2份" in several.take(Opened())


def test_a_coordinator_decides_nothing(sit: Sit) -> None:
    all_of_them = sit(Role.COORDINATOR, 1, 2, 3)
    assert "进度" in all_of_them.say("随便说说")
    assert all_of_them.say("通过")
    assert all_of_them.effects == []


def test_files_do_not_arrive(sit: Sit) -> None:
    assert "收不到" in sit(Role.FINANCE, 1).take(Unreadable("file"))


def test_contacts_are_told_what_happened() -> None:
    form = FormView(1, "drafting", NAMES[1], 2021, DEADLINE, 2)
    told = [
        notices.approved(form),
        notices.sent_back(form, "三公经费核对一下", "林帆"),
        notices.delivered(form),
        notices.accepted(form),
    ]
    texts = [bubble.text for (bubble,) in told if isinstance(bubble, Words)]
    assert len(texts) == 4
    assert all(NAMES[1] in text for text in texts)
    assert "林帆退回了" in texts[1]
    assert "三公经费核对一下" in texts[1]


def test_a_number_longer_than_any_list_is_asked_about(sit: Sit) -> None:
    reviewer = sit(Role.REVIEWER, 1, 2)
    assert NAMES[1] in reviewer.say("通过 " + "9" * 5000)
    assert reviewer.effects == []


def test_the_card_of_a_form_opens_its_pages(standard: Standard) -> None:
    form = FormView(1, "in_review", NAMES[1], 2021, DEADLINE)
    links = {"decide": "https://x.example/decide", "purge": "https://x.example/purge"}
    for ask in (notices.review_request, notices.delivered_to_finance):
        *_, card = ask(Waiting(form, standard, {}, links=links))
        assert isinstance(card, Buttons)
        assert [row[2] for row in card.details if len(row) == 3] == ["https://x.example/decide"]


@pytest.mark.parametrize(
    "said", ["通过不了，公用经费要核对", "通过率那个数不对", "通过 民政局", "通过前请补合同"]
)
def test_a_yes_with_doubts_behind_it_is_none(sit: Sit, said: str) -> None:
    one = sit(Role.REVIEWER, 1)
    assert "是同意通过吗" in one.say(said)
    assert one.effects == []
    one.say("通过，同意")
    assert one.effects == [Approve(1)]


def test_words_for_a_return_may_begin_like_a_yes(sit: Sit) -> None:
    one = sit(Role.REVIEWER, 1)
    one.press("review:1:1", "send_back")
    one.say("通过率的数不对，请核对")
    assert one.effects == [SendBack(1, "通过率的数不对，请核对")]


def test_the_name_of_another_department_returns_nothing(sit: Sit) -> None:
    one = sit(Role.FINANCE, 1)
    assert "1. 梅州市梅江区科工商务局" in one.say("退回 民政局 数不对")
    assert one.effects == []
    one.say("退回 科商局 数不对")
    assert one.effects == [SendBack(1, "数不对")]


def test_a_return_may_have_many_words(sit: Sit) -> None:
    one, words = sit(Role.REVIEWER, 1), "差异的原因写得不清楚，请写明是哪几笔；" * 10
    one.say(f"退回 {words}")
    assert one.effects == [SendBack(1, words)]


@pytest.mark.parametrize(("owed", "said"), [(True, "还差盖章的扫描件"), (False, "自评完成了")])
def test_a_contact_learns_at_acceptance_what_is_still_owed(owed: bool, said: str) -> None:
    form = FormView(1, "accepted", NAMES[1], 2021, DEADLINE, needs_seal=owed)
    (told,) = notices.accepted(form)
    assert isinstance(told, Words)
    assert said in told.text
