"""清除: two people, every place that held the words, and a tombstone."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from bot.acts.base import ActRefused, standing_of
from bot.acts.bring import bring
from bot.acts.purge import agree_purge, ask_purge, refuse_purge
from bot.acts.record_answer import record_answer
from bot.bringing import read_file
from bot.intake import take_in
from bot.jobs.tasks import TaskWorker
from bot.services import Services
from dialogs import desk, machine
from scoring.values import Text
from storage import (
    answers,
    conversations,
    deliveries,
    evidence,
    files,
    forms,
    outbox,
    people,
    proposals,
    purges,
    seals,
    turns,
    units,
)
from storage.files import FileMissing

SECRET = "某型装备在北山三号库存放四十七套，由丙班看管"
FIGURE = "987654321.12万元"
REASON = "误填了不宜上网的内容"


@pytest.fixture
def talking(services: Services) -> Services:
    """The services with the real conversation."""
    return replace(services, machine=machine.step, desk=desk.step)


def places_of(services: Services, secret: str) -> list[str]:
    """Every file of the database and the store that holds the words, in any of their codes."""
    if not services.settings.database_url.startswith("sqlite"):
        pytest.skip("looks into SQLite's file")
    database = Path(services.settings.database_url.removeprefix("sqlite:///"))
    store = Path(services.settings.file_store)
    found = list(database.parent.glob(f"{database.name}*")) + list(store.rglob("*"))
    forms_of = (secret.encode(), json.dumps(secret)[1:-1].encode(), secret.encode("utf-16-le"))
    return sorted(
        path.name
        for path in found
        if path.is_file() and any(form in path.read_bytes() for form in forms_of)
    )


def ask(services: Services, form_id: int, what: str, target: str, by: str = "chenyu") -> int:
    with services.database.begin() as tx:
        ask_purge(services, tx, by, form_id, what, target, REASON, services.clock())
        return purges.of_form(tx, form_id)[-1].id


def agree(services: Services, purge_id: int, by: str = "linfan") -> None:
    with services.database.begin() as tx:
        agree_purge(services, tx, by, purge_id, services.clock())
    TaskWorker(services).work_due()


def record(services: Services, form_id: int, raw: str, **texts: str) -> None:
    with services.database.begin() as tx:
        values = {name: Text(text) for name, text in texts.items()}
        record_answer(services, tx, "chenyu", form_id, values, raw, services.clock())


def payloads(services: Services, userid: str) -> Iterator[str]:
    with services.database.read() as tx:
        query = "SELECT payload FROM outbox WHERE userid = ? ORDER BY id"
        for row in tx.exec_driver_sql(query, (userid,)):
            yield row[0]


def put(services: Services, tx: Any, data: bytes, name: str) -> str:
    key = services.files.put(data, name)
    files.keep(tx, key, name, len(data), "application/pdf", services.clock())
    return key


def spread(services: Services, form_id: int) -> dict[str, str]:
    """The words in every place where they can come to stand; gives the keys of files."""
    now = services.clock()
    record(
        services, form_id, f"{SECRET}；另外完成了工作", yearly_work=SECRET, next_steps="完成了工作"
    )
    record(services, form_id, "改过了", yearly_work="改过的内容")
    with services.database.begin() as tx:
        keys = {
            "report": put(services, tx, f"report {SECRET}".encode(), "去年.docx"),
            "delivered": put(services, tx, f"delivery {SECRET}".encode(), "报告.docx"),
            "draft": put(services, tx, f"draft {SECRET}".encode(), "草稿.docx"),
        }
        found = proposals.Found("yearly_work", SECRET, "二（一）第3段")
        proposals.bring(tx, form_id, "report", [found], "chenyu", now, keys["report"])
        unit = units.upsert(tx, 1, "01", "电子商务管理中心")
        units.record(tx, form_id, unit, {"yearly_work": SECRET}, SECRET, "chenyu", now)
        deliveries.add(tx, form_id, 1, [keys["delivered"]], now)
        state = {"version": 2, "drafts": {}, "pending": {"kind": "again", "text": SECRET}}
        state |= {"odd": {"duties": [f"0\t{SECRET}"]}, "texts": {"yearly_work": [SECRET]}}
        state |= {"tables": {"duties": {"former": {"draft": [], "odd": [SECRET]}}}}
        conversations.keep(tx, "chenyu", form_id, state, now)
        conversations.keep(tx, "linfan", 0, {"pending": {"words": SECRET}, "hat": "reviewer"}, now)
        turn = turns.keep(tx, "turn-key", "chenyu", "text", now)
        assert turn
        turns.set_reply(tx, turn, f"记下了：{SECRET[:14]}…")
        text = {"touser": "x", "msgtype": "text", "agentid": 1, "text": {"content": SECRET}}
        card = {
            "touser": "x",
            "msgtype": "template_card",
            "template_card": {
                "card_type": "button_interaction",
                "task_id": "task-1",
                "main_title": {"title": "待审", "desc": SECRET},
                "button_list": [{"key": "a", "text": "通过"}],
            },
        }
        for userid in ("chenyu", "linfan", "wuheng"):
            for payload in (text, card):
                body = json.dumps(payload | {"touser": userid}, ensure_ascii=False)
                outbox.add(tx, userid, body, "send", now)
        tx.exec_driver_sql("UPDATE outbox SET state = 'sent', sent_at = ? WHERE userid = 'linfan'",
                           (now.isoformat(),))  # fmt: skip
        services.postbox.put_file(tx, "chenyu", keys["draft"], now, "draft")
        form = forms.get(tx, form_id)
        assert form
        forms.note_event(tx, form_id, "send_back", "linfan", "in_review", "drafting", now, SECRET)
    return keys


def test_nothing_of_a_fact_is_left(services: Services, form_id: int) -> None:
    keys = spread(services, form_id)
    assert len(places_of(services, SECRET)) >= 4
    assert len(places_of(services, SECRET[:14])) >= 4
    agree(services, ask(services, form_id, "fact", "yearly_work"))
    assert places_of(services, SECRET) == []
    assert places_of(services, SECRET[:14]) == []
    with services.database.read() as tx:
        assert "yearly_work" not in answers.present(tx, form_id)
        assert answers.present(tx, form_id)["next_steps"] == "完成了工作"
        assert answers.present(tx, form_id) == answers.rebuild(tx, form_id)
        for key in keys.values():
            kept = files.get(tx, key)
            assert kept
            assert (kept.name, kept.purged_at) == ("", services.clock())
        tomb = purges.of_form(tx, form_id)[0]
    assert (tomb.asked_by, tomb.agreed_by, tomb.target) == ("chenyu", "linfan", "yearly_work")
    assert tomb.agreed_at


def test_those_concerned_are_told_what_to_do(services: Services, form_id: int) -> None:
    spread(services, form_id)
    agree(services, ask(services, form_id, "fact", "yearly_work"))
    contact = "\n".join(payloads(services, "chenyu"))
    assert "已清除：陈宇提出" in contact
    assert "第1版电子件也已删除" in contact
    assert "其中的内容已被清除" in contact  # what was not sent yet says so
    assert "系统里的电子件已经删除" in "\n".join(payloads(services, "wuheng"))
    sent = [json.loads(each) for each in payloads(services, "linfan")]
    greyable = next(e for e in sent if e.get("template_card", {}).get("task_id") == "task-1")
    assert greyable["template_card"]["button_list"] == [{"key": "a", "text": "通过"}]


def test_what_repeats_the_words_elsewhere_is_named(services: Services, form_id: int) -> None:
    record(services, form_id, "甲", yearly_work=SECRET)
    record(services, form_id, "乙", next_steps=f"继续保管：{SECRET}")
    agree(services, ask(services, form_id, "fact", "yearly_work"))
    assert any("还写着相同的内容" in each for each in payloads(services, "chenyu"))


def test_nothing_of_a_file_is_left(services: Services, form_id: int) -> None:
    now = services.clock()
    with services.database.begin() as tx:
        key = put(services, tx, f"%PDF {SECRET}".encode(), "北山三号库清单.pdf")
        again = put(services, tx, f"%PDF {SECRET}".encode(), "清单副本.pdf")
        given = evidence.add(tx, form_id, "A1-1", key, "chenyu", now)
        evidence.add(tx, form_id, "", again, "chenyu", now)
        outbox.add(tx, "chenyu", json.dumps({"msgtype": "text", "text": {"content": "收到北山三号库清单.pdf"}}, ensure_ascii=False), "send", now)  # fmt: skip
    agree(services, ask(services, form_id, "evidence", str(given)))
    assert places_of(services, SECRET) == []
    assert places_of(services, "北山三号库清单") == []
    with services.database.read() as tx:
        assert evidence.of_form(tx, form_id) == []
        gone = evidence.of_form(tx, form_id, with_removed=True)
    assert [each.name for each in gone] == ["", ""]
    with pytest.raises(ActRefused) as caught:
        ask(services, form_id, "evidence", str(given))
    assert caught.value.code == "purge_nothing"


def test_nothing_of_a_seal_is_left(services: Services, form_id: int) -> None:
    with services.database.begin() as tx:
        key = put(services, tx, SECRET.encode(), "盖章页.pdf")
        seal = seals.add(tx, form_id, 1, key, "", "chenyu", services.clock())
    agree(services, ask(services, form_id, "seal", str(seal)))
    assert places_of(services, SECRET) == []
    with services.database.read() as tx:
        assert seals.of_version(tx, form_id, 1) == []


def test_purged_bytes_come_back_on_no_way(services: Services, form_id: int) -> None:
    """Not as evidence or seal under another name, and not as a file that is brought."""
    with services.database.read() as tx:
        standing = standing_of(tx, form_id)
        standard = services.shelf.standard(tx, standing.standard_hash)
    data = (Path(__file__).parents[3] / "examples" / "last-year-report.docx").read_bytes()
    handed = read_file(services, standard, standing, "上年报告.docx", data)
    with services.database.begin() as tx:
        bring(tx, "chenyu", form_id, standard, [handed], services.clock())
    agree(services, ask(services, form_id, "fact", "duties"))
    key = handed.document.key if handed.document else ""
    services.files.erase(key)  # as the ordered task does
    with pytest.raises(ActRefused, match="not_brought") as caught:
        read_file(services, standard, standing, "换个名字.docx", data)
    assert "清除" in caught.value.words
    with pytest.raises(ActRefused, match="evidence_purged"):
        take_in(services, form_id, "佐证.docx", data)
    with pytest.raises(FileMissing):
        services.files.get(key)


def test_other_forms_keep_their_files(services: Services, form_id: int) -> None:
    """Finance is told about many departments: what it has from others stays."""
    record(services, form_id, "甲", yearly_work=SECRET)
    with services.database.begin() as tx:
        key = put(services, tx, b"another department's report", "别的报告.docx")
        services.postbox.put_file(tx, "wuheng", key, services.clock(), "other")
    agree(services, ask(services, form_id, "fact", "yearly_work"))
    assert services.files.get(key) == b"another department's report"


def test_a_figure_is_gone_in_every_writing(services: Services, form_id: int) -> None:
    with services.database.begin() as tx:
        answers.record(tx, form_id, {"income_total": FIGURE}, FIGURE, "chenyu", services.clock())
    agree(services, ask(services, form_id, "fact", "income_total"))
    assert places_of(services, "987654321") == []


def test_nobody_purges_alone(services: Services, form_id: int) -> None:
    record(services, form_id, "甲", yearly_work=SECRET)
    purge_id = ask(services, form_id, "fact", "yearly_work", "linfan")
    for who, code in (("linfan", "purge_same_person"), ("chenyu", "purge_not_yours")):
        with pytest.raises(ActRefused) as caught:
            agree(services, purge_id, who)
        assert caught.value.code == code
    with pytest.raises(ActRefused) as caught:
        agree(services, purge_id, "wuheng")
    assert caught.value.code == "purge_not_yours"
    assert places_of(services, SECRET)
    with pytest.raises(IntegrityError), services.database.begin() as tx:
        purges.agree(tx, purge_id, "linfan", services.clock())


def test_who_may_ask(services: Services, form_id: int) -> None:
    record(services, form_id, "甲", yearly_work=SECRET)
    for stranger in ("hesui", "wuheng"):
        with pytest.raises(ActRefused) as caught:
            ask(services, form_id, "fact", "yearly_work", stranger)
        assert caught.value.code == "purge_not_yours"


def test_a_no_leaves_everything(services: Services, form_id: int) -> None:
    record(services, form_id, "甲", yearly_work=SECRET)
    purge_id = ask(services, form_id, "fact", "yearly_work")
    with services.database.begin() as tx:
        refuse_purge(services, tx, "zhouning", purge_id, services.clock())
        assert answers.present(tx, form_id)["yearly_work"] == SECRET
    assert any("没有同意" in each for each in payloads(services, "chenyu"))
    with pytest.raises(ActRefused) as caught:
        agree(services, purge_id)
    assert caught.value.code == "purge_settled"
    ask(services, form_id, "fact", "yearly_work")  # it may be asked again


@pytest.mark.parametrize(
    ("reason", "code"),
    [
        ("  ", "purge_no_reason"),
        ("长" * 201, "purge_reason_long"),
        ("写了机密★1年的内容", "secret"),
        ("有张某的身份证441400199001011234", "purge_reason_tells"),
        (f"写了{SECRET[3:19]}", "purge_reason_tells"),
    ],
)
def test_the_reason_holds_no_secret(
    services: Services, form_id: int, reason: str, code: str
) -> None:
    record(services, form_id, "甲", yearly_work=SECRET)
    with pytest.raises(ActRefused) as caught, services.database.begin() as tx:
        ask_purge(services, tx, "chenyu", form_id, "fact", "yearly_work", reason, services.clock())
    assert caught.value.code == code
    assert caught.value.words


@pytest.mark.parametrize(
    ("what", "target"),
    [("fact", "yearly_work"), ("fact", "no_such"), ("evidence", "99"), ("seal", "x")],
)
def test_nothing_there_is_said(services: Services, form_id: int, what: str, target: str) -> None:
    with pytest.raises(ActRefused) as caught:
        ask(services, form_id, what, target)
    assert caught.value.code == "purge_nothing"


def test_asked_once_at_a_time(services: Services, form_id: int) -> None:
    record(services, form_id, "甲", yearly_work=SECRET)
    ask(services, form_id, "fact", "yearly_work")
    with pytest.raises(ActRefused) as caught:
        ask(services, form_id, "fact", "yearly_work", "linfan")
    assert caught.value.code == "purge_asked_already"


def test_somebody_must_be_there_to_agree(services: Services, form_id: int) -> None:
    record(services, form_id, "甲", yearly_work=SECRET)
    with services.database.begin() as tx:
        for role in ("reviewer", "coordinator"):
            for row in tx.exec_driver_sql("SELECT userid, department_id FROM roles WHERE role = ?", (role,)).all():  # fmt: skip
                people.revoke(tx, row[0], role, row[1])
    with pytest.raises(ActRefused) as caught:
        ask(services, form_id, "fact", "yearly_work")
    assert caught.value.code == "purge_nobody"


def test_the_cards_are_greyed_by_the_first_decision(services: Services, form_id: int) -> None:
    record(services, form_id, "甲", yearly_work=SECRET)
    agree(services, ask(services, form_id, "fact", "yearly_work"))
    with services.database.read() as tx:
        states = tx.exec_driver_sql("SELECT state FROM cards WHERE question LIKE '%:purge:%'")
        assert {row[0] for row in states} == {"stale"}


def test_in_the_chat(talking: Services, make_line: Any, reply: Any, form_id: int) -> None:
    line = make_line(talking)
    record(talking, form_id, "甲", yearly_work=SECRET)
    assert "请说清楚清除哪一题" in reply(line.say("chenyu", "清除"))
    asked = reply(line.say("chenyu", "清除 年度总体工作"))
    assert "为什么要清除" in asked
    assert "已经请审核人或统筹" in reply(line.say("chenyu", REASON))
    told = "\n".join(payloads(talking, "linfan"))
    assert "同意清除 1" in told
    assert SECRET not in told
    line.say("linfan", "同意清除 1")
    TaskWorker(talking).work_due()
    assert places_of(talking, SECRET) == []
    assert any("已清除：陈宇提出" in each for each in payloads(talking, "chenyu"))


def test_by_card(talking: Services, make_line: Any, form_id: int) -> None:
    line = make_line(talking)
    record(talking, form_id, "甲", yearly_work=SECRET)
    line.say("chenyu", f"清除 年度总体工作 {REASON}")
    with talking.database.read() as tx:
        query = "SELECT task_id FROM cards WHERE userid = 'zhouning' AND question LIKE '%:purge:1'"
        task_id = tx.exec_driver_sql(query).scalar_one()
    line.click("zhouning", task_id, "agree")
    with talking.database.read() as tx:
        assert purges.of_form(tx, form_id)[0].agreed_by == "zhouning"
