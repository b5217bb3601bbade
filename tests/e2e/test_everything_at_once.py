"""Whatever people do, at once and in any order: all is kept, answered, and leads on.

The real house behind the encrypted callback, with a contact, colleagues, a reviewer and finance
who answer, err, correct, hand over, return and are late, while the service is started anew.
`household.py` says what they can do, `watching.py` what must hold after each step.
"""

from __future__ import annotations

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from scoring.engine import score
from scoring.questionnaire import Kind
from tests.e2e.conftest import CONTACT, COORDINATOR, FINANCE, REVIEWER
from tests.e2e.household import COLLEAGUES, begin
from tests.e2e.watching import Watcher

TEMPLATE: list[Path] = []
COLLEAGUE = COLLEAGUES[0]
FILLING = st.sampled_from([CONTACT, CONTACT, *COLLEAGUES])
ANYBODY = st.sampled_from([CONTACT, CONTACT, COLLEAGUE, REVIEWER, FINANCE, COORDINATOR])
ODD = st.sampled_from(
    [
        "啊？",
        "   ",
        "😀😀",
        "100万 200万 300万 400万 500万 600万 700万",
        "-5万",
        "应该有吧",
        "0.98",
        "100美元",
        "2月30日",
        "{} {0} %s <b>&amp;]]>",
        "‮反\u0000过来",
        "ABCDEFGHIJKLMN",
        "第99题改成5万",
        "好的谢谢，那个，领导说下周再看看，您看行不行",
        "长" * 700,
        "1",
        "是",
        "不是",
        "都没有",
        "98.5万",
        "不知道，问财务",
        "同上",
    ]
)
COMMANDS = st.sampled_from(
    [
        "上一题",
        "跳过",
        "撤销",
        "恢复",
        "取消",
        "继续",
        "完",
        "进度",
        "为什么",
        "帮助",
        "谁在填什么",
        "谁改过",
        "如果执行率到100%会怎样",
        "还缺什么",
        "预览",
        "撤回",
        "改好了",
        "请放行",
        "只要文字",
        "要卡片",
    ]
)
VALUES = st.sampled_from(
    [
        "98.5万元",
        "0",
        "2587.01万",
        "23元",
        "27万6773.33元",
        "三十万左右",
        "99%",
        "12",
        "七成",
        "没有",
    ]
)
WORDINGS = st.sampled_from(
    [
        "{label}改成{value}",
        "{label}写错了，应该是{value}",
        "第{number}题改成{value}",
        "修改 {number}",
        "修改{label}",
    ]
)
SCOPES = st.sampled_from(["资产这块", "采购这块", "这题", "第12题", "C1-2", "信息公开"])
REPLIES = st.sampled_from(["接受", "接受", "接受", "不接受，太忙", "退给陈宇", "我也不知道", ""])
DECISIONS = {
    REVIEWER: [
        "通过",
        "通过",
        "通过",
        "退回 数字再核对一下",
        "退回 C1-2 三公经费对不上；B3-1 合同少了",
        "退回这2处",
        "待办",
        "放行 1 口径不同",
    ],
    FINANCE: ["接收", "接收", "退回 C1-2 口径", "退回", "是", "附件看不清"],
}


