"""A coordinator changes the exercise by chat: shown first, done by one tap, never twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.calendar import Calendar
from dialogs import desk
from dialogs.bubbles import Buttons, Words
from dialogs.case import Desk, FormView, Person, Role, Waiting
from dialogs.events import Chosen, Event, Said
from dialogs.plan import Plan
from dialogs.rounds.orders import (
    CloseCycle,
    DaySaid,
    ExtendForms,
    Extension,
    MoveDeadline,
    OpenCycle,
    PlanReminders,
    ReopenCycle,
    SetDays,
    plain_of,
    read_order,
)
from dialogs.rounds.view import Offered, OtherDay, Round, RoundForm, Rounds
from dialogs.states import load_state
from scoring.standard import Standard

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2022, 6, 1, 10, 0, tzinfo=ZONE)
DEADLINE = datetime(2022, 6, 15, 18, 0, tzinfo=ZONE)
NAMES = ["科工商务局", "民政局", "水务局", "文化广电旅游体育局", "发展和改革局"]


def forms_of(*changes: dict[str, Any]) -> tuple[RoundForm, ...]:
    told = [frozenset({f"c{n}", f"r{n}"}) for n in range(len(NAMES))]
    plain = [
        RoundForm(n, f"梅州市梅江区{name}", f"30{n}", "drafting", DEADLINE, told=told[n])
        for n, name in enumerate(NAMES)
    ]
    for n, change in enumerate(changes):
        plain[n] = replace(plain[n], **change)
    return tuple(plain)


def rounds_of(**changes: Any) -> Rounds:
    opens = datetime(2022, 5, 5, 9, 0, tzinfo=ZONE)
    running = Round(4, "2021年度自评", 2021, opens, DEADLINE, version=3, forms=forms_of())
    plain = Rounds(
        Calendar(),
        ZONE,
        running=(running,),
        standards=(Offered("meijiang-2021", "梅江区2021年标准"),),
        departments=5,
        contacts=5,
    )
    return replace(plain, **changes)


@dataclass
class Talk:
    """A coordinator at the desk; nothing but the stored state lives between turns."""

    standard: Standard
    rounds: Rounds
    now: datetime = NOW
    stored: str | None = None
    bubbles: tuple[Any, ...] = ()
    effects: list[Any] = field(default_factory=list)

    def take(self, event: Event) -> str:
        waiting = tuple(
            Waiting(
                FormView(
                    f.form_id, f.state, f.department, 2021, f.deadline, department_code=f.code
                ),
                self.standard,
                {},
            )
            for each in self.rounds.running
            for f in each.forms
        )
        person = Person("zhouning", "周宁", frozenset({Role.COORDINATOR}))
        view = Desk(person, Role.COORDINATOR, waiting, rounds=self.rounds)
        step = desk.step(load_state(self.stored), event, view, self.now)
        self.stored = step.state.dump()
        self.bubbles, self.effects = step.bubbles, list(step.effects)
        return "\n".join(_shown(bubble) for bubble in step.bubbles)

    def say(self, text: str) -> str:
        return self.take(Said(text))

    @property
    def card(self) -> Buttons:
        (found,) = [each for each in self.bubbles if isinstance(each, Buttons)]
        return found

    def tap(self, option: str = "0", card: Buttons | None = None) -> str:
        return self.take(Chosen((card or self.card).key, (option,)))


def _shown(bubble: Any) -> str:
    if isinstance(bubble, Words):
        return bubble.text
    return "\n".join([bubble.title, bubble.note, *(each.label for each in bubble.choices)])


Start = Callable[..., Talk]


@pytest.fixture
def start(standard: Standard) -> Start:
    return lambda **changes: Talk(standard, rounds_of(**changes))


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("截止改到6月20日", 20),
        ("截止時間改到六月二十日", 20),
        ("把截止时间推迟３天", 20),
        ("推迟一周", 22),
        ("截止提前两天", 13),
        ("截止时间定在下周五", 10),
        ("2021年度自评截止改到6.20", 20),
        ("从6月15日改到6月20日", 20),
        ("延期 全部 3天", 20),
    ],
)
def test_a_deadline_is_moved_by_one_tap(start: Start, said: str, day: int) -> None:
    talk = start()
    shown = talk.say(said)
    assert talk.effects == []
    assert f"6月{day}日" in shown
    assert "5个单位" in shown
    assert "共10人" in shown
    talk.tap()
    until = DEADLINE.replace(day=day)
    assert talk.effects == [MoveDeadline(4, until, 3)]


def test_a_second_tap_and_an_old_card_do_nothing(start: Start) -> None:
    talk = start()
    talk.say("截止改到6月20日")
    first = talk.card
    talk.tap()
    assert "没有改动" in talk.tap(card=first)
    assert talk.effects == []
    talk.say("延期 水务局 3天")
    assert "没有改动" in talk.tap(card=first)
    assert talk.effects == []


def test_yes_and_no_in_words_count_for_a_while(start: Start) -> None:
    talk = start()
    talk.say("截止改到6月20日")
    assert "照旧" in talk.say("不")
    assert talk.effects == []
    talk.say("截止改到6月20日")
    talk.say("好的")
    assert len(talk.effects) == 1
    talk.say("截止改到6月20日")
    talk.now += timedelta(hours=2)
    assert "再说一次" in talk.say("好的")
    assert talk.effects == []


def test_what_is_not_understood_is_never_confirmed_by_a_later_yes(start: Start) -> None:
    talk = start()
    talk.say("延期 水务局 3天")
    assert "没有找到" in talk.say("延期 卫健局 3天")
    talk.say("好的")
    assert talk.effects == []


def test_a_deadline_on_a_day_off_offers_the_next_working_day(start: Start) -> None:
    talk = start()
    shown = talk.say("截止改到6月18日")
    assert "不上班" in shown
    assert "改到6月20日" in shown
    assert "请回" in talk.say("好")
    assert talk.effects == []
    talk.say("改到6月20日")
    assert talk.effects == [MoveDeadline(4, DEADLINE.replace(day=20), 3)]


@pytest.mark.parametrize(
    "said", ["截止改到5月20日 2022年", "截止改到2022年5月20日", "截止改到6月31日"]
)
def test_a_deadline_that_can_not_be_is_refused(start: Start, said: str) -> None:
    talk = start()
    talk.say(said)
    assert not any(isinstance(bubble, Buttons) for bubble in talk.bubbles)


@pytest.mark.parametrize(
    ("said", "day", "clock"),
    [
        ("截止往前推3天", 10, "18:00"),
        ("截止时间后移3天", 20, "18:00"),
        ("截至日期改到6月20日", 20, "18:00"),
        ("截止改到6月20日24点", 20, "23:59"),
        ("截止改到6月20日，并通知大家", 20, "18:00"),
        ("截止提前到6月10日", 10, "18:00"),
    ],
)
def test_a_deadline_is_moved_as_it_is_said(start: Start, said: str, day: int, clock: str) -> None:
    talk = start()
    assert f"6月{day}日" in talk.say(said)
    talk.tap()
    (order,) = talk.effects
    assert f"{order.deadline:%d %H:%M}" == f"{day} {clock}"


def test_the_next_working_day_is_not_offered_where_that_is_how_it_stands(start: Start) -> None:
    talk = start(running=(replace(rounds_of().running[0], deadline=DEADLINE.replace(day=20)),))
    talk.say("截止改到6月18日")
    assert [choice.label for choice in talk.bubbles[-1].choices] == ["改到6月18日", "不改"]


def test_extensions_are_kept_or_overtaken(start: Start) -> None:
    later, sooner = DEADLINE.replace(day=30), DEADLINE.replace(day=17)
    own = forms_of({"extended": True, "deadline": later}, {"extended": True, "deadline": sooner})
    talk = start(running=(replace(rounds_of().running[0], forms=own),))
    shown = talk.say("截止改到6月20日")
    assert "不受影响：梅州市梅江区科工商务局" in shown
    assert "改按新的统一时间：梅州市梅江区民政局" in shown
    assert "4个单位" in shown


@pytest.mark.parametrize(
    ("said", "ids", "day"),
    [
        ("延期 水务局 3天", [2], 20),
        ("延期3天 水务局", [2], 20),
        ("给水务局和民政局各延期三天", [1, 2], 20),
        ("水务局、文旅局延期到6月22日", [2, 3], 22),
        ("給發展和改革局寬限兩周", [4], 29),
        ("发展和改革局的截止时间改到6月21日", [4], 21),
        ("延期 302 5个工作日", [2], 22),
        ("水务局延期３个自然日", [2], 18),
        ("水务局申请延期3天，同意", [2], 20),
        ("再给水务局三天", [2], 20),
        ("延期 水务局 3天，因为系统故障", [2], 20),
    ],
)
def test_departments_get_their_own_deadline(
    start: Start, said: str, ids: list[int], day: int
) -> None:
    talk = start()
    shown = talk.say(said)
    assert f"6月{day}日" in shown
    assert "6月15日" in shown
    assert f"{len(ids)}个单位" in shown
    assert f"共{2 * len(ids)}人" in shown
    talk.tap()
    until = DEADLINE.replace(day=day)
    wanted = tuple(Extension(n, DEADLINE, until) for n in ids)
    assert talk.effects == [ExtendForms(4, wanted)]


def test_a_second_extension_counts_from_the_first(start: Start) -> None:
    own = forms_of({}, {}, {"extended": True, "deadline": DEADLINE.replace(day=20)})
    talk = start(running=(replace(rounds_of().running[0], forms=own),))
    shown = talk.say("水务局再延期2天")
    assert "6月20日" in shown
    assert "6月22日" in shown
    talk.tap()
    (order,) = talk.effects
    assert order.extensions[0].stands == DEADLINE.replace(day=20)


def test_a_returned_form_is_extended_from_when_it_is_due(start: Start) -> None:
    due = datetime(2022, 6, 6, 18, 0, tzinfo=ZONE)
    own = forms_of({}, {}, {"due": due})
    talk = start(running=(replace(rounds_of().running[0], forms=own),))
    assert "退回修改中" in talk.say("延期 水务局 2天")
    talk.tap()
    wanted = Extension(2, due, due.replace(day=8), returned=True)
    assert talk.effects == [ExtendForms(4, (wanted,))]


def test_who_has_delivered_needs_no_extension(start: Start) -> None:
    own = forms_of({}, {"state": "delivered"})
    talk = start(running=(replace(rounds_of().running[0], forms=own),))
    assert "不用延期" in talk.say("延期 民政局 3天")
    assert "不用延期：梅州市梅江区民政局" in talk.say("延期 民政局、水务局 3天")
    talk.tap()
    assert [each.form_id for each in talk.effects[0].extensions] == [2]


def test_extensions_are_taken_back(start: Start) -> None:
    own = forms_of({}, {}, {"extended": True, "deadline": DEADLINE.replace(day=20)})
    talk = start(running=(replace(rounds_of().running[0], forms=own),))
    talk.say("取消水务局的延期")
    talk.tap()
    wanted = Extension(2, DEADLINE.replace(day=20), None)
    assert talk.effects == [ExtendForms(4, (wanted,))]
    assert "没有延过期" in talk.say("取消延期 民政局")


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("延期", "哪个单位"),
        ("延期 3天", "哪个单位"),
        ("延期 水务局", "延到什么时候"),
        ("延期 卫健局 3天", "没有找到"),
        ("截止推迟", "哪天"),
        ("推迟几天", "哪天"),
        ("截止改到端午节前", "哪天"),
        ("延期 水务局 7月", "没看懂"),  # July, not seven months
        ("推迟到6月10日", "请说“截止改到6月10日”"),
        ("截止推迟到6月15日下午5点", "请说“截止改到6月15日17:00”"),
        ("延期 水务局 到6月10日", "请说“梅州市梅江区水务局截止改到6月10日”"),
        ("水务局推到6月10日", "比现在的6月15日（周三）18:00还早"),
        ("提前到6月20日", "还晚"),
        ("水务局提前到6月20日", "还晚"),
    ],
)
def test_what_is_missing_is_asked(start: Start, said: str, asked: str) -> None:
    talk = start()
    assert asked in talk.say(said)
    assert not any(isinstance(bubble, Buttons) for bubble in talk.bubbles)


@pytest.mark.parametrize(
    "said", ["进度", "截止到今天有多少单位报了", "提前通知大家开会", "项目验收改到6月20日", "好"]
)
def test_words_about_other_things_are_left_to_others(start: Start, said: str) -> None:
    talk = start()
    talk.say(said)
    assert not any(isinstance(bubble, Buttons) for bubble in talk.bubbles)
    assert talk.effects == []


def test_reminders_are_planned_anew(start: Start) -> None:
    talk = start()
    assert "10、5、3、1" in talk.say("提醒计划")
    shown = talk.say("提醒计划 七、三，当天一次，逾期不催")
    assert "6月6日（周一）" in shown
    assert "6月10日（周五）" in shown
    talk.tap()
    assert talk.effects == [PlanReminders(4, Plan((7, 3), 1, 0), 3)]
    assert "1到60" in talk.say("提醒计划 90")
    assert "没看懂" in talk.say("提醒计划 随便你")


def test_days_off_are_set_by_one_tap(start: Start) -> None:
    talk = start()
    shown = talk.say("6月15日放假 龙舟赛\n6月18日上班")
    assert "6月15日（周三）：上班 → 放假（龙舟赛）" in shown
    assert "正好在不上班的日子" in shown
    talk.tap()
    wanted = (DaySaid(date(2022, 6, 15), False, "龙舟赛"), DaySaid(date(2022, 6, 18), True))
    assert talk.effects == [SetDays(wanted)]
    assert "没看懂" in talk.say("6月15日放假\n看看再说")


def test_a_notice_of_days_off_is_read_as_it_stands(start: Start) -> None:
    """A year that is not announced yet, pasted when it is."""
    talk = start()
    talk.say(
        "一、2028年国庆节：10月1日（周日）至8日（周日）放假调休，共8天。10月14日（周六）上班。"
    )
    talk.tap()
    (order,) = talk.effects
    assert [each.day.day for each in order.days] == [*range(1, 9), 14]
    assert [each.working for each in order.days] == [*[False] * 8, True]
    assert {each.day.year for each in order.days} == {2028}
    assert {each.name for each in order.days} == {"国庆节"}


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("6月20日放假半天", "记不了半天"),
        ("6月20日下午不上班", "记不了半天"),
        ("6月19日放假", "本来就是这样"),  # a Sunday
        ("6月20日上班", "本来就是这样"),
    ],
)
def test_what_the_calendar_cannot_hold_or_knows_is_said(
    start: Start, said: str, answer: str
) -> None:
    talk = start()
    assert answer in talk.say(said)
    assert not any(isinstance(bubble, Buttons) for bubble in talk.bubbles)


def test_days_off_are_said_in_either_order(start: Start) -> None:
    talk = start()
    assert "6月20日（周一）：上班 → 放假" in talk.say("放假 6月20日")
    assert "6月25日（周六）：放假 → 上班" in talk.say("6月20日放假，6月25日上班")


def test_days_off_are_taken_back(start: Start) -> None:
    day = date(2022, 6, 15)
    talk = start(other_days=(OtherDay(day, False),), days=Calendar({day: False}))
    talk.say("取消6月15日放假")
    talk.tap()
    assert talk.effects == [SetDays((DaySaid(day, None),))]
    assert "不用改" in talk.say("6月15日放假")


def test_the_calendar_says_what_is_not_announced(start: Start) -> None:
    talk = start()
    assert "端午" not in talk.say("日历")
    assert "6月3日（周五）" in talk.say("日历")
    far = start()
    far.now = datetime(2098, 12, 1, 10, 0, tzinfo=ZONE)
    assert "2098、2099年的节假日安排国家还没公布" in far.say("日历")
    shown = far.say("截止改到2099年1月20日")
    assert "2099年" in shown
    assert "还没公布" in shown


def test_an_exercise_is_opened(start: Start) -> None:
    talk = start(running=())
    shown = talk.say("开始 2022年度自评，9月1日到10月20日")
    assert "5个单位" in shown
    assert "共31个工作日" in shown
    assert "10、5、3、1" in shown
    talk.tap()
    opens, until = datetime(2022, 9, 1, 9, tzinfo=ZONE), datetime(2022, 10, 20, 18, tzinfo=ZONE)
    assert talk.effects == [OpenCycle(2022, "meijiang-2021", opens, until)]


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("开始自评", "起止日期"),
        ("开始 2022年度", "起止日期"),
        ("开始 2022年度 2022年10月20日到2022年9月1日", "晚于开始"),
        ("开始 2021年度 9月1日到10月20日", "已经开着"),
        ("开始 2022年度 省标准 9月1日到10月20日", "哪个评分标准"),
    ],
)
def test_an_opening_that_is_not_clear_is_asked_about(start: Start, said: str, asked: str) -> None:
    talk = start()
    assert asked in talk.say(said)
    assert not any(isinstance(bubble, Buttons) for bubble in talk.bubbles)


def test_an_exercise_is_closed_and_opened_again(start: Start) -> None:
    own = forms_of({"state": "accepted"}, {"state": "delivered"})
    talk = start(running=(replace(rounds_of().running[0], forms=own),))
    shown = talk.say("结束自评")
    assert "还有3个单位没有报" in shown
    talk.tap()
    assert talk.effects == [CloseCycle(4, 3)]
    over = start(running=(), closed=rounds_of().running)
    over.say("重新开放2021年度自评")
    over.tap()
    assert over.effects == [ReopenCycle(4)]


def test_of_several_exercises_the_year_is_asked(start: Start) -> None:
    one = rounds_of().running[0]
    two = replace(one, id=5, year=2022, forms=())
    talk = start(running=(one, two))
    assert "2021、2022" in talk.say("截止改到6月20日")
    talk.say("2021年度截止改到6月20日")
    talk.tap()
    assert talk.effects[0].cycle_id == 4


def test_a_coordinator_of_some_departments_moves_nothing_for_all(start: Start) -> None:
    talk = start(whole=False)
    for said in ("截止改到6月20日", "结束自评", "6月15日放假", "提醒计划 3"):
        assert "负责全区" in talk.say(said)
    talk.say("延期 水务局 3天")
    talk.tap()
    assert isinstance(talk.effects[0], ExtendForms)


def test_out_of_hours_it_is_said_when_people_will_hear(start: Start) -> None:
    talk = start(sends_at=datetime(2022, 6, 2, 9, 0, tzinfo=ZONE))
    assert "6月2日（周四）09:00" in talk.say("截止改到6月20日")


@pytest.mark.parametrize("said", ["还剩几天", "还有几个工作日？", "谁延期了", "延期名单"])
def test_how_it_stands_is_asked_in_many_ways(start: Start, said: str) -> None:
    assert "6月15日（周三）18:00截止" in start().say(said)


def test_how_it_stands(start: Start) -> None:
    own = forms_of({"extended": True, "deadline": DEADLINE.replace(day=20)})
    talk = start(running=(replace(rounds_of().running[0], forms=own),))
    shown = talk.say("截止时间")
    assert "6月15日（周三）18:00" in shown
    assert "科工商务局延到6月20日" in shown


def test_long_lists_stand_above_the_card(start: Start) -> None:
    own = forms_of({"extended": True, "deadline": DEADLINE.replace(day=20)}, {"due": DEADLINE})
    talk = start(running=(replace(rounds_of().running[0], forms=own),))
    talk.say("延期 " + "、".join(NAMES) + " 3天")
    assert isinstance(talk.bubbles[0], Words)
    assert all(name in talk.bubbles[0].text for name in NAMES)
    assert len(talk.card.note) <= 150


@pytest.mark.parametrize(
    "order",
    [
        MoveDeadline(1, DEADLINE, 2),
        ExtendForms(1, (Extension(2, DEADLINE, None), Extension(3, DEADLINE, NOW, True))),
        PlanReminders(1, Plan((3,), 0, 5), 2),
        OpenCycle(2022, "s", NOW, DEADLINE, "x", Plan((1,))),
        ReopenCycle(1),
        SetDays((DaySaid(date(2022, 6, 1), None), DaySaid(date(2022, 6, 2), True, "x"))),
    ],
)
def test_orders_survive_being_stored(order: Any) -> None:
    assert read_order(plain_of(order)) == order


def test_times_are_kept_with_their_zone() -> None:
    order = MoveDeadline(1, DEADLINE.astimezone(UTC), 2)
    assert read_order(plain_of(order)) == order
