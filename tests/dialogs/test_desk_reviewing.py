"""核定 at finance's desk, and 申辩 with the contact: what is read, asked, shown and done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from dialogs import desk
from dialogs.bubbles import Bubble, Buttons, Words
from dialogs.case import Desk, FormView, Person, Role, Waiting
from dialogs.events import Chosen, Event, Said
from dialogs.review_effects import GivePoints, IssueOpinion, SettleAppeal
from dialogs.reviewed import Given, Objection, OpinionView, Review, mark_of
from dialogs.states import load_state
from dialogs.understand.reviewing import read_appeal, read_mark, read_wish
from scoring.standard import Standard
from scoring.values import Offline, Value

NOW = datetime(2022, 6, 20, 2, 0, tzinfo=UTC)
UNTIL = datetime(2022, 6, 27, 10, 0, tzinfo=UTC)
NAMES = {1: "梅州市梅江区科工商务局", 2: "梅州市梅江区民政局"}
REVIEW = Review(receivers=("陈宇", "林帆"), until=UNTIL)
GIVEN = {"B3-1": Given(Decimal("1.5"), "合同没附", "吴恒")}
OPINION = OpinionView(1, Decimal("94"), "优", NOW, UNTIL)


@dataclass
class Sitting:
    """Somebody of finance, with what was shown last."""

    view: Desk
    stored: str | None = None
    effects: list[Any] = field(default_factory=list)
    bubbles: tuple[Bubble, ...] = ()

    def say(self, text: str) -> str:
        return self.take(Said(text))

    def press(self, button: str, key: str = "") -> str:
        if not key:
            key = next(b.key for b in self.bubbles if isinstance(b, Buttons))
        return self.take(Chosen(key, (button,)))

    def take(self, event: Event) -> str:
        step = desk.step(load_state(self.stored), event, self.view, NOW)
        self.stored = step.state.dump()
        assert load_state(self.stored) == step.state
        self.effects, self.bubbles = list(step.effects), step.bubbles
        return "\n".join(
            b.text if isinstance(b, Words) else f"{b.title}\n{b.note}" for b in step.bubbles
        )

    def given(self) -> dict[str, tuple[str | None, str]]:
        """The points of the one effect, by indicator."""
        (effect,) = self.effects
        assert isinstance(effect, GivePoints)
        return {c: (None if p is None else str(p), why) for c, p, why in effect.points}


Sit = Callable[..., Sitting]


@pytest.fixture
def sit(standard: Standard, converse: Callable[..., Any]) -> Sit:
    whole: Mapping[str, Value] = converse(example="reference-case.yaml").answers

    def make(
        *ids: int, review: Review = REVIEW, state: str = "delivered", **more: Value
    ) -> Sitting:
        forms = tuple(
            Waiting(
                FormView(n, state, NAMES[n], 2021, UNTIL, 1, department_code=f"30{n}"),
                standard,
                {**whole, **more},
                "陈宇",
                review=review,
            )
            for n in ids or (1,)
        )
        person = Person("wuheng", "吴恒", frozenset({Role.FINANCE}))
        return Sitting(Desk(person, Role.FINANCE, forms))

    return make


@pytest.mark.parametrize(
    ("said", "given"),
    [
        ("核定 科工商务局 B3-1 1.5 合同没附", {"B3-1": ("1.5", "合同没附")}),
        ("核定 科工商务局 B3-1 1.5分，原因：合同没附", {"B3-1": ("1.5", "合同没附")}),
        ("科工商务局 核定 B3-1 为１．５分 合同没附", {"B3-1": ("1.5", "合同没附")}),
        ("核定科工商务局B3－1改为1.5分合同没附", {"B3-1": ("1.5", "合同没附")}),
        ("核定 B3-1 合同没附，只给1.5分", {"B3-1": ("1.5", "合同没附")}),
        ("核定 B3-1 从2.95分改为1.5分，合同没附", {"B3-1": ("1.5", "合同没附")}),
        ("核定 政府采购执行率 1.5 合同没附", {"B3-1": ("1.5", "合同没附")}),
        ("核定 b3-1 一分半 合同没附", {"B3-1": ("1.5", "合同没附")}),
        ("B3-1核定1.5分 合同没附", {"B3-1": ("1.5", "合同没附")}),
        ("核定 301 B3-1 不得分，没有台账", {"B3-1": ("0", "没有台账")}),
        ("核定 A1-3 满分 差异已说明", {"A1-3": ("4", "差异已说明")}),
        (
            "核定 B3-1 1.5 合同没附；A1-3 2 少算追加",
            {"B3-1": ("1.5", "合同没附"), "A1-3": ("2", "少算追加")},
        ),
        (
            "核定 科工商务局\nB3-1 1.5 合同没附\nA1-3 2 少算追加",
            {"B3-1": ("1.5", "合同没附"), "A1-3": ("2", "少算追加")},
        ),
        ("核定 B3-1 2 3份合同没附".replace("2 3份", "2分 3份"), {"B3-1": ("2", "3份合同没附")}),
    ],
)
def test_points_are_read_as_people_write_them(sit: Sit, said: str, given: Any) -> None:
    sitting = sit(1)
    assert "已记" in sitting.say(said)
    assert sitting.given() == given


@pytest.mark.parametrize(
    "said",
    [
        "核定 B3-1 1,5 合同没附",
        "核定 B3-1 2。5 合同没附",
        "核定 B3-1 2-3 合同没附",
        "核定 B3-1 2/3 合同没附",
        "核定 B3-1 4 超过满分",
        "核定 B3-1 -1 合同没附",
        "核定 B3-1 1.555 合同没附",
        "核定 Z9-9 1 没有这个",
        "核定 B3 1 不是三级",
        "核定 B3-1 扣1分 合同没附",
        "核定 B3-1 1 合同没附；Z9-9 1 没有",
        "核定 B3-1 50% 合同没附",
        "核定 合同没附",
    ],
)
def test_what_is_not_clear_is_asked_and_nothing_is_given(sit: Sit, said: str) -> None:
    sitting = sit(1)
    assert sitting.say(said)
    assert sitting.effects == []


def test_a_reason_is_asked_for(sit: Sit) -> None:
    sitting = sit(1)
    assert "请写一句原因" in sitting.say("核定 B3-1 1.5")
    assert sitting.effects == []
    assert "已记" in sitting.say("合同没附")
    assert sitting.given() == {"B3-1": ("1.5", "合同没附")}


def test_points_are_asked_for(sit: Sit) -> None:
    sitting = sit(1)
    told = sitting.say("核定 B3-1")
    assert "自评2.95分" in told
    assert "核定几分" in told
    assert "请写一句原因" in sitting.say("1.5")
    sitting.say("合同没附")
    assert sitting.given() == {"B3-1": ("1.5", "合同没附")}


def test_points_like_the_department_s_need_no_reason(sit: Sit) -> None:
    sitting = sit(1, review=replace(REVIEW, points=GIVEN))
    assert "改回自评分" in sitting.say("核定 B3-1 按自评")
    assert sitting.given() == {"B3-1": (None, "")}
    sitting.say("B3-1 2.95")
    assert sitting.given() == {"B3-1": (None, "")}


def test_a_session_goes_on_without_the_verb_and_other_words_leave_it(sit: Sit) -> None:
    sitting = sit(1, 2)
    assert "要核定哪个单位" in sitting.say("核定 B3-1 1.5 合同没附")
    assert sitting.effects == []
    sitting.say("核定 民政局")
    sitting.say("B3-1 1.5 合同没附")
    assert sitting.effects[0].form_id == 2
    sitting.say("接收 民政局")
    assert type(sitting.effects[0]).__name__ == "Accept"


def test_another_department_s_name_is_no_reason(sit: Sit) -> None:
    sitting = sit(1)
    sitting.say("核定 卫生健康局 B3-1 1.5 合同没附")
    assert sitting.effects == []


def test_the_list_says_where_the_review_stands(sit: Sit) -> None:
    review = replace(REVIEW, points=GIVEN, opinion=OPINION, issued=1)
    told = sit(1, review=review).say("核定")
    assert "自评95.45分（优），现在核定94分（优）" in told
    assert "B3-1 政府采购执行率：自评2.95分→核定1.5分（合同没附）" in told
    assert "可以申辩到6月27日" in told


def test_an_opinion_is_shown_before_it_is_sent(sit: Sit) -> None:
    sitting = sit(1, review=replace(REVIEW, points=GIVEN))
    told = sitting.say("出复核意见")
    assert sitting.effects == []
    assert "发给陈宇、林帆共2人" in told
    assert "申辩到6月27日" in told
    assert "正在生成" in sitting.press("yes")
    mark = mark_of(sitting.view.forms[0].review or Review(), 1, False)
    assert sitting.effects == [IssueOpinion(1, False, mark)]


def test_yes_in_words_and_no(sit: Sit) -> None:
    sitting = sit(1)
    sitting.say("同意自评分")
    sitting.say("发出")
    assert isinstance(sitting.effects[0], IssueOpinion)
    sitting.say("科工商务局同意自评分")
    assert "没有发" in sitting.say("不发")
    assert sitting.effects == []


def test_an_old_card_sends_nothing(sit: Sit) -> None:
    sitting = sit(1)
    sitting.say("复核意见")
    (card,) = [b for b in sitting.bubbles if isinstance(b, Buttons)]
    (form,) = sitting.view.forms
    changed = replace(form, review=replace(REVIEW, points=GIVEN))
    sitting.view = replace(sitting.view, forms=(changed,))
    assert "没有再办" in sitting.press("yes", card.key)
    assert sitting.effects == []


def test_agreeing_where_points_were_changed_is_asked_about(sit: Sit) -> None:
    sitting = sit(1, review=replace(REVIEW, points=GIVEN))
    assert "已有1项核定分" in sitting.say("同意自评分")
    sitting.say("全部按自评")
    assert sitting.given() == {"B3-1": (None, "")}


def test_what_is_on_paper_comes_first(sit: Sit) -> None:
    sitting = sit(1, income_adjusted_budget=Offline())
    assert "要先核定的：A1-3" in sitting.say("复核意见")
    assert "请回分数和原因" in sitting.say("核定 A1-3 按自评")
    sitting.say("核定 A1-3 3 线下核对过")
    assert sitting.given() == {"A1-3": ("3", "线下核对过")}


def test_the_final_opinion_waits_for_the_department(sit: Sit) -> None:
    assert "不能直接出最终意见" in sit(1).say("最终意见")
    still = replace(REVIEW, points=GIVEN, opinion=OPINION, issued=1)
    assert "还不能出最终意见" in sit(1, review=still).say("最终意见")
    over = replace(OPINION, until=datetime(2022, 6, 17, 10, 0, tzinfo=UTC))
    sitting = sit(1, review=replace(still, opinion=over))
    assert "不能再申辩" in sitting.say("出最终意见")
    sitting.press("yes")
    assert sitting.effects[0].final


def appealed(*objections: Objection) -> Review:
    opinion = replace(OPINION, objections=objections)
    return replace(REVIEW, points=GIVEN, opinion=opinion, issued=1)


def test_appeals_are_settled_with_words(sit: Sit) -> None:
    review = appealed(Objection("B3-1", "合同在第3份材料里", "陈宇"))
    sitting = sit(1, review=review, state="accepted")
    assert "合同在第3份材料里（陈宇）" in sitting.say("申辩")
    assert "先逐条采纳或不采纳" in sitting.say("复核意见")
    assert "请写一句理由" in sitting.say("不采纳 B3-1")
    told = sitting.say("材料里是2020年的合同")
    assert sitting.effects == [SettleAppeal(1, "B3-1", False, None, "材料里是2020年的合同")]
    assert "最终意见" in told
    sitting.say("采纳 科工商务局 B3-1 2.5分 补了一份")
    assert sitting.effects == [SettleAppeal(1, "B3-1", True, Decimal("2.5"), "补了一份")]
    sitting.say("采纳申辩，合同已核实")
    assert sitting.effects == [SettleAppeal(1, "B3-1", True, None, "合同已核实")]


def test_appeals_are_settled_on_the_card(sit: Sit) -> None:
    sitting = sit(1, review=appealed(Objection("B3-1", "在材料里", "陈宇")))
    sitting.press("uphold", "finance:1:1:review:appeal:B3-1")
    assert sitting.effects == []
    sitting.say("已核实")
    assert sitting.effects == [SettleAppeal(1, "B3-1", True, None, "已核实")]
    assert "没有再办" in sitting.press("uphold", "finance:1:1:review:appeal:A1-3")


@pytest.mark.parametrize(
    "said", ["接收", "退回 B3-1 合同没附", "通过率不对", "驳回", "支持一下", ""]
)
def test_other_messages_are_not_taken(said: str, sit: Sit) -> None:
    sitting = sit(1)
    sitting.say(said)
    assert not any(isinstance(e, GivePoints | IssueOpinion | SettleAppeal) for e in sitting.effects)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("複核意見", "issue"),
        ("请帮我出复核意见书", "issue"),
        ("出最终复核意见 商务局", "final"),
        ("商务局同意自评分", "agree"),
        ("全部按自评", "back"),
        ("核定", "points"),
        ("不采納申辯", "reject"),
        ("采纳 B3-1 已补", "uphold"),
    ],
)
def test_wishes(said: str, kind: str) -> None:
    wish = read_wish(said)
    assert wish is not None
    assert wish.kind == kind


@pytest.mark.parametrize(
    "said", ["没有异议", "无异议。", "我单位对复核意见无异议", "沒意見", "同意复核意见"]
)
def test_agreement_is_heard(said: str) -> None:
    wish = read_appeal(said)
    assert wish is not None
    assert wish.kind == "none"


@pytest.mark.parametrize("said", ["我有异议", "没有异议的话怎么办", "意见", "没问题"])
def test_what_is_no_agreement(said: str) -> None:
    wish = read_appeal(said)
    assert wish is None or wish.kind != "none"


def test_reasons_that_begin_with_a_number_are_no_points() -> None:
    assert read_mark("2份合同没附").points is None
    assert read_mark("三公经费超支").points is None
    assert read_mark("2022年的合同").points is None
