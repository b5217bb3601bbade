"""Reminders day by day: by the plan, by wish, by 催办, to colleagues, to reviewers of the late."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.acts.nudge import nudge
from bot.acts.return_form import send_back
from bot.acts.send_in import send_in
from bot.acts.snooze import end_snooze, set_snooze
from bot.jobs.outbox import OutboxWorker
from bot.services import Services
from bot.unasked import planner
from dialogs import desk, machine
from dialogs.plan import Plan
from storage import answers, calendar_days, cycles, forms, hands, people
from storage.calendar_days import CalendarDay

ZONE = ZoneInfo("Asia/Shanghai")
# When everybody's own minute is over: after nine, and after half past two.
TURNS = (time(9, 26), time(14, 56))
DEADLINE = date(2022, 6, 15)


@dataclass(frozen=True)
class Message:
    """What somebody got: when, of which kind, about which departments, in which words."""

    userid: str
    day: str
    kind: str
    about: str
    text: str
    buttons: tuple[str, ...]


@dataclass
class Days:
    """Lets days go by and looks at what was queued."""

    services: Services
    clock: Any

    def go(self, first: date, last: date, turns: tuple[time, ...] = TURNS) -> None:
        """Plans at the turns of each day from the first to the last."""
        for number in range((last - first).days + 1):
            for turn in turns:
                self.at(datetime.combine(first + timedelta(days=number), turn, ZONE))

    def at(self, local: datetime) -> None:
        self.clock.now = local.astimezone(UTC)
        planner.plan(self.services, self.clock())

    def got(self, userid: str = "", kind: str = "") -> list[Message]:
        query = "SELECT userid, created_at, topic, about, payload FROM outbox ORDER BY id"
        with self.services.database.read() as tx:
            rows = tx.exec_driver_sql(query).all()
        found = [_message(*row) for row in rows]
        return [m for m in found if userid in ("", m.userid) and kind in ("", m.kind)]

    def days(self, userid: str, kind: str) -> list[str]:
        return [message.day for message in self.got(userid, kind)]


def _message(userid: str, at: object, topic: str, about: str, payload: str) -> Message:
    body = json.loads(payload)
    local = datetime.fromisoformat(str(at)).replace(tzinfo=UTC).astimezone(ZONE)
    card = body.get("template_card", {})
    title = card.get("main_title", {}).get("title", "")
    text = body.get("text", {}).get("content", f"{title}\n{card.get('sub_title_text', '')}")
    buttons = tuple(button["text"] for button in card.get("button_list", ()))
    return Message(userid, f"{local:%m-%d}", topic, about, text, buttons)


@pytest.fixture
def days(services: Services, clock: Any) -> Days:
    return Days(services, clock)


def half(services: Services, form_id: int, whole: dict[str, Any], *, fast: bool = True) -> None:
    """The first twenty questions answered in the chat, one each minute or every six minutes."""
    at, plain = datetime(2022, 5, 20, 2, tzinfo=UTC), list(whole.items())[:40]
    with services.database.begin() as tx:
        for number, (fact, value) in enumerate(plain):
            tx.exec_driver_sql(
                "INSERT INTO turns (id, key, userid, received_at, kind) VALUES (?, ?, ?, ?, ?)",
                (1000 + number, f"t{number}", "chenyu", str(at.replace(tzinfo=None)), "text"),
            )
            answers.record(tx, form_id, {fact: value.plain()}, "x", "chenyu", at, 1000 + number)
            at += timedelta(seconds=10 if fast else 300)


def test_by_the_plan(days: Days) -> None:
    days.go(date(2022, 5, 25), date(2022, 6, 20))
    assert days.days("chenyu", "reminder_deadline") == [
        "05-31", "06-08", "06-10", "06-14", "06-15", "06-15", "06-16", "06-17", "06-20",
    ]  # fmt: skip
    assert {message.about for message in days.got("chenyu")} == {"301"}


def test_a_reminder_is_personal(
    services: Services, days: Days, form_id: int, whole_answers: dict[str, Any]
) -> None:
    half(services, form_id, whole_answers)
    days.go(date(2022, 6, 10), date(2022, 6, 10))
    (message,) = days.got("chenyu")
    assert "自评还有3个工作日截止（6月15日）" in message.text
    assert "题（" in message.text
    assert "照您的速度约" in message.text
    assert "分" in message.text
    assert message.buttons == ("继续填", "明天再提醒")
    other = days.got("hesui")[0].text
    assert "照您的速度" not in other
    assert "关系到100分" in other


def test_who_is_slow_is_told_more_minutes(
    services: Services, days: Days, form_id: int, whole_answers: dict[str, Any]
) -> None:
    half(services, form_id, whole_answers, fast=False)
    days.go(date(2022, 6, 10), date(2022, 6, 10))
    slow = _minutes(days.got("chenyu")[0].text)
    assert slow > _minutes(days.got("hesui")[0].text)


def _minutes(text: str) -> int:
    return int(text.split("约")[1].split("分钟")[0])


def test_on_the_day_and_after_it(days: Days) -> None:
    days.go(date(2022, 6, 15), date(2022, 6, 16))
    first, second, after = days.got("chenyu")
    assert "今天18:00截止" in first.text
    assert first.buttons == ("继续填",)
    assert "晚了1个工作日" in after.text
    assert after.buttons == ("继续填", "明天再提醒")
    assert second.kind == first.kind == after.kind


def test_what_was_sent_in_is_not_spoken_of(
    services: Services, days: Days, filled: int, clock: Any
) -> None:
    days.go(date(2022, 6, 14), date(2022, 6, 14))
    assert "题都填完了，回「送审」就行" in days.got("chenyu")[0].text
    with services.database.begin() as tx:
        send_in(services, tx, "chenyu", filled, clock())
    days.go(date(2022, 6, 15), date(2022, 6, 15))
    assert days.days("chenyu", "reminder_deadline") == ["06-14"]


def test_a_deadline_moved_at_noon_stops_what_was_queued(
    services: Services, days: Days, form_id: int, api: Any
) -> None:
    days.at(datetime(2022, 6, 14, 9, 26, tzinfo=ZONE))
    assert len(days.got("chenyu")) == 1
    with services.database.begin() as tx:
        forms.extend(tx, form_id, datetime(2022, 6, 24, 18, tzinfo=ZONE).astimezone(UTC))
    OutboxWorker(services).send_due()
    assert not any(b'"chenyu"' in payload for payload in api.payloads)
    assert any(b'"hesui"' in payload for payload in api.payloads)
    days.go(date(2022, 6, 15), date(2022, 6, 17))
    assert days.days("chenyu", "reminder_deadline") == ["06-17"]


def test_another_plan_holds_from_then_on(services: Services, days: Days, form_id: int) -> None:
    days.go(date(2022, 5, 30), date(2022, 5, 31))
    with services.database.begin() as tx:
        cycle = cycles.current(tx)
        assert cycle
        cycles.set_plan(tx, cycle.id, Plan((10, 7), 1, 3).plain())
    days.at(datetime(2022, 5, 31, 14, 56, tzinfo=ZONE))
    days.go(date(2022, 6, 1), date(2022, 6, 22))
    assert days.days("chenyu", "reminder_deadline") == [
        "05-31", "06-06", "06-15", "06-16", "06-21",
    ]  # fmt: skip


def test_a_deadline_on_a_day_off(services: Services, days: Days, form_id: int) -> None:
    with services.database.begin() as tx:
        sunday = datetime(2022, 6, 19, 18, tzinfo=ZONE).astimezone(UTC)
        forms.extend(tx, form_id, sunday)
    days.go(date(2022, 6, 16), date(2022, 6, 20))
    assert days.days("chenyu", "reminder_deadline") == ["06-16", "06-17", "06-17", "06-20"]
    assert "最后一个工作日" in days.got("chenyu")[1].text


def test_a_day_that_coordinators_take_off(services: Services, days: Days) -> None:
    with services.database.begin() as tx:
        off = CalendarDay(date(2022, 6, 14), False, "")
        calendar_days.put(tx, off, "zhouning", days.clock())
    days.go(date(2022, 6, 13), date(2022, 6, 14))
    assert days.days("chenyu", "reminder_deadline") == ["06-13"]


def test_a_returned_form_is_not_reminded_of_the_deadline(
    services: Services, days: Days, filled: int, clock: Any
) -> None:
    clock.now = datetime(2022, 6, 13, 2, tzinfo=UTC)
    with services.database.begin() as tx:
        send_in(services, tx, "chenyu", filled, clock())
        send_back(services, tx, "linfan", filled, "改", clock())
    days.go(date(2022, 6, 14), date(2022, 6, 16))
    kinds = Counter(message.kind for message in days.got("chenyu"))
    assert kinds["reminder_deadline"] == 0
    assert kinds["reminder_returned"] == 2


def test_colleagues_hear_of_their_questions(
    services: Services, days: Days, form_id: int, clock: Any
) -> None:
    with services.database.begin() as tx:
        ours = forms.get(tx, form_id)
        assert ours
        for receiver, scope in (("wenqing", "section:assets"), ("jichun", "question:procurement")):
            people.grant(tx, receiver, "colleague", ours.department_id)
            hand = hands.offer(tx, form_id, scope, "chenyu", receiver, "", clock())
            if receiver == "wenqing":
                hands.answer(tx, hand, True, "", clock())
    days.go(date(2022, 6, 10), date(2022, 6, 10))
    (mine,) = days.got("wenqing", "reminder_handed")
    assert "陈宇等着您的数" in mine.text
    assert "还差" in mine.text
    assert mine.about == "301"
    assert "还没有回复" in days.got("jichun", "reminder_handed")[0].text
    contact = days.got("chenyu", "reminder_deadline")[0].text
    assert "同事还没填：" in contact
    assert "温晴" in contact


def test_nobody_is_reminded_who_said_not_now(services: Services, days: Days, clock: Any) -> None:
    with services.database.begin() as tx:
        until = datetime(2022, 6, 10, tzinfo=ZONE)
        set_snooze(tx, "chenyu", until.astimezone(UTC), False, clock())
    days.go(date(2022, 6, 8), date(2022, 6, 10))
    assert days.days("chenyu", "reminder_deadline") == ["06-10"]
    assert days.days("hesui", "reminder_deadline") == ["06-08", "06-10"]


def test_a_wish_brings_a_reminder_once(services: Services, days: Days, clock: Any) -> None:
    with services.database.begin() as tx:
        until = datetime(2022, 6, 7, 14, 30, tzinfo=ZONE)
        set_snooze(tx, "chenyu", until.astimezone(UTC), True, clock())
    days.go(date(2022, 6, 6), date(2022, 6, 9))
    assert days.days("chenyu", "reminder_asked") == ["06-07"]
    assert "您让我这时提醒您" in days.got("chenyu", "reminder_asked")[0].text
    assert "还有6个工作日截止" in days.got("chenyu", "reminder_asked")[0].text
    assert days.days("chenyu", "reminder_deadline") == ["06-08"]


def test_a_wish_that_was_taken_back_brings_none(services: Services, days: Days, clock: Any) -> None:
    with services.database.begin() as tx:
        until = datetime(2022, 6, 7, 9, tzinfo=ZONE)
        set_snooze(tx, "chenyu", until.astimezone(UTC), True, clock())
        end_snooze(tx, "chenyu")
    days.go(date(2022, 6, 6), date(2022, 6, 8))
    assert days.days("chenyu", "reminder_asked") == []


def test_wishes_of_reviewers_and_coordinators(
    services: Services, days: Days, filled: int, clock: Any
) -> None:
    clock.now = datetime(2022, 6, 6, 2, tzinfo=UTC)
    with services.database.begin() as tx:
        send_in(services, tx, "chenyu", filled, clock())
        until = datetime(2022, 6, 7, 9, tzinfo=ZONE).astimezone(UTC)
        for userid in ("linfan", "zhouning", "luping"):
            set_snooze(tx, userid, until, True, clock())
    days.go(date(2022, 6, 7), date(2022, 6, 7))
    assert "等您审核" in days.got("linfan", "reminder_asked")[0].text
    assert "「进度」" in days.got("zhouning", "reminder_asked")[0].text
    assert days.got("luping") == []


def nudge_now(services: Services, clock: Any, *targets: tuple[int, str], words: str = "") -> None:
    with services.database.begin() as tx:
        nudge(services, tx, "zhouning", targets, words, clock())


def test_a_nudge_goes_at_once_and_once(
    services: Services, days: Days, form_id: int, clock: Any
) -> None:
    days.at(datetime(2022, 5, 25, 10, 5, tzinfo=ZONE))
    nudge_now(services, clock, (form_id, "chenyu"), words="请今天报")
    days.at(datetime(2022, 5, 25, 10, 6, tzinfo=ZONE))
    days.go(date(2022, 5, 25), date(2022, 5, 27), (time(10, 50), time(14, 56)))
    (message,) = days.got("chenyu", "reminder_nudge")
    assert message.day == "05-25"
    assert "统筹周宁催办" in message.text
    assert "附言：请今天报" in message.text
    assert "还差" in message.text
    assert message.buttons == ("继续填",)


def test_a_nudge_in_the_evening_waits_for_work(
    services: Services, days: Days, form_id: int, clock: Any
) -> None:
    clock.now = datetime(2022, 6, 2, 12, tzinfo=UTC)  # a Thursday; holidays until Sunday
    nudge_now(services, clock, (form_id, "chenyu"))
    days.go(date(2022, 6, 2), date(2022, 6, 7))
    assert days.days("chenyu", "reminder_nudge") == ["06-06"]


def test_a_nudge_is_heard_though_somebody_wants_quiet(
    services: Services, days: Days, form_id: int, clock: Any
) -> None:
    clock.now = datetime(2022, 6, 8, 2, tzinfo=UTC)
    with services.database.begin() as tx:
        set_snooze(tx, "chenyu", datetime(2022, 6, 13, tzinfo=UTC), False, clock())
    nudge_now(services, clock, (form_id, "chenyu"))
    days.go(date(2022, 6, 8), date(2022, 6, 8))
    assert [message.kind for message in days.got("chenyu")] == ["reminder_nudge"]


def test_a_nudge_that_is_overtaken_is_dropped(
    services: Services, days: Days, filled: int, clock: Any
) -> None:
    clock.now = datetime(2022, 5, 25, 2, 5, tzinfo=UTC)
    nudge_now(services, clock, (filled, "chenyu"), (filled, "linfan"), (filled, "passerby"))
    with services.database.begin() as tx:
        send_in(services, tx, "chenyu", filled, clock())
    days.go(date(2022, 5, 25), date(2022, 5, 25), (time(10, 56),))
    assert days.days("chenyu", "reminder_nudge") == []
    # The reviewer now has something to do.
    assert "等您审核" in days.got("linfan", "reminder_nudge")[0].text


def test_reviewers_hear_of_late_forms_only_if_asked_for(
    services: Services, days: Days, form_id: int, clock: Any
) -> None:
    days.go(date(2022, 6, 15), date(2022, 6, 20))
    assert days.got("linfan") == []
    nudge_now(services, clock, (form_id, "linfan"), words="请过问")
    days.at(datetime(2022, 6, 20, 15, 26, tzinfo=ZONE))
    (message,) = days.got("linfan")
    assert message.kind == "escalation_late"
    assert "填报人陈宇" in message.text
    assert "晚了3个工作日" in message.text
    assert "附言：请过问" in message.text


def test_reviewers_hear_of_late_forms_by_setting(
    services: Services, clock: Any, filled: int
) -> None:
    settings = services.settings.model_copy(update={"escalate_after_days": 2})
    days = Days(_with(services, settings), clock)
    with services.database.begin() as tx:
        send_in(services, tx, "chenyu", filled, clock())
    days.go(date(2022, 6, 15), date(2022, 6, 21))
    assert days.days("luping", "escalation_late") == ["06-17"]
    assert days.got("linfan", "escalation_late") == []


def _with(services: Services, settings: Any) -> Services:
    return replace(services, settings=settings)


def test_the_opening_is_told_once(days: Days) -> None:
    days.go(date(2022, 5, 4), date(2022, 5, 12))
    assert days.days("hesui", "notice_opening") == ["05-05"]
    message = days.got("hesui", "notice_opening")[0]
    assert "2021年度部门整体支出绩效自评开始了" in message.text
    assert "6月15日截止" in message.text
    assert message.buttons == ("开始填", "明天再提醒")


def test_who_has_begun_is_not_told_of_the_opening(
    services: Services, days: Days, form_id: int, whole_answers: dict[str, Any]
) -> None:
    half(services, form_id, whole_answers)
    days.go(date(2022, 5, 5), date(2022, 5, 7))
    assert days.got("chenyu", "notice_opening") == []


def test_nobody_gets_more_than_three_a_day(
    services: Services, days: Days, form_id: int, clock: Any
) -> None:
    clock.now = datetime(2022, 6, 15, 1, tzinfo=UTC)
    for hour in (9, 10, 11, 13, 14, 15):
        days.at(datetime(2022, 6, 15, hour, 26, tzinfo=ZONE))
        nudge_now(services, clock, (form_id, "chenyu"))
        days.at(datetime(2022, 6, 15, hour, 56, tzinfo=ZONE))
    assert len(days.got("chenyu")) == 3


def test_a_talk_about_reminders_is_kept(
    services: Services, days: Days, make_line: Callable[..., Any], clock: Any, reply: Any
) -> None:
    line = make_line(replace(services, machine=machine.step, desk=desk.step))
    clock.now = datetime(2022, 6, 2, 2, tzinfo=UTC)
    said = reply(line.say("chenyu", "明天上午9点再提醒我"))
    assert "6月6日（周一）9:00起的半小时内提醒您" in said
    days.go(date(2022, 6, 3), date(2022, 6, 6))
    assert days.days("chenyu", "reminder_asked") == ["06-06"]
    assert "照常" in reply(line.say("linfan", "什么时候提醒我"))
    assert "6月12日（周日）" in reply(line.say("linfan", "这周别提醒"))
    assert "提醒恢复了" in reply(line.say("linfan", "恢复提醒"))


def test_a_coordinator_has_somebody_reminded_by_one_tap(
    services: Services, days: Days, make_line: Callable[..., Any], clock: Any, form_id: int
) -> None:
    line = make_line(replace(services, machine=machine.step, desk=desk.step))
    clock.now = datetime(2022, 6, 1, 2, 5, tzinfo=UTC)
    line.say("zhouning", "催办 科工商务局、文旅局 请抓紧")
    assert [m.buttons for m in days.got("zhouning")][-1] == ("催这2人", "不催")
    with services.database.read() as tx:
        query = "SELECT task_id FROM cards WHERE userid = 'zhouning'"
        task_id = tx.exec_driver_sql(query).scalar_one()
    for _ in range(2):
        line.click("zhouning", task_id, "yes")
        days.go(date(2022, 6, 1), date(2022, 6, 1), (time(10, 50), time(14, 56)))
    assert len(days.got("chenyu", "reminder_nudge")) == 1
    assert "附言：请抓紧" in days.got("songqi", "reminder_nudge")[0].text
    assert days.got("hesui", "reminder_nudge") == []


def test_a_tap_on_a_reminder_goes_on_or_waits_for_tomorrow(
    services: Services, days: Days, make_line: Callable[..., Any], clock: Any, form_id: int
) -> None:
    line = make_line(replace(services, machine=machine.step, desk=desk.step))
    days.go(date(2022, 6, 8), date(2022, 6, 8), TURNS[:1])
    with services.database.read() as tx:
        query = "SELECT task_id FROM cards WHERE userid = 'chenyu'"
        task_id = tx.exec_driver_sql(query).scalar_one()
    line.click("chenyu", task_id, "go_on")
    assert "【1】" in days.got("chenyu")[-1].text
    line.click("chenyu", task_id, "tomorrow")
    assert "6月9日（周四）9:00" in days.got("chenyu")[-1].text
    days.go(date(2022, 6, 9), date(2022, 6, 10))
    assert days.days("chenyu", "reminder_asked") == ["06-09"]
    assert days.days("chenyu", "reminder_deadline") == ["06-08", "06-10"]


def test_who_has_several_hats_has_others_reminded(
    services: Services, days: Days, make_line: Callable[..., Any], clock: Any, form_id: int
) -> None:
    with services.database.begin() as tx:
        people.grant(tx, "chenyu", "coordinator")
    line = make_line(replace(services, machine=machine.step, desk=desk.step))
    line.say("chenyu", "催办 民政局")
    assert days.got("chenyu")[-1].buttons == ("催这1人", "不催")
    line.say("chenyu", "好的")
    with services.database.read() as tx:
        rows = tx.exec_driver_sql("SELECT userid, by FROM nudges").all()
    assert [tuple(row) for row in rows] == [("hesui", "chenyu")]
