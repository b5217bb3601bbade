"""Whether a message can be a piece of a text, and whether it ends it."""

from __future__ import annotations

import pytest

from dialogs.understand.text_piece import (
    asks_length,
    chosen_in_words,
    is_end,
    is_prose,
    looks_cut,
    oddity,
    split_text_end,
)

ENDED = {
    "甲。\n完": "甲。",
    "甲。\n\n写完了。": "甲。",
    "甲。 完": "甲。",
    "甲。完": "甲。",
    "甲 完": "甲",
    "甲，就这些": "甲",
    "一、甲；\n二、乙。\n没有了": "一、甲；\n二、乙。",
}
OPEN = ("全部做完", "任务完毕", "项目 结束", "已经好了", "甲。\n完成任务", "完善制度", "甲\n乙")
ODD = {
    "98.31万元": "figure",
    "九十八万元": "figure",
    "98.31": "figure",
    "百分之九十八": "figure",
    "2022年5月20日": "figure",
    "ABD": "figure",
    "100万 98.31万": "figure",
    "没有": "nothing",
    "暂无": "nothing",
    "/": "nothing",
    "甲\t1\t2\n乙\t3\t4": "table",
    "。。。": "short",
    "😀😀": "short",
}


@pytest.mark.parametrize("text", ENDED)
def test_an_end_is_taken_off(text: str) -> None:
    assert split_text_end(text) == (ENDED[text], True)


@pytest.mark.parametrize("text", OPEN)
def test_words_of_a_sentence_end_nothing(text: str) -> None:
    assert split_text_end(text) == (text, False)


@pytest.mark.parametrize("text", ODD)
def test_what_is_hardly_text_is_told(text: str) -> None:
    assert oddity(text, is_long=False) == ODD[text]


@pytest.mark.parametrize(
    "text", ["持平", "已完成", "无变化，与上年持平", "一正三副", "2021年完成5项"]
)
def test_short_words_are_text_where_a_short_one_is_wanted(text: str) -> None:
    assert oddity(text, is_long=False) == ""


def test_three_characters_are_too_short_for_a_long_text() -> None:
    assert oddity("做得好", is_long=True) == "short"
    assert oddity("做得好，没问题", is_long=True) == ""


def test_a_message_at_the_limit_looks_cut_unless_a_sentence_ends_there() -> None:
    assert looks_cut("长" * 682)
    assert not looks_cut("长" * 681 + "。")
    assert not looks_cut("长" * 700)
    assert not looks_cut("长" * 300)


def test_ends_questions_and_choices() -> None:
    assert is_end("写完了！")
    assert not is_end("完成了")
    assert asks_length("最多写几百字？")
    assert not asks_length("要写全称吗？")
    assert chosen_in_words("用我的。", ("mine",)) == "mine"
    assert chosen_in_words("用我的", ("after",)) == ""


def test_what_goes_on_behind_the_word_of_a_command_is_prose() -> None:
    assert is_prose("退回上年多拨资金，重新安排使用，已经全部到位。", "send_back")
    assert is_prose("第一，加强管理，提高效益，做好服务。", "unknown")
    assert not is_prose("不知道，问财务", "unknown")
    assert not is_prose("不适用", "na")
