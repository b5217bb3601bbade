"""Commands in words."""

from __future__ import annotations

import pytest

from dialogs.understand.command import LAST, SPELLINGS, Command, read_command, split_end
from dialogs.understand.plain_text import narrow


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