class Everything(RuleBasedStateMachine):
    """Any order of what people do to one form."""

    @initialize(data=st.data(), text_only=st.booleans(), paper=st.booleans())
    def begin(self, data: st.DataObject, text_only: bool, paper: bool) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.house = begin(self.folder, TEMPLATE[0], paper=paper)
        self.watcher = Watcher(self.house)
        present = set(self.house.present())
        asked = {q.id: q for q in self.house.standard.questions if present & set(q.facts)}
        gaps = data.draw(st.lists(st.sampled_from(list(asked)), max_size=4, unique=True), "gaps")
        self.house.take_back({name for key in gaps for name in asked[key].facts} & present)
        self.house.say(CONTACT, "只要文字" if text_only else "你好")

    def teardown(self) -> None:
        if hasattr(self, "house"):
            self.house.services.close()
            shutil.rmtree(self.folder)

    def able(self, who: str) -> str:
        """A colleague who has something in hand, or the contact."""
        return who if self.house.talk(who) else CONTACT

    @rule(who=FILLING, often=st.integers(1, 3))
    def answer(self, who: str, often: int) -> None:
        for _ in range(often):
            self.house.answer(self.able(who))

    @rule(who=ANYBODY, text=ODD)
    def say_something_odd(self, who: str, text: str) -> None:
        self.house.say(who, text)

    @rule(who=FILLING, text=COMMANDS)
    def command(self, who: str, text: str) -> None:
        self.house.say(self.able(who), text)

    @rule(who=FILLING, wording=WORDINGS, value=VALUES, data=st.data())
    def correct(self, who: str, wording: str, value: str, data: st.DataObject) -> None:
        standard = self.house.standard
        figures = [n for n, f in standard.facts.items() if f.type in (Kind.MONEY, Kind.COUNT)]
        name = data.draw(st.sampled_from(figures), "fact")
        number = standard.number_of[standard.question_of[name].id]
        label = standard.facts[name].label
        self.house.say(self.able(who), wording.format(label=label, number=number, value=value))

    @rule(who=ANYBODY, at=st.integers(0, 5), age=st.sampled_from([0, 0, 0, 1, 2, 5, 20]))
    def click(self, who: str, at: int, age: int) -> None:
        """The newest card, or one of before."""
        cards = self.house.cards(who)
        if cards:
            self.house.click(who, cards[min(age, len(cards) - 1)], at)

    @rule()
    def same_again(self) -> None:
        self.house.tell_again()

    @rule(who=FILLING, minutes=st.integers(1, 90), text=st.one_of(VALUES, COMMANDS, ODD))
    def message_overtaken(self, who: str, minutes: int, text: str) -> None:
        self.house.say_late(self.able(who), text, timedelta(minutes=minutes))

    @rule(value=VALUES, right=st.booleans())
    def two_at_once(self, value: str, right: bool) -> None:
        """The contact looks at what a colleague was asked; then both answer."""
        open_ = self.house.open_numbers()
        if not self.house.talk(COLLEAGUE) and open_ and self.house.state() == "drafting":
            self.house.say(CONTACT, f"第{open_[-1]}题让柏舟来填")
            self.house.say(CONTACT, "是")
            self.house.say(COLLEAGUE, "接受")
        talk = self.house.talk(COLLEAGUE)
        if talk and talk.current:
            self.house.say(CONTACT, f"修改 {talk.number(talk.current.question)}")
            words = self.house.right_words(COLLEAGUE)
            self.house.answer(COLLEAGUE)
            self.house.say(CONTACT, words if words and right else value)

    @rule(what=SCOPES, whom=st.sampled_from(["柏舟", "老纪"]), reply=REPLIES, data=st.data())
    def hand_over(self, what: str, whom: str, reply: str, data: st.DataObject) -> None:
        open_ = self.house.open_numbers()
        if open_:
            what = data.draw(st.sampled_from([what, *(f"第{n}题" for n in open_)]), "what")
        self.house.say(CONTACT, f"{what}让{whom}来填")
        self.house.say(CONTACT, "是")
        if reply:
            self.house.say(COLLEAGUES["柏舟老纪".index(whom) // 2], reply)

    @rule(who=st.sampled_from(COLLEAGUES), words=REPLIES)
    def answer_hand(self, who: str, words: str) -> None:
        if self.house.talk(who):
            self.house.say(who, words)

    @rule(whose=st.sampled_from(["柏舟", "老纪", "纪纯"]))
    def take_back(self, whose: str) -> None:
        self.house.say(CONTACT, f"收回{whose}的")

    @rule()
    def send_in(self) -> None:
        """送审, and again where missing materials are to be confirmed."""
        self.house.say(CONTACT, "送审")
        self.house.say(CONTACT, "送审")

    @rule(who=st.sampled_from([REVIEWER, FINANCE]), data=st.data())
    def decide(self, who: str, data: st.DataObject) -> None:
        """By whose turn it is, or by anybody where it is nobody's."""
        who = {"in_review": REVIEWER, "delivered": FINANCE}.get(self.house.state(), who)
        self.house.say(who, data.draw(st.sampled_from(DECISIONS[who]), "words"))

    @rule()
    def round_trip(self) -> None:
        """As far as it goes at once: in, approved, delivered, returned by finance."""
        self.send_in()
        self.house.say(REVIEWER, "通过")
        self.house.say(FINANCE, "退回 C1-2 口径")
        self.house.say(FINANCE, "是")

    @rule(days=st.sampled_from([1, 3, 40]))
    def days_pass(self, days: int) -> None:
        """Forty days lead beyond the deadline."""
        self.house.clock.advance(timedelta(days=days))

    @rule()
    def restart(self) -> None:
        self.house.restart()

    @rule(who=FILLING)
    def go_on(self, who: str) -> None:
        """Who asks what comes next is shown it."""
        who = self.able(who)
        heard = "\n".join(bubble.words() for bubble in self.house.say(who, "继续"))
        talk = self.house.talk(who)
        item = talk.current if talk and talk.case.form.state == "drafting" else None
        if talk and item:
            assert f"【{talk.number(item.question)}】" in heard, heard

    @rule()
    def ask_score(self) -> None:
        """What is said is what the answers score."""
        heard = self.house.say(CONTACT, "得分")
        total = score(self.house.standard, self.house.values()).total
        if self.house.state() == "drafting":
            assert f"{total.so_far.normalize():f}分" in "\n".join(b.words() for b in heard)

    @invariant()
    def all_is_well(self) -> None:
        if hasattr(self, "house"):
            self.watcher.look()


class MuchMore(Everything):
    """The same, longer."""


@pytest.fixture(scope="module", autouse=True)
def _template(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A state machine can't take fixtures."""
    TEMPLATE[:] = [tmp_path_factory.mktemp("household")]


COMMON = settings(
    derandomize=True,
    deadline=None,
    stateful_step_count=25,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
PATIENTLY = pytest.mark.timeout(900)  # what fails is made as short as it can be
TestEverything = PATIENTLY(Everything.TestCase)
TestEverything.settings = settings(COMMON, max_examples=6)
TestMuchMore = pytest.mark.slow(PATIENTLY(MuchMore.TestCase))
TestMuchMore.settings = settings(COMMON, max_examples=50)
