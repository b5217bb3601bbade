"""Pieces of a long text: how they go together, what is taken back, how they live on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.case import Person, Role
from dialogs.states import load_state
from dialogs.succession import briefing
from dialogs.texts.pieces import base_of, begun, changed, goes_on, rebased, text_of, without_last
from dialogs.texts.writing import parted
from dialogs.understand.plain_text import clean

Conversation = Any  # of conftest.py, which can't be imported
Converse = Callable[..., Conversation]
TEXTS = Person("chenyu", "陈宇", frozenset({Role.CONTACT}), text_only=True)
BASE = "0123456789ab"
MESSAGE_BYTES = 1900


@pytest.fixture
def talk(converse: Converse) -> Conversation:
    found = converse({"next_steps": None}, "reference-case.yaml", person=TEXTS)
    found.open()
    return found


def test_a_message_that_was_cut_off_goes_on_in_the_same_line() -> None:
    assert text_of(("长" * 682, "尾。", "另段。")) == "长" * 682 + "尾。\n另段。"


def test_what_a_text_begins_with_is_known() -> None:
    over, after = begun(BASE), begun(BASE, "甲", after=True)
    assert (base_of(over), goes_on(over)) == (BASE, False)
    assert (base_of(after), goes_on(after), text_of(after)) == (BASE, True, "甲")
    assert (begun(""), base_of(("乙",))) == ((), "")
    assert text_of(rebased((*over, "乙"), "x" * 12, "甲", after=True)) == "甲\n乙"


@given(st.lists(st.text().map(clean).filter(bool), min_size=1, max_size=6), st.booleans())
def test_taking_back_gives_exactly_what_was_before(typed: list[str], after: bool) -> None:
    parts = begun(BASE, "甲", after=after)
    seen = []
    for n, piece in enumerate(typed):
        seen.append(parts)
        parts = changed(parts, piece) if n % 3 == 2 else (*parts, piece)
    for before in reversed(seen[1:]):
        parts = without_last(parts)
        assert parts == before
    assert without_last(parts) == ()


@given(st.text(max_size=3000))
def test_a_text_in_parts_is_whole_and_every_part_fits(text: str) -> None:
    parts = parted(text, 300)
    assert "".join(parts).replace("\n", "") == text.replace("\n", "")
    assert all(len(part.encode("utf-8", "surrogatepass")) <= 300 for part in parts)


def test_a_message_that_was_cut_is_noticed(talk: Conversation) -> None:
    assert "好像没发完" in talk.say("推进重点项目" * 113 + "推进重点")
    assert "好像没发完" not in talk.say("建设，抓好落实。")
    talk.say("完")
    assert talk.answers["next_steps"].value == "推进重点项目" * 113 + "推进重点建设，抓好落实。"


def test_a_text_of_a_row_that_was_cut_waits_for_the_rest(converse: Converse) -> None:
    rows = [{"title": "预算评估难"}, {"title": "项目周期长"}]
    talk = converse({"problems": rows}, "reference-case.yaml", person=TEXTS)
    talk.open()
    assert "好像没发完" in talk.say("上级资金多在年中追加" * 68)
    assert talk.effects == []
    assert "送审前先把这段收好" in talk.say("送审")
    talk.say("，难以评估。完")
    assert talk.answers["problems"].plain()[0]["text"].endswith("追加，难以评估。")
    assert talk.item.key == "problems.1.text"


def test_the_whole_text_comes_in_parts_that_fit(talk: Conversation) -> None:
    for n in range(5):
        talk.say(f"第{n}段。" + "做好各项工作，取得新的成效。" * 40)
    talk.say("看全文")
    sizes = [len(bubble.text.encode()) for bubble in talk.steps[-1].bubbles]
    assert len(sizes) > 2
    assert max(sizes) <= MESSAGE_BYTES
    assert talk.reply.count("做好各项工作") == 200


def test_a_text_over_the_limit_is_kept_and_can_be_trimmed(talk: Conversation) -> None:
    paragraph = "做好各项工作，取得新的成效。" * 48
    for n in range(7):
        reply = talk.say(f"第{n}段。{paragraph}")
    assert "超了" in reply
    assert "最多4000字" in talk.say("完")
    assert talk.effects == []
    talk.say("删最后一段")
    talk.say("删第1段")
    talk.say("完")
    assert talk.effects == ["RecordAnswer"]
    assert talk.answers["next_steps"].value.startswith("第1段。")


def test_far_too_much_is_not_kept_in_the_state(talk: Conversation) -> None:
    for n in range(60):
        talk.say(f"第{n}段。" + "做好各项工作，取得新的成效。" * 45)
    assert "没有收" in talk.reply
    assert len(talk.stored) < 60_000


def test_a_half_said_text_is_told_to_a_successor(talk: Conversation) -> None:
    talk.say("坚持稳中求进，抓好项目。")
    (words,) = briefing(talk.talk, predecessor="陈宇")
    assert "下一步工作计划（12字）" in words.text
    talk.person = replace(TEXTS, userid="hesui", name="何穗")
    assert "您上次写了12字" in talk.open()


def test_pieces_are_stored_with_the_state(talk: Conversation) -> None:
    talk.say("坚持稳中求进，抓好项目。")
    assert load_state(talk.stored).texts == {"next_steps": ("坚持稳中求进，抓好项目。",)}


def test_a_marking_over_two_pieces_leaves_nothing(talk: Conversation) -> None:
    talk.say("坚持稳中求进，本件为机")
    assert load_state(talk.stored).texts
    assert "稳中求进" not in talk.say("密★1年。注意保管。")
    assert not load_state(talk.stored).texts
    assert "稳中求进" not in (talk.stored or "")
