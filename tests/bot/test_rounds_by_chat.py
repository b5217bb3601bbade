"""A coordinator changes the exercise by chat, and the people it concerns hear of it, once."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.services import Services
from bot.unasked import closed, moved, planner
from dialogs import desk, machine
from storage import cards, cycle_events, cycles, forms, interviews

Play = Callable[..., str]
MONDAY = datetime(2022, 5, 9, 2, 0, tzinfo=UTC)
"""Ten o'clock in the morning, in Shanghai."""


@pytest.fixture
def talking(services: Services, clock: Any) -> Services:
    clock.now = MONDAY
    return replace(services, machine=machine.step, desk=desk.step)


@pytest.fixture
def told(talking: Services) -> Callable[..., list[str]]:
    """All that lies in the outbox for somebody, as text; only of this topic, if given."""

    def find(userid: str, topic: str = "") -> list[str]:
        with talking.database.read() as tx:
            rows = tx.exec_driver_sql(
                "SELECT payload, topic FROM outbox WHERE userid = ? ORDER BY id", (userid,)
            ).all()
        return [json.dumps(json.loads(p), ensure_ascii=False) for p, t in rows if topic in ("", t)]

    return find


@pytest.fixture
def play(talking: Services, make_line: Any, reply: Any, told: Any) -> Play:
    """Says something as the coordinator and taps the first button of the card that comes."""
    line = make_line(talking)

    def said(text: str, tap: bool = True) -> str:
        before = len(told("zhouning"))
        passive = reply(line.say("zhouning", text))
        with talking.database.read() as tx:
            open_cards = cards.open_of(tx, "zhouning")
        if tap and open_cards:
            line.click("zhouning", open_cards[-1].task_id, "0")
        return passive + "".join(told("zhouning")[before:])

    return said


def in_the_hours(services: Services, clock: Any, kind: Any, until: timedelta) -> None:
    """Lets the planner work from now on, with nothing but this kind."""
    end = clock.now + until
    while clock.now < end:
        planner.plan(services, clock.now)
        clock.advance(60)


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = {each.KIND.name: each.KIND for each in (moved, closed)}
    monkeypatch.setattr(planner, "KINDS", kinds)


def test_a_moved_deadline_is_told_to_each_once(
    talking: Services, clock: Any, play: Play, told: Any, only: None
) -> None:
    said = play("截止改到6月20日")
    assert "6月15日（周三）18:00 → 6月20日（周一）18:00" in said
    assert "改好了" in said
    in_the_hours(talking, clock, moved, timedelta(minutes=40))
    for userid in ("chenyu", "linfan", "hesui", "fangze"):
        (message,) = told(userid, moved.NAME)
        assert "6月20日（周一）18:00" in message
        assert "周宁" in message
        assert "就行" not in message  # there is nothing to reply
    assert told("wuheng", moved.NAME) == []
    in_the_hours(talking, clock, moved, timedelta(minutes=40))
    assert len(told("chenyu", moved.NAME)) == 1


def test_what_was_changed_again_before_it_was_told_is_told_as_it_is_now(
    talking: Services, clock: Any, play: Play, told: Any, only: None
) -> None:
    play("截止改到6月20日")
    play("截止改到6月22日")
    in_the_hours(talking, clock, moved, timedelta(minutes=40))
    (message,) = told("chenyu", moved.NAME)
    assert "6月15日（周三）18:00 → 6月22日" in message
    assert "6月20日" not in message  # of which nobody ever heard
    play("截止改到6月24日")
    in_the_hours(talking, clock, moved, timedelta(minutes=40))
    assert "6月22日（周三）18:00 → 6月24日" in told("chenyu", moved.NAME)[-1]


def test_there_and_back_again_is_no_news(
    talking: Services, clock: Any, play: Play, told: Any, only: None
) -> None:
    play("截止改到6月20日")
    play("截止改到6月15日")
    in_the_hours(talking, clock, moved, timedelta(minutes=40))
    assert told("chenyu", moved.NAME) == []


def test_an_extension_is_told_to_its_department_only(
    talking: Services, clock: Any, play: Play, told: Any, only: None, form_id: int
) -> None:
    assert "6月20日（周一）18:00" in play("延期 科工商务局 3天")
    with talking.database.read() as tx:
        standing = interviews.one(tx, form_id)
    assert standing is not None
    assert standing.deadline == datetime(2022, 6, 20, 10, tzinfo=UTC)
    in_the_hours(talking, clock, moved, timedelta(minutes=40))
    assert len(told("chenyu", moved.NAME)) == 1
    assert told("hesui", moved.NAME) == []


def test_decided_at_night_it_is_told_in_the_morning(
    talking: Services, clock: Any, play: Play, told: Any, only: None
) -> None:
    clock.now = datetime(2022, 5, 9, 14, 0, tzinfo=UTC)
    assert "5月10日（周二）09:00" in play("截止推迟3天")
    in_the_hours(talking, clock, moved, timedelta(hours=1))
    assert told("chenyu", moved.NAME) == []
    clock.now = datetime(2022, 5, 10, 1, 0, tzinfo=UTC)
    in_the_hours(talking, clock, moved, timedelta(minutes=40))
    assert len(told("chenyu", moved.NAME)) == 1


def test_a_card_is_carried_out_only_for_what_it_showed(
    talking: Services, clock: Any, play: Play, make_line: Any
) -> None:
    play("截止改到6月20日", tap=False)
    with talking.database.begin() as tx:
        cycle = cycles.current(tx)
        assert cycle is not None
        cycles.set_deadline(tx, cycle.id, cycle.deadline + timedelta(days=1))
        (card,) = cards.open_of(tx, "zhouning")
    make_line(talking).click("zhouning", card.task_id, "0")
    with talking.database.read() as tx:
        found = cycles.current(tx)
        assert found is not None
        assert found.deadline == cycle.deadline + timedelta(days=1)
        assert cycle_events.of_cycle(tx, cycle.id) == []


def test_days_off_count_for_all_from_then_on(talking: Services, play: Play) -> None:
    assert "改好了" in play("6月16日到17日放假 龙舟赛")
    assert "6月22日（周三）" in play("截止推迟3天", tap=False)
    assert "龙舟赛" in play("日历", tap=False)


def test_after_the_end_contacts_are_told_kindly(
    talking: Services, clock: Any, play: Play, told: Any, only: None, make_line: Any, reply: Any
) -> None:
    assert "还有4个单位没有报" in play("结束自评")
    in_the_hours(talking, clock, closed, timedelta(minutes=40))
    (message,) = told("chenyu", closed.NAME)
    assert "已经结束" in message
    assert "周宁" in message
    passive = reply(make_line(talking).say("chenyu", "进度"))
    shown = passive or told("chenyu")[-1]
    assert "已于5月9日（周一）结束" in shown
    assert "填报中" in shown
    play("重新开放自评")
    in_the_hours(talking, clock, closed, timedelta(minutes=40))
    assert len(told("chenyu", closed.NAME)) == 1
    with talking.database.read() as tx:
        assert cycles.current(tx) is not None


def test_an_exercise_is_opened_by_chat(talking: Services, play: Play) -> None:
    shown = play("开始 2022年度 2023年3月1日到4月20日")
    assert "4个单位" in shown
    assert "已经建好" in shown
    with talking.database.read() as tx:
        newest = cycles.current(tx)
        assert newest is not None
        assert (newest.year, len(forms.by_state(tx, newest.id))) == (2022, 4)
