"""What a coordinator sees of all forms in the chat, and a reviewer's 周报."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from dialogs import desk
from dialogs.bubbles import Words
from dialogs.case import Desk, FormView, Person, Role, Waiting
from dialogs.events import Chosen, Event, Opened, Said
from dialogs.overview.effects import OrderOverview, PreferWeekly
from dialogs.overview.measure import Measure, SectionDone
from dialogs.overview.status import Done, Handed, Leader, Overview, People, Since, Status
from dialogs.states import load_state
from scoring.standard import Standard

NOW = datetime(2022, 6, 1, 2, 0, tzinfo=UTC)
DEADLINE = datetime(2022, 6, 15, 10, 0, tzinfo=UTC)
NAMES = ("民政局", "水务局", "教育局", "科工商务局", "文化广电旅游体育局")
HALF = Measure(
    (SectionDone("a", "封面", 2, 2), SectionDone("b", "采购管理", 1, 3, ("x", "y"))),
    Decimal("41.5"),
    Decimal(88),
)
WHOLE = Measure((SectionDone("a", "封面", 2, 2),), Decimal("95.45"), Decimal("95.45"))


@dataclass
class Sitting:
    """A coordinator, or a reviewer, at their desk."""

    view: Desk
    stored: str | None = None
    effects: list[Any] = field(default_factory=list)

    def say(self, text: str) -> str:
        return self.take(Said(text))

    def take(self, event: Event) -> str:
        step = desk.step(load_state(self.stored), event, self.view, NOW)
        self.stored = step.state.dump()
        self.effects = list(step.effects)
        return "\n".join(each.text for each in step.bubbles if isinstance(each, Words))


@pytest.fixture
def sit(standard: Standard, look_at: Callable[..., Status]) -> Callable[..., Sitting]:
    def make(*mores: dict[str, Any], role: Role = Role.COORDINATOR, **known: Any) -> Sitting:
        forms, statuses = [], []
        for n, more in enumerate(mores):
            name = NAMES[n] if n < len(NAMES) else f"第{n}中心"
            state = more.pop("state", "drafting")
            form = FormView(n + 1, state, f"梅州市梅江区{name}", 2021, DEADLINE, 1)
            form = replace(form, department_code=str(301 + n), **more.pop("form", {}))
            waiting = Waiting(form, standard, {}, more.pop("contact", f"联系人{n}"))
            usual = {"measure": HALF if state == "drafting" else WHOLE, "begun": True, "left": 10}
            forms.append(waiting)
            statuses.append(look_at(waiting, NOW, **(usual | more)))
        overview = Overview(tuple(statuses), NOW, **known)
        person = Person("p", "周宁", frozenset({role}))
        return Sitting(Desk(person, role, tuple(forms), overview=lambda: overview))

    return make


def test_progress_is_counts_and_whom_to_look_at(sit: Any) -> None:
    one = sit({}, {"idle": 7}, {"state": "in_review"}, {"state": "accepted"})
    assert one.say("进度").splitlines() == [
        "2021年度部门整体支出绩效自评：4个单位，6月15日18:00截止，还有10个工作日。",
        "填报中2个、待审核1个、已接收1个；平均填了80%。",
        "要留意的1个：",
        "1. 水务局（联系人1）：7个工作日没动静",
        "开始以来：没有变化。",
        "看一个单位回「进度 单位名」；也可以回「谁没动」「需要留意的」「进度图」「名单」「导出」。",
    ]
    assert one.effects == []


@pytest.mark.parametrize(
    "event", [Opened(), Said("你好"), Said("待办"), Said("各单位进度"), Said("進度。")]
)
def test_other_ways_to_the_same(sit: Any, event: Event) -> None:
    assert "2个单位" in sit({}, {}).take(event)


def test_progress_is_never_fifty_lines(sit: Any) -> None:
    many = sit(*({"idle": 9 + n, "begun": n % 2 == 0} for n in range(60)))
    assert len(many.say("进度").splitlines()) < 15
    assert "另有54个" in many.say("进度")
    assert len(many.say("需要留意的").splitlines()) < 25
    assert len(many.say("谁没动")) < 1500
    assert len(many.say("名单").splitlines()) < 6
    assert many.effects == [OrderOverview("book")]


def test_what_happened_since_the_last_digest_is_counted_and_named(sit: Any) -> None:
    since = datetime(2022, 5, 31, 9, 10, tzinfo=UTC)
    one = sit(
        {"since": Since(answered=4, files=1)},
        {
            "state": "in_review",
            "since": Since(answered=2, acts=("send_in", "send_back", "send_in")),
        },
        {"state": "drafting", "since": Since(acts=("return_form",))},
        since=since,
    )
    assert (
        "上次简报（5月31日）以来：送审1个（水务局）、退回1个（水务局）、财政退回1个（教育局）、填了题的2个、交材料的1个。"
        in one.say("进度")
    )
    assert one.say("有什么变化").startswith("上次简报（5月31日）以来：送审1个")


def test_extensions_and_years_without_a_calendar_are_said(sit: Any) -> None:
    later = datetime(2022, 6, 20, 10, 0, tzinfo=UTC)
    told = sit({}, {}, {"form": {"deadline": later}}, announced=False).say("进度")
    assert "6月15日18:00截止，还有10个工作日（另有1个单位延期）" in told
    assert "2022年的放假安排还没公布" in told


def test_two_cycles_are_told_apart(sit: Any) -> None:
    told = sit({}, {"cycle": "2022年度试填"}).say("进度")
    assert "2021年度部门整体支出绩效自评：1个单位" in told
    assert "2022年度试填：1个单位" in told


def test_one_department_with_all_that_matters(sit: Any) -> None:
    last = Done(datetime(2022, 5, 30, 15, 20, tzinfo=UTC), "何穗", "answer")
    hands = (
        Handed("采购管理", "温晴", "offered", last.at, 2),
        Handed("封面", "小温", "accepted", last.at, 0),
    )
    people = People(("何穗",), (Leader(1, "分管领导", "陆平"), Leader(2, "", "方泽")))
    measure = replace(
        HALF,
        blockers=("收入合计与分项相差1万元。",),
        unproved=("A1-1 甲",),
        unproved_points=Decimal(3),
    )
    more = {"last": last, "handed": hands, "people": people, "measure": measure}
    more["since"] = Since(before=Decimal(42))
    assert sit({}, more).say("进度 水务局").splitlines() == [
        "梅州市梅江区水务局：填报中，填了3/5题（60%），目前41.5分，最高可到88分。",
        "6月15日18:00截止，还有10个工作日。",
        "填报人：何穗",
        "审核人：分管领导 陆平、方泽",
        "最近：5月30日15:20 何穗填了题",
        "还差2题：采购管理2题",
        "转给同事：温晴的采购管理（还没接，5月30日转的）、小温的封面（填好了）",
        "数字对不上1处：",
        "· 收入合计与分项相差1万元。",
        "得分比上次少0.5分。",
        "得分没有材料1项，共3分：A1-1 甲",
        "下一步：何穗填完后送审。催一下回「催办 水务局」。",
    ]


@pytest.mark.parametrize(
    ("state", "more", "end"),
    [
        ("drafting", {"people": People()}, "下一步：先给这个单位定一位填报人。"),
        ("drafting", {"measure": WHOLE}, "下一步：题填完了，等联系人0送审。"),
        ("in_review", {"turn": ("陆平",), "idle": 2}, "下一步：等陆平审核，已等2个工作日。"),
        ("delivered", {"idle": 4}, "下一步：等财政接收，已等4个工作日。"),
        ("accepted", {}, "财政已接收，这份自评完成了。"),
    ],
)
def test_the_next_step_is_named(sit: Any, state: str, more: dict[str, Any], end: str) -> None:
    assert sit({"state": state, **more}).say("进度 民政局").endswith(end)


def test_a_returned_form_says_until_when_and_why(sit: Any) -> None:
    due = datetime(2022, 6, 6, 10, 0, tzinfo=UTC)
    told = sit({"form": {"due": due, "returned_words": "三公经费再核对"}, "left": 3}).say(
        "进度 民政局"
    )
    assert "退回待改，6月6日18:00前改好，还有3个工作日。" in told
    assert "退回时说：三公经费再核对" in told


@pytest.mark.parametrize(
    "said",
    [
        "进度 民政局",
        "民政局进度",
        "民政局填到哪了？",
        "民政局怎么样了",
        "民政局",
        "进度：301",
        "进度民政局",
        "梅州市梅江区民政局",
    ],
)
def test_a_department_can_be_named_in_many_ways(sit: Any, said: str) -> None:
    assert sit({}, {}).say(said).startswith("梅州市梅江区民政局：填报中")


def test_several_departments_at_once(sit: Any) -> None:
    told = sit({}, {}, {}).say("进度 民政局、教育局")
    assert "梅州市梅江区民政局：" in told
    assert "梅州市梅江区教育局：" in told
    assert "水务局：" not in told


def test_an_unknown_department_is_said_so(sit: Any) -> None:
    assert "火星局" in sit({}, {}).say("进度 火星局")
    assert "进度" in sit({}, {}).say("今天天气不错")


def test_who_has_not_moved(sit: Any) -> None:
    one = sit(
        {"begun": False, "idle": 8}, {"idle": 6}, {"idle": 1}, {"state": "in_review", "idle": 9}
    )
    assert one.say("谁没动").splitlines() == [
        "一题没填的1个：民政局（联系人0）",
        "填过、又5个工作日以上没动静的1个：水务局（6天）",
        "催一下回「催办 没动的」或「催办 单位名」。",
    ]
    assert "1个工作日以上没动静的3个：民政局（8天）、水务局（6天）、教育局（1天）" in one.say(
        "谁1天没动"
    )
    assert "没有停着不动的单位" in sit({"idle": 1}).say("谁没动")


def test_one_kind_of_trouble(sit: Any) -> None:
    one = sit({"overdue": True, "left": -3, "idle": 9}, {"idle": 9})
    assert one.say("谁逾期了") == "逾期的1个：\n1. 民政局（联系人0）：逾期3个工作日，还差2题"
    assert one.say("对不上的") == "没有数字对不上的单位。"
    assert sit({}).say("需要留意的") == "没有要留意的。"


def test_the_list_of_people(sit: Any) -> None:
    people = People(("何穗", "林微"), (Leader(1, "分管领导", "陆平"),), ("温晴",))
    one = sit({"people": people}, {"people": People()})
    assert one.say("名单").splitlines() == [
        "2个单位的人员：",
        "民政局：填报人何穗、林微；审核人陆平",
        "水务局：填报人（没有）；审核人（没有）",
        "没有填报人的1个：水务局",
        "没有审核人的1个：水务局",
        "看一个单位回「名单 单位名」。",
    ]
    assert one.effects == []
    assert "同事（可以转交）：温晴" in one.say("名单 民政局")


@pytest.mark.parametrize(
    ("said", "what"), [("导出", "book"), ("导出进度表", "book"), ("进度图", "picture")]
)
def test_files_are_ordered_and_announced(sit: Any, said: str, what: str) -> None:
    one = sit({}, {})
    assert "马上" in one.say(said)
    assert one.effects == [OrderOverview(what)]
    nobody = sit()
    assert "没有进行中的自评" in nobody.say(said)
    assert nobody.effects == []


@pytest.mark.parametrize(
    ("option", "begin"),
    [("amiss", "要留意的1个"), ("idle", "填过、又"), ("progress", "2021"), ("gone", "2021")],
)
def test_the_buttons_of_a_digest_do_what_they_say(sit: Any, option: str, begin: str) -> None:
    one = sit({}, {"idle": 9})
    assert one.take(Chosen("desk:coordinator:digest:2022-06-01", (option,))).startswith(begin)
    one.take(Chosen("desk:coordinator:digest:2022-06-01", ("export",)))
    assert one.effects == [OrderOverview("book")]


def test_with_nothing_open_there_is_nothing_to_show(sit: Any) -> None:
    for said in ("进度", "谁没动", "需要留意的"):
        assert sit().say(said)
    assert sit().say("进度") == "现在没有进行中的自评。"


def test_a_reviewer_orders_the_digest_of_the_week(sit: Any) -> None:
    one = sit({}, role=Role.REVIEWER)
    assert "每周第一个工作日" in one.say("周报")
    assert one.effects == [PreferWeekly(True)]
    assert "没有订" in one.say("不要周报")
    assert one.effects == []
    other = sit({}, role=Role.REVIEWER, weekly=True)
    assert "已经订着" in other.say("要周报")
    assert other.effects == []
    assert "不再发" in other.say("不要周报了")
    assert other.effects == [PreferWeekly(False)]


def test_a_coordinator_has_the_daily_one(sit: Any) -> None:
    one = sit({})
    assert "每个工作日上午" in one.say("周报")
    assert one.effects == []


@pytest.mark.parametrize("said", ["进度图", "导出", "谁没动"])
def test_reviewers_and_finance_order_no_files(sit: Any, said: str) -> None:
    for role in (Role.REVIEWER, Role.FINANCE):
        one = sit({}, role=role)
        one.say(said)
        assert [e for e in one.effects if isinstance(e, OrderOverview)] == []
