"""换人: everything half done goes along, and the old access ends."""

import json
from dataclasses import replace
from typing import Any

import pytest

from bot.acts.base import ActRefused
from bot.acts.replace_contact import Successor, replace_contact
from bot.lifecycle import By
from bot.services import Services
from dialogs import desk, machine
from storage import answers, conversations, forms, people

NEW = Successor("宋启")


@pytest.fixture
def talking(services: Services) -> Services:
    """The services with the real conversation."""
    return replace(services, machine=machine.step, desk=desk.step)


def sent(services: Services, userid: str) -> list[str]:
    """What waits for a person, texts and titles of cards; then the queue is empty."""
    query = "SELECT payload FROM outbox WHERE userid = ? AND state = 'pending' ORDER BY id"
    with services.database.begin() as tx:
        rows = [json.loads(row[0]) for row in tx.exec_driver_sql(query, (userid,))]
        tx.exec_driver_sql("UPDATE outbox SET state = 'sent' WHERE userid = ?", (userid,))
    return [
        row["text"]["content"] if "text" in row else json.dumps(row, ensure_ascii=False)
        for row in rows
    ]


def hand_over(services: Services, form_id: int, clock: Any, new: Successor = NEW) -> None:
    with services.database.begin() as tx:
        replace_contact(services, tx, "zhouning", By.COORDINATOR, form_id, "陈宇", new, clock())


def begin(line: Any, services: Services) -> None:
    line.event("chenyu", "enter_agent")
    for said in ("A", "0753-2345678", "2587.01万元 2249.57万元"):
        line.say("chenyu", said)
    line.say("chenyu", "跳过")
    sent(services, "chenyu")


def test_the_successor_goes_on_where_the_other_stopped(
    talking: Services, make_line: Any, reply: Any, form_id: int, clock: Any
) -> None:
    line = make_line(talking)
    begin(line, talking)
    with talking.database.begin() as tx:
        before = conversations.load(tx, "chenyu", form_id)
        known = answers.present(tx, form_id)
    hand_over(talking, form_id, clock)
    briefing, question = sent(talking, "songqi")
    # She fills in for another department too, and sees which one this is about.
    assert briefing.startswith("〔填报人·科工商务局〕\n宋启您好！梅州市梅江区科工商务局2021年度")
    assert "之前是陈宇" in briefing
    assert "【" in question
    with talking.database.begin() as tx:
        after = conversations.load(tx, "songqi", form_id)
        assert conversations.load(tx, "chenyu", form_id) is None
        kept = answers.present(tx, form_id)
    assert kept == {k: v for k, v in known.items() if k != "contact_phone"} | {
        "contact_name": "宋启"
    }
    assert before is not None
    assert after is not None
    assert (after["skipped"], after["drafts"]) == (before["skipped"], before["drafts"])
    # 撤销 of hers takes back nothing that he did.
    assert before["trail"]
    assert not after["trail"]
    assert "移交给宋启" in sent(talking, "chenyu")[-1]
    assert "由陈宇换成宋启" in sent(talking, "linfan")[0]


def test_half_said_rows_go_along(
    talking: Services, make_line: Any, form_id: int, clock: Any
) -> None:
    line = make_line(talking)
    line.event("chenyu", "enter_agent")
    line.say("chenyu", "A")
    line.say("chenyu", "修改 主要职责")
    line.say("chenyu", "贯彻执行国家方针政策。\n负责科技创新。")
    sent(talking, "chenyu")
    hand_over(talking, form_id, clock)
    briefing, *_ = sent(talking, "songqi")
    assert "填了一半的：主要职责，已发2行" in briefing
    line.say("songqi", "填报人2")  # asked which hat: songqi fills in for another department too
    sent(talking, "songqi")
    line.say("songqi", "1")
    sent(talking, "songqi")
    line.say("songqi", "完")
    with talking.database.read() as tx:
        assert len(answers.present(tx, form_id)["duties"]) == 2


def test_the_old_access_ends(
    talking: Services, make_line: Any, reply: Any, form_id: int, clock: Any
) -> None:
    line = make_line(talking)
    begin(line, talking)
    hand_over(talking, form_id, clock)
    sent(talking, "chenyu")
    assert "不在本次绩效自评的名单里" in reply(line.say("chenyu", "2600万元"))
    with talking.database.read() as tx:
        assert people.roles(tx, "chenyu") == []
        assert not any(
            e.actor == "chenyu" and e.raw == "2600万元" for e in answers.history(tx, form_id)
        )


def test_the_cover_bears_the_new_name_and_the_number_is_asked_again(
    services: Services, filled: int, clock: Any
) -> None:
    with services.database.begin() as tx:
        answers.record(tx, filled, {"contact_name": "陈宇"}, "陈宇", "chenyu", clock())
    hand_over(services, filled, clock)
    with services.database.read() as tx:
        now = answers.present(tx, filled)
    assert now["contact_name"] == "宋启"
    assert "contact_phone" not in now


