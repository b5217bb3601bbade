"""When to be reminded: said back exactly, moved off holidays, honest about deadlines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from dialogs import reminding
from dialogs.bubbles import Words
from dialogs.case import Case, Role
from dialogs.desk_cards import key_at
from dialogs.events import Chosen, Opened, Said
from dialogs.hours import Hours, Owing
from dialogs.machine import step as interview
from dialogs.reminder_effects import EndSnooze, SetSnooze
from dialogs.states import State

ZONE = ZoneInfo("Asia/Shanghai")
# Friday the 30th of September 2022 at 10:00; worked again are Saturday the 8th and Sunday the 9th.
NOW = datetime(2022, 9, 30, 10, tzinfo=ZONE)
HOLIDAYS = frozenset(date(2022, 10, day) for day in range(1, 8))
WEEKENDS = frozenset(date(2022, 10, day) for day in (15, 16, 22, 23, 29, 30))
HOURS = Hours(
    ZONE,
    time(9),
    time(17, 30),
    off=HOLIDAYS | WEEKENDS,
    unsure=frozenset({2023}),
    owing=(Owing("区民政局", datetime(2022, 10, 20, 18, tzinfo=ZONE)),),
)


def ask(text: str, hours: Hours = HOURS, now: datetime = NOW) -> tuple[Any, str]:
    """The only effect, or None, and what is said."""
    step = reminding.read(State(), Said(text), hours, now)
    assert step is not None, text
    (bubble,) = step.bubbles
    assert isinstance(bubble, Words)
    return (step.effects[0] if step.effects else None), bubble.text


def moment(effect: Any) -> str:
    assert isinstance(effect, SetSnooze)
    assert effect.wakes
    return f"{effect.until.astimezone(ZONE):%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("said", "at", "told"),
    [
        ("下午3点提醒我", "09-30 15:00", "9月30日（周五）15:00起的半小时内"),
        ("3点提醒我", "09-30 15:00", "15:00"),
        ("半小时后提醒我", "09-30 10:30", "10:30"),
        ("明天上午9点再提醒我", "10-08 09:00", "10月1日（周六）不上班，所以顺延了"),
        ("明天下午3点再提醒我", "10-08 15:00", "10月8日（周六）15:00"),
        ("3天后提醒我", "10-08 09:00", "10月3日（周一）不上班"),
        ("3个工作日后提醒我", "10-10 09:00", "10月10日（周一）9:00"),
        ("10月12号再提醒", "10-12 09:00", "10月12日（周三）9:00"),
        ("今晚8点提醒我", "10-08 09:00", "只在上班时间（9:00至17:30）"),
        ("早上7点提醒我", None, "已经过去了"),
        ("上班后提醒我", None, "已经过去了"),
        ("明早7点提醒我", "10-08 09:00", "顺延"),
        ("今天17:20提醒我", "09-30 17:00", "挪了一下"),
        ("9点提醒我", None, "9月30日（周五）9:00已经过去了"),
        ("10月21日提醒我", "10-21 09:00", "区民政局的自评10月20日（周四）截止，在这之前"),
        ("12月20日提醒我", None, "最远只能说到60天以内"),
        ("下下下周提醒我", None, "没看明白是哪一天"),
        ("节后提醒我", None, "没看明白是哪一天"),
    ],
)
def test_a_moment(said: str, at: str | None, told: str) -> None:
    effect, words = ask(said)
    assert told in words
    if at is None:
        assert effect is None
    else:
        assert moment(effect) == at
        assert f"{int(at[6:8])}:{at[9:]}" in words


def test_a_year_that_is_not_announced_is_said_so() -> None:
    hours = replace(HOURS, off=frozenset({date(2023, 1, 1)}))
    effect, words = ask("1月3日提醒我", hours, datetime(2022, 12, 20, 10, tzinfo=ZONE))
    assert effect.until.year == 2023
    assert "2023年的放假安排还没公布" in words


@pytest.mark.parametrize(
    ("said", "until", "last", "again"),
    [
        ("这周别提醒", date(2022, 10, 3), "10月2日（周日）", "10月8日（周六）"),
        ("今天别再提醒", date(2022, 10, 1), "9月30日（周五）", "10月8日（周六）"),
        ("3天内别提醒", date(2022, 10, 3), "10月2日", "10月8日"),
        ("到10月12日别提醒", date(2022, 10, 12), "10月11日（周二）", "10月12日（周三）"),
        ("10月12日前别提醒我", date(2022, 10, 12), "10月11日", "10月12日"),
        ("免打扰到10月12日为止", date(2022, 10, 13), "10月12日", "10月13日"),
        ("到10月12日为止别提醒", date(2022, 10, 13), "10月12日", "10月13日"),
        ("下个月前别提醒", None, "", ""),
    ],
)
def test_quiet(said: str, until: date | None, last: str, again: str) -> None:
    effect, words = ask(said)
    if until is None:
        assert effect is None
        return
    assert effect == SetSnooze(datetime.combine(until, time(), ZONE), False)
    assert last in words
    assert f"{again}" in words


def test_quiet_beyond_the_deadline_says_so() -> None:
    effect, words = ask("到10月25日别提醒")
    assert isinstance(effect, SetSnooze)
    assert "区民政局的自评10月20日（周四）截止" in words
    late = replace(HOURS, owing=(Owing("区民政局", NOW - timedelta(days=3)),))
    assert "已经截止，还没有报" in ask("明天再提醒", late)[1]


@pytest.mark.parametrize(
    ("said", "told"),
    [("下周别提醒", "「到10月10日别提醒」"), ("明天别提醒我", "「到10月2日别提醒」")],
)
def test_quiet_that_begins_later_is_asked_about(said: str, told: str) -> None:
    effect, words = ask(said)
    assert effect is None
    assert told in words
    wish = told.strip("「」")
    assert isinstance(ask(wish)[0], SetSnooze)


def test_what_is_not_said_clearly_is_asked() -> None:
    for said in ("别提醒我了", "一会儿提醒我", "以后都别提醒我", "取消提醒"):
        effect, words = ask(said)
        assert effect is None
        assert "「" in words


def test_back_to_the_plan() -> None:
    assert ask("恢复提醒")[0] is None
    resting = replace(HOURS, until=NOW + timedelta(days=2))
    assert ask("恢复提醒", resting)[0] == EndSnooze()
    assert "停到10月2日" in ask("什么时候提醒我", resting)[1]
    assert "10月2日（周日）10:00" in ask("提醒", replace(resting, wakes=True))[1]
    assert "照常" in ask("提醒", replace(HOURS, until=NOW - timedelta(days=2)))[1]


def test_a_tap_on_tomorrow_is_the_next_working_day() -> None:
    for key in ("remind:12", "remind", key_at(Role.REVIEWER, "remind")):
        event = Chosen(key, (reminding.TOMORROW,))
        assert reminding.is_meant(event)
        step = reminding.read(State(), event, HOURS, NOW)
        assert step is not None
        assert moment(step.effects[0]) == "10-08 09:00"
    assert reminding.opened(Chosen("remind:12", (reminding.GO_ON,))) == Opened()
    other = Chosen("ask:remind", (reminding.GO_ON,))
    assert reminding.opened(other) == other


def test_what_is_half_said_stays(converse: Callable[..., Any]) -> None:
    talk = converse(example="reference-case.yaml", start={"income_total": None})
    talk.open()
    before = State(asked="income", pending={"kind": "other"}, drafts={"x": ({"a": 1},)})
    case: Case = replace(talk.case, hours=HOURS)
    step = interview(before, Said("明天上午9点再提醒我"), case, NOW.astimezone(UTC))
    assert step.state == before
    assert [type(each) for each in step.effects] == [SetSnooze]


def test_without_hours_nothing_is_read(converse: Callable[..., Any]) -> None:
    assert reminding.read(State(), Said("明天上午9点再提醒我"), None, NOW) is None


def test_a_tap_on_go_on_asks_the_next_question(converse: Callable[..., Any]) -> None:
    talk = converse()
    shown = talk.choose("remind:7", reminding.GO_ON)
    assert "欢迎" in shown or "您好" in shown
    assert talk.item is not None
