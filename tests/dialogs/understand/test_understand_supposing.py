"""Suppositions and questions about the history, in people's own words; and what is neither."""

from __future__ import annotations

import pytest

from dialogs.understand.command import read_command
from dialogs.understand.recalling import HERE, read_recall
from dialogs.understand.supposing import asks_outcome, read_supposition

SUPPOSED = {
    "如果执行率到100%会怎样": [("执行率", "100%")],
    "如果实际采购金额是100万呢": [("实际采购金额", "100万")],
    "要是B3-1满分呢": [("B3-1", "满分")],
    "假如重点工作都完成了": [("重点工作", "都完成了")],
    "如果执行率100%、公开都及时": [("执行率", "100%"), ("公开", "都及时")],
    "执行率做到100%能得多少分": [("执行率", "100%")],
    "实际采购金额改成100万的话能得几分": [("实际采购金额", "100万")],
    "如果第12题改成2会怎么样": [("第12题", "2")],
    "假设没有采购": [("采购", "没有")],
    "执行率要是100%呢": [("执行率", "100%")],
    "若采购执行率达到100%，则总分多少": [("采购执行率", "100%")],
    "如果12345工单按时办结420件呢": [("12345工单按时办结", "420件")],
    "如果实际采购金额是1,000,000元呢": [("实际采购金额", "1,000,000元")],
    "如果采购合规性选A、B、C会怎样": [("采购合规性", "A、B、C")],
    "如果都满分": [("", "都满分")],
    "如果B3-1拿满分、C2-1也满分，总分是多少": [("B3-1", "拿满分"), ("C2-1", "也满分")],
    "如果执行率100% 公开都及时 会怎样": [("执行率", "100%"), ("公开", "都及时")],
    "如果實際": None,
    "如果我明天交呢": [],
    "如果没有发票怎么办": None,
    "如果": None,
    "执行率100%": None,
    "现在多少分": None,
    "为什么扣分": None,
    "把实际采购金额改成98.5万元": None,
    "98.31万元": None,
    "如果上级资金提前下达，执行率会更高。": None,
    "完善机制，如果资金到位就加快支付进度，确保全年目标任务圆满完成，推动各项工作再上新台阶，为经济社会发展作出更大贡献。": None,
}

RECALLED = {
    "谁改过": HERE,
    "谁填的": HERE,
    "这个数谁填的": HERE,
    "什么时候改的": HERE,
    "采购金额改过几次": "采购金额",
    "实际采购金额是谁改的？": "实际采购金额",
    "第12题谁填的": "第12题",
    "B3-1谁什么时候改的": "B3-1",
    "谁改了采购金额": "采购金额",
    "谁把采购金额改了": "采购金额",
    "采购金额原来填的多少": "采购金额",
    "修改记录": "",
    "看看修改记录": "",
    "最近改了什么": "",
    "采购金额的修改记录": "采购金额",
    "这题问谁": None,
    "谁来填": None,
    "谁填": None,
    "去年填的是多少": None,
    "修改 采购金额": None,
    "办公室": None,
    "98.31万元": None,
}


def test_what_is_supposed() -> None:
    read = {
        text: None
        if (found := read_supposition(text)) is None
        else [(s.target, s.value) for s in found]
        for text in SUPPOSED
    }
    assert read == SUPPOSED


def test_what_is_asked_of_the_history() -> None:
    assert {text: read_recall(text) for text in RECALLED} == RECALLED


def test_both_are_commands() -> None:
    names = {text: read_command(text) for text in (*SUPPOSED, *RECALLED)}
    for text, found in SUPPOSED.items():
        assert (names[text] is not None and names[text].name == "whatif") is (found is not None), (
            text
        )
    for text, target in RECALLED.items():
        assert (names[text] is not None and names[text].name == "history") is (
            target is not None
        ), text


@pytest.mark.parametrize("text", ["如果" + "啊" * 5000, "如果" + "、" * 80, "谁" * 39])
def test_strange_words_take_no_time(text: str) -> None:
    assert read_supposition(text) in (None, ())
    assert read_recall(text) is None
    assert not asks_outcome("如果" + "啊" * 50)
