"""When to be reminded, in people's own words."""

from __future__ import annotations

from datetime import time

import pytest

from dialogs.understand.clock import Clock, Edge, read_clock
from dialogs.understand.snoozing import Want, read_snooze

AT = {
    "明天上午9点再提醒我": ("明天", time(9)),
    "明天上午九点半提醒我填": ("明天", time(9, 30)),
    "麻烦明早9点叫我一下，谢谢": ("明天", time(9)),
    "明天 下午３点 再提醒": ("明天", time(15)),
    "下周一提醒": ("下周一", None),
    "下週一上午再提醒我一下": ("下周一", time(9)),
    "6月10号下午两点再提醒我": ("6月10号", time(14)),
    "三天后再提醒我吧": ("三天后", None),
    "提醒我明天9点填": ("明天", time(9)),
    "提醒我，后天": ("后天", None),
    "15:30提醒我": ("", time(15, 30)),
    "今天下午四点一刻提醒": ("", time(16, 15)),
    "设个提醒，明天9点": ("明天", time(9)),
}


@pytest.mark.parametrize("said", AT)
def test_a_moment(said: str) -> None:
    wish = read_snooze(said)
    assert wish is not None
    assert wish.want is Want.AT
    assert (wish.day, wish.clock.at if wish.clock else None) == AT[said]


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        ("半小时后提醒我", 30),
        ("两小时后叫我", 120),
        ("一个半小时后提醒", 90),
        ("20分钟后提醒我", 20),
    ],
)
def test_from_now(said: str, minutes: int) -> None:
    wish = read_snooze(said)
    assert wish is not None
    assert (wish.want, wish.minutes) == (Want.AT, minutes)


@pytest.mark.parametrize(
    ("said", "span", "days", "day", "before"),
    [
        ("这周别提醒", "week", 0, "这周", False),
        ("本週不要再提醒我了", "week", 0, "本周", False),
        ("这个星期不用提醒", "week", 0, "这个星期", False),
        ("今天别再提醒", "today", 0, "今天", False),
        ("今天先别催了", "today", 0, "今天", False),
        ("这个月别提醒", "month", 0, "这个月", False),
        ("3天内别提醒", "", 3, "", False),
        ("暂停提醒一周", "", 7, "", False),
        ("6月10日之前不要提醒我", "", 0, "6月10日", True),
        ("免打扰到周五", "", 0, "周五", True),
        ("到6月10日为止别提醒", "", 0, "6月10日", False),
        ("下周别提醒", "next", 0, "下周", False),
        ("明天别提醒我", "next", 0, "明天", False),
    ],
)
def test_quiet(said: str, span: str, days: int, day: str, before: bool) -> None:
    wish = read_snooze(said)
    assert wish is not None
    assert wish.want is Want.QUIET
    assert (wish.span, wish.days, wish.day, wish.before) == (span, days, day, before)


@pytest.mark.parametrize(
    ("said", "want"),
    [
        ("恢复提醒", Want.RESUME),
        ("可以提醒我了", Want.RESUME),
        ("取消免打扰", Want.RESUME),
        ("什么时候提醒我", Want.LOOK),
        ("提醒", Want.LOOK),
        ("别提醒我了", Want.VAGUE),
        ("一会儿提醒我", Want.VAGUE),
        ("过两天再提醒我", Want.VAGUE),
        ("以后都别提醒我", Want.NEVER),
        ("取消提醒", Want.NEVER),
    ],
)
def test_the_rest(said: str, want: Want) -> None:
    wish = read_snooze(said)
    assert wish is not None
    assert wish.want is want


@pytest.mark.parametrize(
    "said",
    [
        "",
        "办公室",
        "明天",
        "明天9点",
        "我明天再弄",
        "催办 商务局",
        "提醒一下他",
        "谁让你提醒我的",
        "提醒领导审核",
        "每月提醒一次",
        "项目进度提醒机制健全，做到了每周一提醒各单位报送",
        "全年催缴税款3次",
        "昨天提醒过我了",
        "98.31万",
    ],
)
def test_what_is_about_other_things(said: str) -> None:
    assert read_snooze(said) is None


def clock(text: str) -> Clock:
    found = read_clock(text)[1]
    assert found is not None
    return found


def test_a_time_of_the_day() -> None:
    assert clock("下周一上班后").edge is Edge.OPENING
    assert clock("3点").sure is False
    assert clock("晚上8点").at == time(20)
    assert clock("中午十二点半").at == time(12, 30)
    assert read_clock("25点") == ("25点", None)
