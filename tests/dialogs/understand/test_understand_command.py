"""Commands in words."""

from __future__ import annotations

import pytest

from dialogs.understand.asking import asked_in_words
from dialogs.understand.command import LAST, SPELLINGS, Command, read_command, split_end
from dialogs.understand.plain_text import narrow
from dialogs.understand.tail import split_tail


@pytest.mark.parametrize("name", sorted(SPELLINGS))
def test_every_spelling_is_read_as_its_own_command(name: str) -> None:
    assert {read_command(word) for word in SPELLINGS[name]} == {Command(name)}


def test_no_spelling_stands_for_two_commands() -> None:
    words = [narrow(word).lower() for spelled in SPELLINGS.values() for word in spelled]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("帮助！", Command("help")),
        ("　帮助。", Command("help")),
        ("修改 12", Command("edit", "12")),
        ("修改第12题", Command("edit", "12")),
        ("我要改实际采购金额", Command("edit", "实际采购金额")),
        ("把实际采购金额改成98.5万元", Command("set", "实际采购金额", "98.5万元")),
        ("实际采购金额应该是98.5万元，不是98.31万元", Command("set", "实际采购金额", "98.5万元")),
        ("98.31万元改成98.5万元", Command("set", "98.31万元", "98.5万元")),
        ("不对，应该是3", Command("set", LAST, "3")),
        ("刚才的改成3个", Command("set", LAST, "3个")),
        ("填错了，是3", Command("set", LAST, "3")),
        ("删 3", Command("delete", "3")),
        ("删除第3条", Command("delete", "3")),
        ("不适用", Command("na")),
        ("不适用，没有采购", Command("na", "", "没有采购")),
        ("退回 数不对", Command("send_back", "", "数不对")),
        ("退回", Command("send_back")),
        ("不知道，问财务", Command("unknown", "财务")),
        ("不清楚要问一下李会计", Command("unknown", "李会计")),
        ("问财务", Command("unknown", "财务")),
        ("这题先跳过，要问财务", Command("skip", "", "要问财务")),
        ("跳过吧没时间", Command("skip", "", "没时间")),
        ("采购金额不是98.31是98.5万", Command("set", "采购金额", "98.5万")),
        ("98.31万写错了应该是98.5万", Command("set", "98.31万", "98.5万")),
        ("采购的数不对，实际是98.5万", Command("set", "采购实际", "98.5万")),
        ("98.31→98.5", Command("set", "98.31", "98.5")),
        ("更正：计划100万", Command("set", "计划", "100万")),
        ("改成98.5万", Command("set", LAST, "98.5万")),
        ("第10题是去年的数", Command("edit", "10", "去年的数")),
        ("改一下刚才那个", Command("edit", LAST)),
        ("采购那题填错了", Command("edit", "采购")),
        ("第八题重新填", Command("edit", "八")),
        ("资产这块让何穗来填", Command("delegate", "资产", "何穗")),
        ("这题给小王", Command("delegate", "", "小王")),
        ("三公经费怎么算分", Command("why", "三公经费")),
        ("租金填的是多少", Command("shown", "租金")),
    ],
)
def test_a_command_is_read(text: str, command: Command) -> None:
    assert read_command(text) == command


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2587.01万元",
        "ABD",
        "承办其他事项",
        "问题整改不够及时",
        "问计于民",
        "继续推进各项工作",
        "帮助企业解决困难",
        "改革开放以来",
        "组织学习为什么要开展绩效评价",
        "提交区政府常务会议审议",
        "把资金拨付给企业",
        "让基层减负",
        "没有，下一题",
        "应该是98.5万",
        "100万，98.31万，另外第30题改成2",
        "长" * 200,
    ],
)
def test_an_answer_is_no_command(text: str) -> None:
    assert read_command(text) is None


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("甲\n乙\n完", ("甲\n乙", True)),
        ("甲\n没有了。", ("甲", True)),
        ("甲\n乙", ("甲\n乙", False)),
        ("完", ("完", False)),
    ],
)
def test_the_end_of_a_list(text: str, parts: tuple[str, bool]) -> None:
    assert split_end(text) == parts


@pytest.mark.timeout(30)  # an expression that runs wild would take years
@pytest.mark.parametrize(
    "text", ["啊" * 24, "我" * 118, "嗯" * 60, "不对，" * 30, "填错了" * 30, "，" * 118]
)
def test_repetition_is_read_as_fast_as_anything(text: str) -> None:
    assert read_command(text) is None or asked_in_words(text) is None


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("98.31万，下一题", ("98.31万", "skip")),
        ("没有。还差几题？", ("没有", "progress")),
        ("100万 98.31万，现在多少分", ("100万 98.31万", "score")),
        ("98.31万元，这个要含税吗？", None),
        ("98.5万元，刚才写错了", None),
    ],
)
def test_a_command_behind_an_answer(text: str, parts: tuple[str, str] | None) -> None:
    split = split_tail(text)
    assert (split and (split[0], split[1].name)) == parts


def test_in_prose_only_a_clear_question_is_one_behind_an_answer() -> None:
    assert split_tail("一是抓规划，二是抓公开，进度", prose=True) is None
    assert split_tail("一是抓规划，跳过", prose=True) is None
    assert split_tail("一是抓规划。还差几题？", prose=True) is not None
