"""退回 with indicators named: read, echoed, confirmed by one tap; an unknown code is asked about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import pytest

from dialogs import desk, notices
from dialogs.bubbles import Bubble, Buttons, Words
from dialogs.case import Desk, FormView, Person, Returned, Role, Waiting, Waived
from dialogs.effects import Approve, SendBack
from dialogs.events import Chosen, Event, Said
from dialogs.states import load_state
from scoring.standard import Standard
from scoring.values import Value

NOW = datetime(2022, 6, 1, 2, 0, tzinfo=UTC)
DEADLINE = datetime(2022, 6, 15, 10, 0, tzinfo=UTC)
NAMES = {1: "梅州市梅江区科工商务局", 2: "梅州市梅江区民政局"}
WAITS = {Role.REVIEWER: "in_review", Role.FINANCE: "delivered"}
TWO = (("C1-2", "数对不上"), ("B3-1", "合同少了"))


@dataclass
class Sitting:
    """Somebody at a desk, with what was shown last."""

    view: Desk
    stored: str | None = None
    effects: list[Any] = field(default_factory=list)
    bubbles: tuple[Bubble, ...] = ()

    def say(self, text: str) -> str:
        return self.take(Said(text))

    def press(self, button: str) -> str:
        card = next(b for b in self.bubbles if isinstance(b, Buttons))
        return self.take(Chosen(card.key, (button,)))

    def take(self, event: Event) -> str:
        step = desk.step(load_state(self.stored), event, self.view, NOW)
        self.stored = step.state.dump()
        assert load_state(self.stored) == step.state
        self.effects, self.bubbles = list(step.effects), step.bubbles
        return "\n".join(
            b.text if isinstance(b, Words) else f"{b.title}\n{b.note}" for b in step.bubbles
        )


Sit = Callable[..., Sitting]


@pytest.fixture
def sit(standard: Standard, converse: Callable[..., Any]) -> Sit:
    answers: Mapping[str, Value] = converse(example="reference-case.yaml").answers

    def make(role: Role, *ids: int, version: int = 1) -> Sitting:
        forms = tuple(
            Waiting(
                FormView(n, WAITS[role], NAMES[n], 2021, DEADLINE, version),
                standard,
                answers,
                "陈宇",
            )
            for n in ids
        )
        return Sitting(Desk(Person("p", "林帆", frozenset({role})), role, forms))

    return make


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.FINANCE])
@pytest.mark.parametrize(
    "said",
    [
        "退回 C1-2 数对不上；B3-1 合同少了",
        "退回\n1、C1－2：数对不上\n2、b3-1 合同少了",
        "退回 公用经费控制率 数对不上\n财政采购执行率：合同少了",
        "退回 科工商务局 C1-2的数对不上，B3-1 合同少了",
    ],
)
def test_indicators_are_echoed_and_returned_by_one_tap(sit: Sit, role: Role, said: str) -> None:
    one = sit(role, 1)
    shown = one.say(said)
    assert one.effects == []
    for part in (
        "C1-2 公用经费控制率",
        "数对不上",
        "B3-1 政府采购执行率",
        "合同少了",
        "2处",
        "重新打开",
    ):
        assert part in shown
    one.press("yes")
    (effect,) = one.effects
    assert isinstance(effect, SendBack)
    assert [code for code, _ in effect.points] == ["C1-2", "B3-1"]
    assert [words for _, words in effect.points] == [words for _, words in TWO]
    assert "C1-2 公用经费控制率：数对不上" in effect.words


def test_long_words_stand_above_the_card(sit: Sit) -> None:
    one = sit(Role.REVIEWER, 1)
    shown = one.say("退回 C1-2 " + "数对不上，请逐笔核对。" * 20)
    words, card = one.bubbles
    assert isinstance(words, Words)
    assert isinstance(card, Buttons)
    assert "点一下就退回" in card.note
    assert "重新打开" in shown
    one.press("yes")
    assert isinstance(one.effects[0], SendBack)


@pytest.mark.parametrize("yes", ["是", "对", "确认", "1", "退回这2处"])
def test_a_word_does_the_same(sit: Sit, yes: str) -> None:
    one = sit(Role.REVIEWER, 1)
    one.say("退回 C1-2 数对不上；B3-1 合同少了")
    one.say(yes)
    assert [effect.points for effect in one.effects] == [TWO]


@pytest.mark.parametrize("no", ["取消", "算了", "2"])
def test_it_can_be_dropped(sit: Sit, no: str) -> None:
    one = sit(Role.REVIEWER, 1)
    one.say("退回 C1-2 数对不上")
    assert "不退回" in one.say(no)
    assert one.effects == []
    one.say("通过")
    assert one.effects == [Approve(1)]


def test_an_unknown_code_is_asked_about_and_nothing_is_dropped(sit: Sit) -> None:
    one = sit(Role.FINANCE, 1)
    assert "“C9-9”在评分标准里没有" in one.say("退回 C1-2 数对不上；C9-9 合同少了")
    assert "C9-9" in one.say("就是那个")
    one.say("B3-1")
    one.press("yes")
    assert [effect.points for effect in one.effects] == [TWO]


def test_the_unknown_one_can_be_left_out_or_all_returned(sit: Sit) -> None:
    one = sit(Role.FINANCE, 1)
    one.say("退回 C1-2 数对不上；C9-9 合同少了")
    one.say("去掉")
    one.press("yes")
    assert [effect.points for effect in one.effects] == [(("C1-2", "数对不上"),)]
    one.say("退回 C1-2 数对不上；C9-9 合同少了")
    one.say("整份")
    (effect,) = one.effects
    assert effect.points == ()
    assert "C9-9 合同少了" in effect.words


def test_words_that_are_missing_are_asked_for(sit: Sit) -> None:
    one = sit(Role.REVIEWER, 1)
    assert "C1-2 公用经费控制率要改什么" in one.say("退回 C1-2")
    one.say("数对不上")
    one.press("yes")
    assert [effect.points for effect in one.effects] == [(("C1-2", "数对不上"),)]


def test_a_question_comes_back_by_its_number(sit: Sit, standard: Standard) -> None:
    one = sit(Role.REVIEWER, 1)
    number = standard.number_of["duties"]
    assert "主要职责" in one.say(f"退回 第{number}题 少了一条")
    one.press("yes")
    assert [effect.points for effect in one.effects] == [(("#duties", "少了一条"),)]


def test_after_the_button_the_words_may_name_indicators(sit: Sit) -> None:
    one = sit(Role.REVIEWER, 1)
    one.take(Chosen("review:1:1", ("send_back",)))
    assert "C1-2 公用经费控制率" in one.say("C1-2 数对不上；B3-1 合同少了")
    one.press("yes")
    assert [effect.points for effect in one.effects] == [TWO]


def test_one_of_several_forms(sit: Sit) -> None:
    one = sit(Role.FINANCE, 1, 2)
    assert "有2份在等您" in one.say("退回 C1-2 数对不上")
    assert "民政局" in one.say("退回 民政局 C1-2 数对不上")
    one.press("yes")
    assert [(effect.form_id, effect.points) for effect in one.effects] == [
        (2, (("C1-2", "数对不上"),))
    ]


def test_an_older_card_does_not_confirm_a_newer_return(sit: Sit) -> None:
    one = sit(Role.REVIEWER, 1)
    one.say("退回 C1-2 数对不上")
    old = one.bubbles
    one.say("退回 B3-1 合同少了")
    one.bubbles = old
    assert "之前的" in one.press("yes")
    assert one.effects == []


def test_a_card_of_a_form_that_moved_on_returns_nothing(sit: Sit) -> None:
    one = sit(Role.REVIEWER, 1)
    one.say("退回 C1-2 数对不上")
    moved = replace(one.view.forms[0], form=replace(one.view.forms[0].form, state="drafting"))
    one.view = replace(one.view, forms=(moved,))
    one.press("yes")
    assert one.effects == []


def test_an_indicator_that_is_only_spoken_of_does_not_come_back(sit: Sit) -> None:
    one = sit(Role.REVIEWER, 1)
    one.say("退回 C1-2 的数与 B4-1 不一致")
    one.press("yes")
    assert [effect.points for effect in one.effects] == [(("C1-2", "数与 B4-1 不一致"),)]


def test_the_same_indicator_twice_comes_back_once_with_both_words(sit: Sit) -> None:
    one = sit(Role.REVIEWER, 1)
    one.say("退回 C1-2 数对不上；C1-2 缺决算表")
    one.press("yes")
    assert [effect.points for effect in one.effects] == [(("C1-2", "数对不上；缺决算表"),)]


def test_the_contact_is_told_each_indicator_and_the_due_date(standard: Standard) -> None:
    due = datetime(2022, 6, 8, 10, 0, tzinfo=UTC)
    form = FormView(1, "drafting", NAMES[1], 2021, DEADLINE, due=due)
    points = [Returned(code, words, "吴衡") for code, words in TWO]
    (bubble,) = notices.sent_back(form, "x", "吴衡", standard, points)
    assert isinstance(bubble, Words)
    for part in (
        "吴衡退回了",
        "2处",
        "C1-2 公用经费控制率：数对不上",
        "6月8日前",
        "只有这几处可以改",
    ):
        assert part in bubble.text


def test_who_decides_sees_what_changed_the_answers_and_what_was_let_pass(sit: Sit) -> None:
    form = replace(
        sit(Role.FINANCE, 1).view.forms[0],
        returned=(Returned("C1-2", "数对不上", "吴衡", True, "按决算改了"),),
        changes=("· 【49】三公：1万元 → 2万元",),
        waived={"nothing": Waived("口径不同", "林帆")},
    )
    for shown in (notices.review_request(form), notices.delivered_to_finance(form)):
        words = "\n".join(b.text for b in shown if isinstance(b, Words))
        assert "数对不上（答复：按决算改了）" in words
        assert "1万元 → 2万元" in words
        assert "放行" not in words  # that contradiction is no longer there
