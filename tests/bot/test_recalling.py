"""What if, who changed what, and what depends on a change: through the whole house."""

from dataclasses import replace
from typing import Any

import pytest

from bot.acts.keep_earlier import keep_earlier
from bot.acts.purge import agree_purge, ask_purge
from bot.acts.write_texts import write_texts
from bot.brought_table import groups_of
from bot.contact_talk import fresh
from bot.recalling import past_of
from bot.services import Services
from dialogs import machine
from scoring.plain import read_value
from scoring.standard import Standard
from scoring.values import Text
from storage import answers, interviews, proposals

Line = Any  # of conftest.py, which can't be imported
REASON, NUMBER = "income_general_reason", 14


@pytest.fixture
def line(services: Services, make_line: Any, filled: int) -> Line:
    """Somebody whose form is filled in, with the real conversation."""
    line = make_line(replace(services, machine=machine.step))
    line.say("chenyu", "你好")
    return line


def said(services: Services) -> str:
    """All that waits to be sent to the contact, as one text."""
    with services.database.read() as tx:
        rows = tx.exec_driver_sql("SELECT payload FROM outbox ORDER BY id").all()
    return "\n".join(str(row[0]) for row in rows)


def heard(services: Services, line: Line, reply: Any, text: str) -> str:
    """The answer to a message, however it comes."""
    before = said(services)
    passive = reply(line.say("chenyu", text))
    return str(passive) or said(services)[len(before) :]


def stands(services: Services, form_id: int) -> dict[str, Any]:
    with services.database.read() as tx:
        return answers.present(tx, form_id)


def test_a_supposition_changes_nothing(
    services: Services, line: Line, reply: Any, filled: int
) -> None:
    before = stands(services, filled)
    text = heard(services, line, reply, "如果执行率到100%会怎样")
    assert "2.95 → 3分" in text
    assert stands(services, filled) == before


def test_who_changed_what(
    services: Services, line: Line, reply: Any, filled: int, standard: Standard
) -> None:
    line.say("chenyu", "实际采购金额改成98.5万元")
    text = heard(services, line, reply, "实际采购金额谁改过")
    assert "98.31万元 → 98.5万元" in text
    with services.database.read() as tx:
        found = past_of(tx, filled, standard)
    assert (found[0].fact, found[0].value and found[0].value.plain()) == (
        "procurement_actual",
        "98.5万元",
    )


def test_the_history_forgets_what_was_purged(
    services: Services, line: Line, filled: int, standard: Standard
) -> None:
    line.say("chenyu", "实际采购金额改成98.5万元")
    now = services.clock()
    with services.database.begin() as tx:
        ask_purge(services, tx, "chenyu", filled, "fact", "procurement_actual", "填了涉密的数", now)
        agree_purge(services, tx, "linfan", None, now)
    with services.database.read() as tx:
        found = [
            each for each in past_of(tx, filled, standard) if each.fact == "procurement_actual"
        ]
    assert [(each.value, each.raw, each.purged) for each in found] == [(None, "", True)] * 2


def test_what_depends_on_a_change_is_asked_again(
    services: Services, line: Line, reply: Any, filled: int
) -> None:
    before = stands(services, filled)
    text = heard(services, line, reply, "一般公共预算财政拨款收入改成8000万元")
    assert "原来的答案先给您留着" in text
    assert REASON not in stands(services, filled)
    with services.database.read() as tx:
        (offer,) = proposals.open_of_form(tx, filled)
    assert (offer.fact, offer.source, offer.value) == (REASON, "earlier", before[REASON])
    line.say("chenyu", "撤销")
    assert stands(services, filled) == before


def test_one_word_takes_the_old_answer_over(
    services: Services, line: Line, reply: Any, filled: int
) -> None:
    before = stands(services, filled)
    line.say("chenyu", "一般公共预算财政拨款收入改成8000万元")
    assert "原来填的" in heard(services, line, reply, f"修改 {NUMBER}")
    line.say("chenyu", "对")
    assert stands(services, filled)[REASON] == before[REASON]
    line.say("chenyu", "撤销")
    assert REASON not in stands(services, filled)
    with services.database.read() as tx:
        assert [each.fact for each in proposals.open_of_form(tx, filled)] == [REASON]


def test_a_later_old_answer_replaces_an_earlier_one(services: Services, filled: int) -> None:
    with services.database.begin() as tx:
        for words in ("原来的", "后来的"):
            keep_earlier(tx, "chenyu", filled, {REASON: Text(words)}, services.clock())
        assert [each.value for each in proposals.open_of_form(tx, filled)] == ["后来的"]


def test_a_page_goes_the_same_way(services: Services, filled: int, standard: Standard) -> None:
    now = services.clock()
    with services.database.begin() as tx:
        answers.record(tx, filled, {"lost_c2_1_cause": "去年征地没有谈下来。"}, "", "chenyu", now)
        rows = [{**row, "done": False} for row in answers.present(tx, filled)["key_tasks"]]
        seen = {"key_tasks": answers.present_with_origin(tx, filled)["key_tasks"].event_id}
        values = {"key_tasks": read_value(standard.facts["key_tasks"], rows)}
        write_texts(services, tx, "chenyu", filled, values, "表", seen, "key_tasks", now)
        offers = proposals.open_of_form(tx, filled)
        assert "lost_c2_1_cause" not in answers.present(tx, filled)
        assert answers.present(tx, filled) == answers.rebuild(tx, filled)
    assert [(each.fact, each.source, each.value) for each in offers] == [
        ("lost_c2_1_cause", "earlier", "去年征地没有谈下来。")
    ]


def test_the_page_of_brought_values_does_not_list_old_answers(
    services: Services, filled: int
) -> None:
    with services.database.begin() as tx:
        keep_earlier(tx, "chenyu", filled, {REASON: Text("原来的")}, services.clock())
        standing = interviews.one(tx, filled)
        assert standing is not None
        talk = fresh(services, tx, standing, "chenyu", services.clock())
        assert groups_of(tx, filled, talk.case) == []
        assert talk.case.offers[REASON].source == "earlier"
