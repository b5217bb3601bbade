"""催办 at the desk: who and why is shown, one tap has them reminded, once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from dialogs import desk
from dialogs.bubbles import Bubble, Buttons, Words
from dialogs.case import Desk, FormView, Person, Role, Waiting
from dialogs.events import Chosen, Event, Said
from dialogs.hours import Behind, Hours, Whom
from dialogs.reminder_effects import Nudge
from dialogs.states import load_state
from dialogs.understand.nudging import Group, read_call
from scoring.standard import Standard

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2022, 6, 1, 2, 0, tzinfo=UTC)
DEADLINE = datetime(2022, 6, 15, 10, 0, tzinfo=UTC)
HOURS = Hours(ZONE, time(9), time(17, 30))
NAMES = {
    1: ("科工商务局", "drafting"),
    2: ("民政局", "drafting"),
    3: ("水务局", "in_review"),
    4: ("文化广电旅游体育局", "delivered"),
    5: ("教育局", "drafting"),
}


@dataclass
class Sitting:
    """A coordinator at the desk."""

    view: Desk
    now: datetime = NOW
    stored: str | None = None
    effects: list[Any] = field(default_factory=list)
    bubbles: tuple[Bubble, ...] = ()

    def say(self, text: str) -> str:
        return self.take(Said(text))

    @property
    def card(self) -> Buttons:
        return next(b for b in self.bubbles if isinstance(b, Buttons))

    @property
    def list(self) -> str:
        return next(b.text for b in self.bubbles if isinstance(b, Words))

    def take(self, event: Event) -> str:
        step = desk.step(load_state(self.stored), event, self.view, self.now)
        self.stored = step.state.dump()
        self.effects, self.bubbles = list(step.effects), step.bubbles
        return "\n".join(
            b.text if isinstance(b, Words) else f"{b.title}\n{b.note}" for b in step.bubbles
        )


@pytest.fixture
def sitting(standard: Standard, converse: Callable[..., Any]) -> Sitting:
    full = converse(example="reference-case.yaml").answers
    # The first is full, the second empty; of the fifth nobody can be told anything.
    answers = {1: full, 2: {}, 3: full, 4: full, 5: {}}
    forms = tuple(
        Waiting(
            FormView(n, state, f"梅州市梅江区{name}", 2021, DEADLINE, department_code=f"30{n}"),
            standard,
            answers[n],
        )
        for n, (name, state) in NAMES.items()
    )
    chen, he, xu = Whom("chenyu", "陈宇"), Whom("hesui", "何穗"), Whom("xumo", "许默")
    lin = Whom("linfan", "林帆")
    behind = (
        Behind(1, (chen,), (lin,), gone=10, days=20),
        Behind(2, (he, chen), (), gone=10, days=20, nudged=True),
        Behind(3, (xu,), (xu,), gone=10, days=20),
        Behind(5, (), (), gone=10, days=20),
    )
    person = Person("zhouning", "周宁", frozenset({Role.COORDINATOR}))
    return Sitting(Desk(person, Role.COORDINATOR, forms, hours=HOURS, behind=behind))


def test_one_by_name_with_words(sitting: Sitting) -> None:
    shown = sitting.say("催办 科工商务局 请今天下班前报")
    assert "催办1个单位，共1人" in shown
    assert "科工商务局（陈宇）：题都填完了，还没有送审" in shown
    assert "附言：请今天下班前报" in shown
    assert "半小时内到" in shown
    assert sitting.effects == []
    assert "共1人" in sitting.take(Chosen(sitting.card.key, ("yes",)))
    assert sitting.effects == [Nudge(((1, "chenyu"),), "请今天下班前报")]


def test_a_second_tap_does_nothing(sitting: Sitting) -> None:
    sitting.say("催办 301")
    key = sitting.card.key
    sitting.take(Chosen(key, ("yes",)))
    assert "没有再发" in sitting.take(Chosen(key, ("yes",)))
    assert sitting.effects == []


def test_a_card_of_an_earlier_preview_does_nothing(sitting: Sitting) -> None:
    sitting.say("催办 科工商务局")
    key = sitting.card.key
    sitting.say("催办 民政局")
    assert "没有再发" in sitting.take(Chosen(key, ("yes",)))
    assert sitting.effects == []


@pytest.mark.parametrize(
    ("said", "done"),
    [("好的", True), ("1", True), ("催办", True), ("不催", False), ("2", False), ("算了", None)],
)
def test_in_words(sitting: Sitting, said: str, done: bool | None) -> None:
    sitting.say("催办科工商务局")
    sitting.say(said)
    assert bool(sitting.effects) is bool(done)


def test_a_late_yes_is_none(sitting: Sitting) -> None:
    sitting.say("催办科工商务局")
    sitting.now += timedelta(hours=2)
    assert "没有再发" in sitting.say("好的")
    assert sitting.effects == []


def test_all_says_who_is_left_out_and_why(sitting: Sitting) -> None:
    shown = sitting.say("催办 全部")
    assert "催办2个单位，共2人" in shown
    assert "民政局（何穗、陈宇）" in shown
    assert "今天催过一次了" in shown
    assert "水务局已送审" in shown
    assert "「催审核人 梅州市梅江区水务局」" in shown
    assert "文化广电旅游体育局已经报送" in shown
    assert "教育局没有能收到消息的人" in shown
    sitting.say("好")
    targets = ((1, "chenyu"), (2, "hesui"), (2, "chenyu"))
    assert sitting.effects == [Nudge(targets)]


def test_who_is_behind(sitting: Sitting) -> None:
    assert "催办1个单位" in sitting.say("催办 落后的")
    assert "民政局" in sitting.list
    assert "填了0/" in sitting.list
    assert "时间过了50%" in sitting.list
    assert "科工商务局" not in sitting.list
    assert "没有逾期" in sitting.say("催办 逾期的")
    assert "催办1个单位" in sitting.say("没动的都催一下")
    sitting.now = DEADLINE + timedelta(days=1)
    assert "催办2个单位" in sitting.say("催逾期的")
    assert "已过截止，填了0/" in sitting.list


def test_reviewers_only_when_they_are_named(sitting: Sitting) -> None:
    assert "没有要催的人" in sitting.say("催办 水务局")
    assert "催1个单位的审核人" in sitting.say("催审核人 水务局")
    sitting.say("是")
    assert sitting.effects == [Nudge(((3, "xumo"),))]
    assert "林帆" in sitting.say("催审核人 科工商务局")


def test_what_is_not_clear_is_asked(sitting: Sitting) -> None:
    assert "卫健局" in sitting.say("催办 卫健局")
    assert sitting.effects == []
    assert "落后的2家" in sitting.say("催办")
    sitting.say("催办 科工商务局 机密★10年")
    assert sitting.stored is not None
    assert "nudge" not in sitting.stored


def test_outside_working_hours_it_says_when(sitting: Sitting) -> None:
    sitting.now = datetime(2022, 6, 1, 12, 0, tzinfo=UTC)
    sitting.say("催办 科工商务局")
    assert "6月2日（周四）9:00起发" in sitting.card.note
    sitting.now = datetime(2022, 6, 1, 9, 20, tzinfo=UTC)
    sitting.say("催办 科工商务局")
    assert "6月2日（周四）9:00起发" in sitting.card.note


def test_others_have_nobody_reminded(sitting: Sitting) -> None:
    person = Person("wuheng", "吴衡", frozenset({Role.FINANCE}))
    sitting.view = Desk(person, Role.FINANCE, sitting.view.forms, hours=HOURS)
    sitting.say("催办 全部")
    assert sitting.effects == []
    assert not any(isinstance(b, Buttons) for b in sitting.bubbles)


@pytest.mark.parametrize(
    ("said", "group", "words"),
    [
        ("催办全部落后的单位", Group.BEHIND, ""),
        ("催办 进度慢的，抓紧", Group.BEHIND, "抓紧"),
        ("催一下还没动的", Group.IDLE, ""),
        ("催辦 逾期的：請今天報", Group.LATE, "请今天报"),
        ("没报的都催一遍吧", Group.OPEN, ""),
        ("催 未报送的单位", Group.OPEN, ""),
    ],
)
def test_groups(said: str, group: Group, words: str) -> None:
    call = read_call(said)
    assert call is not None
    assert (call.group, call.said) == (group, words)


@pytest.mark.parametrize(
    "said", ["进度", "别催了", "今天别再催了", "谁没动", "明天提醒我", "催我干嘛"]
)
def test_what_is_about_other_things(said: str) -> None:
    assert read_call(said) is None
