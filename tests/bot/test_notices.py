"""通知 from the coordinator's words to the receivers' 收到, through callbacks, tasks and outbox."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.jobs.tasks import TaskWorker
from bot.services import Services
from bot.stored import StoredDocument, keep
from dialogs import desk, machine
from storage import cards, departments, forms, hands, notices, people

EVENING = datetime(2022, 5, 9, 12, 0, tzinfo=UTC)
CONTACTS = ("chenyu", "hesui", "tangyue", "songqi")
WORDS = "请各单位于6月10日前完成填报。\n有困难的先打电话。"


@dataclass
class House:
    """The service with its real conversation, and what waits for people."""

    services: Services
    line: Any
    reply: Callable[[Any], str]

    def say(self, text: str, who: str = "zhouning") -> str:
        return self.reply(self.line.say(who, text)) or "\n".join(self.heard(who))

    def press(self, option: str, who: str = "zhouning", number: int = -1) -> str:
        with self.services.database.read() as tx:
            found = [c for c in cards.open_of(tx, who) if is_ours(c.question)]
        self.reply(self.line.click(who, found[number].task_id, option))
        return "\n".join(self.heard(who))

    def work(self) -> None:
        TaskWorker(self.services).work_due()

    def heard(self, who: str) -> list[str]:
        """What waits for somebody; then it has been sent."""
        return [words_of(row) for row in self.rows(who) if row["kind"] != "update_card"]

    def rows(self, who: str) -> list[dict[str, Any]]:
        query = "SELECT kind, payload, topic, about FROM outbox WHERE userid = ? AND state = 'pending' ORDER BY id"
        with self.services.database.begin() as tx:
            found = [dict(row._mapping) for row in tx.exec_driver_sql(query, (who,))]
            tx.exec_driver_sql("UPDATE outbox SET state = 'sent' WHERE userid = ?", (who,))
        return found

    def receipts(self, number: int) -> dict[str, bool]:
        """Who has confirmed a notice."""
        with self.services.database.read() as tx:
            found = notices.receipts(tx, [number])
        return {each.userid: each.received_at is not None for each in found}


def is_ours(key: str | None) -> bool:
    return (key or "").startswith(("notice:", "desk:coordinator:notice:"))


def words_of(row: dict[str, Any]) -> str:
    body = json.loads(row["payload"])
    if "text" in body:
        return str(body["text"]["content"])
    if "file" in body:
        return "(file)"
    card = body["template_card"]
    return "\n".join([card["main_title"]["title"], card.get("sub_title_text", "")])


@pytest.fixture
def house(services: Services, make_line: Any, reply: Any) -> House:
    talking = replace(services, machine=machine.step, desk=desk.step)
    return House(talking, make_line(talking), reply)


@pytest.fixture
def sent(house: House) -> House:
    """Notice 1 is with all contacts."""
    house.say(f"通知 全部：{WORDS}")
    house.press("send")
    house.work()
    for who in CONTACTS:
        house.heard(who)
    return house


def put_file(house: House, name: str = "附表.xlsx") -> str:
    key = house.services.files.put(b"a table", name)
    with house.services.database.begin() as tx:
        now = house.services.clock()
        keep(tx, StoredDocument(key, name, 7, "application/x"), now)
        notices.keep_file(tx, "zhouning", key, name, now)
    return key


def test_a_notice_to_all_is_previewed_sent_and_confirmed(house: House) -> None:
    put_file(house)
    preview = house.say(f"通知 全部单位：{WORDS}")
    assert WORDS in preview
    assert "4个单位4人" in preview
    assert "附表.xlsx" in preview
    assert "陈宇（科工商务局）" in preview
    assert "发给这4人？" in preview
    assert "正在发给4个单位4人" in house.press("send")
    assert house.heard("chenyu") == []  # a task brings it
    house.work()
    for who, code in zip(CONTACTS, ("301", "302", "303", "304"), strict=True):
        rows = house.rows(who)
        text, file, card = [words_of(row) for row in rows]
        assert WORDS in text
        assert "周宁" in text
        assert file == "(file)"
        assert "请确认收到" in card
        assert {(row["topic"], row["about"]) for row in rows} == {("notice", code)}
    assert "已记下您收到了" in house.press("received", "chenyu")
    assert house.receipts(1) == {who: who == "chenyu" for who in CONTACTS}
    # The file goes with one notice.
    assert "附件" not in house.say("通知 全部：再说一件事")


def test_a_second_tap_and_a_worker_that_runs_again_send_nothing_twice(
    house: House, clock: Any
) -> None:
    house.say(f"通知 全部：{WORDS}")
    house.press("send")
    with house.services.database.read() as tx:
        tapped = tx.exec_driver_sql(
            "SELECT task_id FROM cards WHERE userid = 'zhouning' ORDER BY created_at DESC"
        ).scalar_one()
    clock.advance(5)
    house.line.click("zhouning", tapped, "send")
    assert "已经发过或改过" in "\n".join(house.heard("zhouning"))
    house.work()
    house.work()
    assert len(house.heard("chenyu")) == 2
    with house.services.database.begin() as tx:
        tx.exec_driver_sql("UPDATE tasks SET done_at = NULL")  # as if its end had been lost
    house.work()
    assert house.heard("chenyu") == []
    assert len(house.receipts(1)) == 4


def test_nothing_goes_out_before_the_tap_nor_after_no(house: House) -> None:
    house.say("通知 民政局：周五开会")
    assert "没有发" in house.say("不发")
    house.work()
    assert house.heard("hesui") == []
    house.say("通知 民政局：周五开会")
    house.say("进度")
    # A yes to something else sends nothing; the word itself does.
    house.say("好的")
    house.work()
    assert house.heard("hesui") == []
    assert "正在发给1个单位1人" in house.say("发送")


def test_who_has_not_answered_gets_it_again(sent: House) -> None:
    sent.say("好的，收到，谢谢", "chenyu")
    shown = sent.say("谁没回")
    assert "发给4人，3人没回" in shown
    assert "民政局（何穗）、水务局（唐悦）、文旅局（宋启）" in shown
    assert "陈宇" not in shown
    sent.say("收到", "hesui")
    # Meanwhile it is no longer what was shown.
    assert "2人没回" in sent.press("send")
    assert "再发给2人" in sent.press("send")
    sent.work()
    assert sent.heard("chenyu") == []
    again = sent.heard("tangyue")
    assert "再发一次" in again[0]
    assert "已回2/4" in sent.say("通知记录")


def test_outside_working_hours_it_waits_and_can_be_called_off(house: House, clock: Any) -> None:
    clock.now = EVENING
    preview = house.say("通知 全部：明天开会")
    assert "现在不在上班时间，5月10日9:00上班" in preview
    assert "现在发，还是上班后发，还是不发" in house.say("发送")
    assert "5月10日9:00上班后发给4个单位4人" in house.press("later")
    house.work()
    assert house.heard("chenyu") == []
    assert "等到5月10日9:" in house.say("通知记录")
    house.say("通知 民政局：另一件事")
    house.say("上班后发")
    assert "取消哪一条" in house.say("取消通知")
    assert "第1号通知已取消" in house.say("取消通知1")
    clock.now = datetime(2022, 5, 10, 1, 30, tzinfo=UTC)
    house.work()
    assert house.heard("chenyu") == []
    assert len(house.heard("hesui")) == 2
    assert "收不回来" in house.say("取消通知2")


def test_it_can_go_at_once_in_the_evening(house: House, clock: Any) -> None:
    clock.now = EVENING
    house.say("通知 全部：明天停电")
    house.say("现在发")
    house.work()
    assert len(house.heard("chenyu")) == 2


def test_who_has_left_gets_none_and_is_named(house: House) -> None:
    with house.services.database.begin() as tx:
        people.upsert(tx, "songqi", "宋启", active=False)
    preview = house.say("通知 全部：开会")
    assert "3个单位3人" in preview
    assert "宋启（文旅局，已离开）" in preview
    assert "没有人能收到的单位：文旅局" in preview
    house.press("send")
    with house.services.database.begin() as tx:
        people.upsert(tx, "hesui", "何穗", active=False)
    house.work()
    assert set(house.receipts(1)) == {"chenyu", "hesui", "tangyue"}
    assert "没有发给何穗" in "\n".join(house.heard("zhouning"))
    assert house.heard("songqi") == []
    assert "何穗（民政局，已离开）" in house.say("谁没回")


def test_who_took_over_can_get_it_afterwards(sent: House) -> None:
    with sent.services.database.begin() as tx:
        (role,) = people.roles(tx, "hesui")
        people.revoke(tx, "hesui", "contact", role.department_id)
        people.grant(tx, "wenqing", "contact", role.department_id)
    shown = sent.say("谁没回")
    assert "后来接手、还没发过的：温晴（民政局）" in shown
    assert "何穗（民政局，已不负责这项工作）" in shown
    sent.press("send")
    sent.work()
    text, _ = sent.heard("wenqing")
    assert "再发一次" not in text
    assert WORDS in text
    assert sent.heard("hesui") == []


def test_a_supplement_goes_to_the_same_people(sent: House) -> None:
    preview = sent.say("补充通知：附表第3行改了")
    assert "【补充通知】" in preview
    assert "4个单位4人" in preview
    sent.press("send")
    sent.work()
    assert "接5月9日的通知" in sent.heard("tangyue")[0]
    # Two are open now: which one is meant?
    asked = sent.say("收到", "tangyue")
    assert "您有2条通知没回" in asked
    assert "2. 5月9日：附表第3行改了" in asked
    sent.say("收到2", "tangyue")
    assert sent.receipts(2)["tangyue"]
    assert not sent.receipts(1)["tangyue"]
    sent.say("全部收到", "hesui")
    assert sent.receipts(1)["hesui"]
    assert sent.receipts(2)["hesui"]


def test_reviewers_are_told_where_they_are_named(house: House) -> None:
    preview = house.say("通知 民政局审核人、水务局审核人：请尽快审核")
    assert "2个单位3人" in preview
    assert "陆平（民政局）、方泽（民政局）、许默（水务局）" in preview
    house.say("发送")
    house.work()
    assert house.heard("hesui") == []
    assert len(house.heard("xumo")) == 2
    assert "已记下" in house.say("收到", "xumo")


def test_a_card_whose_notice_was_confirmed_in_words_is_greyed(sent: House) -> None:
    with sent.services.database.read() as tx:
        (card,) = [c for c in cards.open_of(tx, "chenyu") if is_ours(c.question)]
    sent.line.say("chenyu", "收到")
    assert "update_card" in [row["kind"] for row in sent.rows("chenyu")]
    sent.line.click("chenyu", card.task_id, "received")
    assert "已经记下了" in "\n".join(sent.heard("chenyu"))


def test_whoever_wants_text_is_asked_for_the_word(house: House) -> None:
    with house.services.database.begin() as tx:
        people.set_plain_text_only(tx, "chenyu", True)
    house.say("通知 科工商务局：开会")
    house.say("发送")
    house.work()
    (text,) = house.heard("chenyu")
    assert "回一句「收到」" in text


def test_a_yes_to_a_colleague_is_not_taken_for_a_receipt(sent: House, form_id: int) -> None:
    with sent.services.database.begin() as tx:
        people.grant(tx, "hesui", "colleague", 1)
        now = sent.services.clock()
        hands.offer(tx, form_id, "section:work", "chenyu", "hesui", "", now)
    assert "收到通知请回「收到通知」" in sent.say("收到", "hesui")
    assert not sent.receipts(1)["hesui"]
    assert "已记下" in sent.say("收到通知", "hesui")


def test_words_with_a_secrecy_marking_go_nowhere(house: House) -> None:
    told = house.say("通知 全部：机密★ 关于预算的通知")
    assert "密级" in told
    house.say("发送")
    house.work()
    assert house.heard("chenyu") == []


def test_without_the_file(house: House) -> None:
    put_file(house)
    house.say("通知 民政局：看附件")
    shown = house.say("不带附件")
    assert "附表.xlsx" not in shown
    house.say("发送")
    house.work()
    assert "(file)" not in house.heard("hesui")


def test_a_file_that_was_exchanged_meanwhile_is_shown_first(house: House) -> None:
    put_file(house)
    house.say("通知 民政局：看附件")
    put_file(house, "附表二.xlsx")
    shown = house.press("send")
    assert "有变化" in shown
    assert "附表二.xlsx" in shown
    assert "正在发" in house.press("send")


def test_a_coordinator_of_some_departments_reaches_only_these(house: House) -> None:
    with house.services.database.begin() as tx:
        (role,) = people.roles(tx, "hesui")
        for held in people.roles(tx, "luping"):
            people.revoke(tx, "luping", held.role, held.department_id)
        people.grant(tx, "luping", "coordinator", role.department_id)
    preview = house.say("通知 全部：开会", "luping")
    assert "1个单位1人：何穗" in preview
    assert "没有找到“水务局”" in house.say("通知 水务局：开会", "luping")


def test_what_is_missing_is_asked_for(house: House) -> None:
    assert "通知 科工商务局：" in house.say("通知")
    assert "把通知内容发过来" in house.say("通知 民政局")
    assert "周五下午开会" in house.say("周五下午开会")
    assert "没有发" in house.say("先不发")
    assert "发给谁" in house.say("通知 请于周五前报送")
    preview = house.say("1")
    assert "请于周五前报送" in preview
    assert "4个单位4人" in preview
    house.say("通知 请于周五前报送")
    assert "没有找到“卫健局”" in house.say("卫健局")
    assert "2个单位3人" in house.say("民政局和水务局的审核人")
    assert "没有找到“卫健局”" in house.say("通知 民政局、卫健局：开会")


def test_other_talk_goes_on_beside_a_notice_that_waits(house: House) -> None:
    house.say("通知 民政局：周五开会")
    # The question of another matter gets its answer, not the notice.
    house.say("换人 水务局 唐悦 温晴")
    house.say("算了")
    assert "正在发给1个单位1人" in house.press("send", number=0)


def test_again_is_asked_anew_where_something_else_waits(sent: House) -> None:
    sent.say("通知 民政局：周五开会")
    # 再发 asks for the list; it is no yes to the notice on the table.
    assert "4人没回" in sent.say("再发")
    assert "再发给4人" in sent.say("再发")
    sent.work()
    assert len(sent.heard("hesui")) == 2


def test_a_worker_that_dies_in_the_middle_leaves_nothing_half_done(
    house: House, monkeypatch: pytest.MonkeyPatch, clock: Any
) -> None:
    house.say("通知 全部：开会")
    house.press("send")
    post, count = house.services.postbox.post, []

    def dying(*given: Any, **more: Any) -> None:
        count.append(1)
        if len(count) == 4:
            raise RuntimeError
        post(*given, **more)

    with monkeypatch.context() as patched:
        patched.setattr(house.services.postbox, "post", dying)
        house.work()
    assert [house.heard(who) for who in CONTACTS] == [[], [], [], []]
    clock.advance(3600)
    house.work()
    assert [len(house.heard(who)) for who in CONTACTS] == [2, 2, 2, 2]


def test_where_it_fails_for_good_the_sender_learns_who_got_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch, clock: Any
) -> None:
    house.say("通知 民政局：开会")
    house.say("发送")

    def broken(*given: Any, **more: Any) -> None:
        raise OSError

    with monkeypatch.context() as patched:
        patched.setattr("bot.jobs.work.notice._post", broken)
        for _ in range(6):
            house.work()
            clock.advance(3600)
    assert "还没收到：何穗" in "\n".join(house.heard("zhouning"))


def test_long_notices_and_many_names_fit(house: House) -> None:
    long = "各单位要认真核对决算数据，" * 45
    preview = house.say(f"通知 全部：{long}")
    assert long[:-1] in preview.replace("\n", "")
    assert "太长了" in house.say(f"通知 全部：{long * 3}")
    with house.services.database.begin() as tx:
        for number in range(60):
            code = f"4{number:02d}"
            place = departments.upsert(tx, code, f"梅州市梅江区第{number}中心小学")
            people.upsert(tx, f"u{number}", f"人{number}")
            people.grant(tx, f"u{number}", "contact", place)
            forms.open(tx, 1, place, house.services.clock())
    preview = house.say("通知 全部：开会")
    assert "64个单位64人" in preview
    assert "等64人" in preview
    house.press("send")
    house.work()
    assert len(house.receipts(1)) == 64
    assert len(house.heard("u59")) == 2
    assert "64人没回" in house.say("谁没回")


def test_between_two_exercises_all_departments_can_be_told(house: House) -> None:
    with house.services.database.begin() as tx:
        tx.exec_driver_sql("UPDATE cycles SET state = 'closed'")
    assert "4个单位4人" in house.say("通知 全部：复核意见已发，请查收")
