"""Single indicators come back, are answered one by one and go on; a contradiction is let pass."""

from __future__ import annotations

from typing import Any

import pytest

from storage import forms, returned, waivers
from tests.e2e.conftest import fill_in

CONTACT, REVIEWER, COORDINATOR, FINANCE = "chenyu", "linfan", "zhouning", "wuheng"
District = Make = Any  # the types of conftest.py, which can't be imported


@pytest.fixture
def filled(make_district: Make) -> District:
    """The reference case, filled in before the talk begins, with the real interview."""
    return fill_in(make_district({"paper_required": False}))


def state(district: District) -> str:
    with district.services.database.read() as tx:
        form = forms.get(tx, district.loaded.forms["301"])
        assert form is not None
        return form.state


def words(district: District, userid: str) -> str:
    """All that somebody has been shown."""
    return "\n".join(bubble.words() for bubble in district.bubbles(userid))


def send_in(district: District) -> None:
    """送审, and once more where materials that are missing are to be confirmed."""
    district.say(CONTACT, "送审")
    if state(district) == "drafting":
        district.say(CONTACT, "送审")
    assert state(district) == "in_review"


def test_two_indicators_come_back_and_go_on(filled: District) -> None:
    send_in(filled)
    filled.say(REVIEWER, "退回 C1-2 三公经费对不上；B3-1 合同少了")
    assert state(filled) == "in_review"
    filled.press(REVIEWER, "退回这2处")
    assert state(filled) == "drafting"
    assert "C1-2 公用经费控制率：三公经费对不上" in words(filled, CONTACT)

    filled.say(CONTACT, "继续")
    assert "退回的第1处（共2处）" in filled.newest(CONTACT).words() + words(filled, CONTACT)
    filled.say(CONTACT, "财政拨款收入合计改成1万元")
    assert "这次只退回了" in filled.newest(CONTACT).words()
    filled.say(CONTACT, "“三公”经费实际支出数改成2.2万元")
    filled.say(CONTACT, "改好了")
    filled.say(CONTACT, "没问题，合同另行提交")
    send_in(filled)
    told = words(filled, REVIEWER)
    assert "合同少了（答复：合同另行提交）" in told
    assert "2.1万元 → 2.2万元" in told
    filled.press(REVIEWER, "通过")
    assert state(filled) == "delivered"

    filled.say(FINANCE, "退回 C1-2 口径")
    filled.say(FINANCE, "是")
    assert state(filled) == "drafting"
    with filled.services.database.read() as tx:
        ((point, name),) = returned.latest(tx, filled.loaded.forms["301"])
    assert (point.indicator, point.words, name) == ("C1-2", "口径", "吴衡")
    assert filled.complaints("dropped", "cut", "bad_reply", "retry", "undelivered") == []


def test_a_contradiction_is_let_pass_and_finance_reads_why(filled: District) -> None:
    filled.say(CONTACT, "一般公共预算财政拨款收入改成3000万元")
    filled.say(CONTACT, "送审")
    assert state(filled) == "drafting"
    filled.press(CONTACT, "请领导放行")
    assert "3000万元" in words(filled, COORDINATOR)
    filled.press(COORDINATOR, "放行")
    filled.say(COORDINATOR, "决算口径不同")
    with filled.services.database.read() as tx:
        (kept,) = waivers.of_form(tx, filled.loaded.forms["301"])
    assert (kept.by, kept.reason) == (COORDINATOR, "决算口径不同")
    assert "周宁放行了" in words(filled, CONTACT)
    send_in(filled)
    filled.press(REVIEWER, "通过")
    assert "周宁放行：决算口径不同" in words(filled, FINANCE)


def test_a_reviewer_lets_pass_in_words(filled: District) -> None:
    filled.say(CONTACT, "一般公共预算财政拨款收入改成3000万元")
    assert "相差" in filled.say(REVIEWER, "放行 科工商务局")[-1].words() + words(filled, REVIEWER)
    filled.say(REVIEWER, "放行 1 决算口径不同")
    filled.press(REVIEWER, "放行")
    send_in(filled)
