"""The roster against the emulated corporation: by night, by word, and what coordinators read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.jobs.dated import make_dated
from bot.jobs.tick import Ticker

NIGHT = datetime(2022, 5, 10, 19, 20, tzinfo=UTC)
"""Twenty past three on a Wednesday in Shanghai."""
COORDINATOR = "zhouning"
District = Any  # of conftest.py, which can't be imported


@pytest.fixture
def district(district: District) -> District:
    """With the jobs that have a date."""
    district.ticker = Ticker(district.services, make_dated())
    return district


def text_of(bubble: Any) -> str:
    return str(bubble.content)


def morning(district: District) -> list[str]:
    """What the coordinator reads unasked from nine to ten."""
    before = len(district.bubbles(COORDINATOR))
    district.clock.advance(NIGHT + timedelta(hours=5, minutes=41) - district.clock())
    for _ in range(60):
        district.clock.advance(timedelta(minutes=1))
        district.ticker.tick()
    return [text_of(bubble) for bubble in district.bubbles(COORDINATOR)[before:]]


def test_a_night_finds_who_left_and_the_morning_tells(district: District) -> None:
    district.clock.advance(NIGHT - district.clock())
    district.world.directory.remove("hesui")
    district.world.directory.change("linfan", status=2)
    district.world.directory.set_in_range("tangyue", False)
    district.drain()
    told = [text for text in morning(district) if "名册核对" in text]
    assert len(told) == 1
    for words in ("何穗", "已经没有这个账号", "林帆", "已停用", "唐悦", "可见范围"):
        assert words in told[0]
    assert "没有一个填报人能联系上的部门：梅州市梅江区民政局、梅州市梅江区水务局" in told[0]


def test_a_corporation_that_does_not_answer_is_no_finding(district: District) -> None:
    district.clock.advance(NIGHT - district.clock())
    district.world.faults.agent_disabled = True
    district.ticker.tick()
    district.world.faults.agent_disabled = False
    district.drain()
    assert not [text for text in morning(district) if "名册核对" in text]


def test_by_word(district: District) -> None:
    district.world.directory.change("chenyu", name="陈羽")
    first, result = district.say(COORDINATOR, "核对一下通讯录")
    assert "正在和企业微信通讯录核对" in text_of(first)
    assert "企业微信里的名字是“陈羽”" in text_of(result)
    (where,) = district.say(COORDINATOR, "怎么导入名单？")
    assert "4个部门、14人" in text_of(where)
    assert "陈羽" in text_of(where)