def test_a_form_that_waits_for_its_reviewer_keeps_all_but_the_name(
    services: Services, filled: int, clock: Any
) -> None:
    with services.database.begin() as tx:
        answers.record(tx, filled, {"contact_name": "陈宇"}, "陈宇", "chenyu", clock())
        forms.set_state(tx, filled, "drafting", "in_review", clock())
    hand_over(services, filled, clock)
    with services.database.read() as tx:
        now = answers.present(tx, filled)
        form = forms.get(tx, filled)
    assert (now["contact_name"], "contact_phone" in now) == ("宋启", True)
    assert form is not None
    assert form.state == "in_review"


def test_the_act_is_written_down(services: Services, form_id: int, clock: Any) -> None:
    hand_over(services, form_id, clock)
    with services.database.read() as tx:
        (event,) = forms.events(tx, form_id)
    assert (event.act, event.actor, event.data) == (
        "replace_contact", "zhouning", {"from": "chenyu", "to": "songqi"},
    )  # fmt: skip


def test_a_newcomer_comes_with_an_account(services: Services, form_id: int, clock: Any) -> None:
    hand_over(services, form_id, clock, Successor("方晴", "fangqing"))
    with services.database.read() as tx:
        assert people.named(tx, "方晴")[0].userid == "fangqing"
        assert [r.role for r in people.roles(tx, "fangqing")] == ["contact"]


def test_an_account_in_other_letters_is_nobody_new(
    services: Services, form_id: int, clock: Any
) -> None:
    hand_over(services, form_id, clock, Successor("宋启", "SongQi"))
    with services.database.read() as tx:
        assert people.person(tx, "SongQi") is None
        assert len(people.roles(tx, "songqi")) == 2


@pytest.mark.parametrize(
    ("actor", "by", "old", "new", "code"),
    [
        ("zhouning", By.COORDINATOR, "何穗", NEW, "replace_whom"),
        ("zhouning", By.COORDINATOR, "", Successor("无名"), "replace_unknown"),
        ("zhouning", By.COORDINATOR, "", Successor("陈宇"), "replace_same"),
        ("zhouning", By.COORDINATOR, "", Successor("林帆"), "replace_reviewer"),
        ("zhouning", By.COORDINATOR, "", Successor("方晴", "songqi"), "replace_other_name"),
        ("chenyu", By.COORDINATOR, "", NEW, "not_yours"),
        ("luping", By.REVIEWER, "", NEW, "not_yours"),
    ],
)
def test_what_is_refused_changes_nothing(
    services: Services,
    form_id: int,
    clock: Any,
    actor: str,
    by: By,
    old: str,
    new: Successor,
    code: str,
) -> None:
    with services.database.begin() as tx, pytest.raises(ActRefused) as refused:
        replace_contact(services, tx, actor, by, form_id, old, new, clock())
    assert refused.value.code == code
    with services.database.read() as tx:
        assert forms.events(tx, form_id) == []
        assert [p.userid for p in people.holders(tx, "contact", 1)] == ["chenyu"]


def test_two_of_one_name_are_told_apart(services: Services, form_id: int, clock: Any) -> None:
    with services.database.begin() as tx:
        people.upsert(tx, "songqi2", "宋启")
    with pytest.raises(ActRefused, match="replace_several"):
        hand_over(services, form_id, clock)


def test_the_coordinator_says_it_and_confirms_by_a_tap(
    talking: Services, make_line: Any, reply: Any, form_id: int
) -> None:
    line = make_line(talking)
    assert reply(line.say("zhouning", "换人 科工商务局 陈宇换成宋启")) == ""
    query = "SELECT task_id FROM cards WHERE userid = 'zhouning'"
    with talking.database.read() as tx:
        task_id = tx.exec_driver_sql(query).scalar_one()
    sent(talking, "zhouning")
    assert reply(line.click("zhouning", task_id, "yes")) == "已选 换"
    assert "现在由宋启填报" in sent(talking, "zhouning")[0]
    with talking.database.read() as tx:
        assert [p.name for p in people.holders(tx, "contact", 1)] == ["宋启"]


def test_the_coordinator_may_think_again(
    talking: Services, make_line: Any, reply: Any, form_id: int
) -> None:
    line = make_line(talking)
    line.say("zhouning", "换人 科工商务局 陈宇 宋启")
    sent(talking, "zhouning")
    assert "还是原来的填报人" in reply(line.say("zhouning", "不换"))
    assert "请写成" in reply(line.say("zhouning", "换人"))
    with talking.database.read() as tx:
        assert [p.name for p in people.holders(tx, "contact", 1)] == ["陈宇"]


def test_a_successor_with_another_hat_on_is_asked_which_one_is_meant(
    talking: Services, make_line: Any, form_id: int, clock: Any
) -> None:
    """The question of the new form lies open: an answer to it must not go to the other form."""
    line = make_line(talking)
    begin(line, talking)
    with talking.database.begin() as tx:
        people.grant(tx, "songqi", "coordinator")
    line.say("songqi", "换身份")
    line.say("songqi", "1")
    sent(talking, "songqi")
    with talking.database.begin() as tx:
        assert conversations.load(tx, "songqi", 0)["wears"].startswith("contact:")  # type: ignore[index]
    hand_over(talking, form_id, clock)
    sent(talking, "songqi")
    line.say("songqi", "12万元")
    assert "您有几个身份" in sent(talking, "songqi")[0]
