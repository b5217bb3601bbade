"""A form's way from the contact to finance and back, with the real desks, documents and worker.

Only the interview is a stand-in of two commands: what it asks is not what is looked at here.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from dialogs.bubbles import Words
from dialogs.case import Case
from dialogs.effects import SendIn, Withdraw
from dialogs.events import Event, Said
from dialogs.states import State
from dialogs.step import Step
from emulator.faults import Fault
from storage import deliveries, forms
from tests.e2e.conftest import fill_in

CONTACT, REVIEWER, COORDINATOR, FINANCE = "chenyu", "linfan", "zhouning", "wuheng"
District = Make = Any  # the types of conftest.py, which can't be imported


def two_commands(state: State, event: Event, case: Case, now: datetime) -> Step:
    """Sends in at 送审, takes back at 撤回."""
    effect = {Said("送审"): SendIn(), Said("撤回"): Withdraw()}[event]  # type: ignore[index]
    return Step(state, (effect,), (Words("好的"),))


@pytest.fixture
def district(make_district: Make) -> District:
    return make_district(machine=two_commands)


@pytest.fixture
def filled(district: District) -> District:
    """The reference case, filled in before the talk begins."""
    return fill_in(district)


def state(district: District) -> str:
    with district.services.database.read() as tx:
        form = forms.get(tx, district.loaded.forms["301"])
        assert form is not None
        return form.state


def kinds(bubbles: list[Any]) -> list[str]:
    return [bubble.content.get("card_type", bubble.kind) for bubble in bubbles]


def test_from_the_contact_to_finance_and_accepted(filled: District) -> None:
    filled.say(CONTACT, "送审")
    assert state(filled) == "in_review"
    assert kinds(filled.bubbles(REVIEWER))[-2:] == ["button_interaction", "image"]

    (noted,) = filled.press(REVIEWER, "通过")
    assert noted.kind == "text"
    assert state(filled) == "delivered"
    names = [b.content["name"] for b in filled.bubbles(FINANCE) if b.kind == "file"]
    assert names == [
        "梅州市梅江区科工商务局2021年度部门整体绩效自评报告（第1版）.docx",
        "梅州市梅江区科工商务局2021年度部门整体绩效评分表（第1版）.xlsx",
        "梅州市梅江区科工商务局2021年度部门整体绩效自评报送函（第1版）.docx",
        "梅州市梅江区科工商务局2021年度部门整体绩效佐证材料目录（第1版）.docx",
    ]
    assert kinds(filled.bubbles(FINANCE))[-3:] == ["file", "file", "button_interaction"]

    filled.press(FINANCE, "接收")
    assert state(filled) == "accepted"
    assert "接收" in filled.newest(CONTACT).words()
    assert filled.complaints("dropped", "cut", "bad_reply", "retry", "undelivered") == []


def test_sent_back_with_words_corrected_and_delivered_as_the_next_version(
    filled: District,
) -> None:
    filled.say(CONTACT, "送审")
    filled.press(REVIEWER, "退回")
    filled.say(REVIEWER, "联系电话请核对")
    assert state(filled) == "drafting"
    assert "联系电话请核对" in filled.newest(CONTACT).words()

    filled.say(CONTACT, "送审")
    filled.press(REVIEWER, "通过")
    filled.press(FINANCE, "退回")
    filled.say(FINANCE, "附件少一张表")
    assert state(filled) == "drafting"

    filled.say(CONTACT, "送审")
    filled.press(REVIEWER, "通过")
    assert state(filled) == "delivered"
    names = [b.content["name"] for b in filled.bubbles(FINANCE) if b.kind == "file"]
    assert any("第2版" in name for name in names)
    with filled.services.database.read() as tx:
        form_id = filled.loaded.forms["301"]
        assert [d.version for d in deliveries.of_form(tx, form_id)] == [1, 2]
        acts = [event.act for event in forms.events(tx, form_id)]
    assert acts == [
        *("send_in", "send_back", "send_in", "approve", "deliver", "return_form"),
        *("send_in", "approve", "deliver"),
    ]


def test_a_form_in_review_is_withdrawn_and_its_card_no_longer_approves(filled: District) -> None:
    filled.say(CONTACT, "送审")
    filled.say(CONTACT, "撤回")
    assert state(filled) == "drafting"
    assert filled.open_cards(REVIEWER) == []


def test_an_answer_lost_on_the_way_out_arrives_once(filled: District) -> None:
    """The service takes the message and the connection breaks before its answer."""
    filled.world.faults.add(
        Fault.model_validate({"where": "api", "kind": "reset_after", "path": "message/send"})
    )
    filled.say(CONTACT, "送审")
    cards = [b for b in filled.bubbles(REVIEWER) if b.kind == "template_card"]
    assert len(cards) == 1


def test_an_unfinished_form_is_not_sent_in(district: District) -> None:
    district.say(CONTACT, "送审")
    assert state(district) == "drafting"
    assert district.bubbles(REVIEWER) == []
