"""What people say about a text while they write it."""

from __future__ import annotations

import pytest

from dialogs.understand.text_edit import Edit, perhaps_more, read_edit, sentences

EDITS = {
    "看全文": Edit("whole"),
    "看一下全文": Edit("whole"),
    "我写的全文": Edit("whole"),
    "重写": Edit("instead"),
    "全部重写一遍": Edit("instead"),
    "替换：甲。": Edit("instead", "甲。"),
    "重写\n甲。": Edit("instead", "甲。"),
    "接着写": Edit("more"),
    "接着写：甲。": Edit("more", "甲。"),
    "补充:甲。": Edit("more", "甲。"),
    "续：甲。": Edit("more", "甲。"),
    "接上条，甲。": Edit("more", "甲。"),
    "再补充一句：甲。": Edit("more", "甲。"),
    "接在后面": Edit("after"),
    "加到原来的后面": Edit("after"),
    "删最后一段": Edit("drop"),
    "最后一段不要了": Edit("drop"),
    "删第2段": Edit("drop", number=2),
    "请把第十二段删掉": Edit("drop", number=12),
    "删掉最后一句": Edit("drop", unit="sentence"),
    "删掉“甲乙丙”这句": Edit("cut", old="甲乙丙"),
    "“甲乙丙”这句删掉吧": Edit("cut", old="甲乙丙"),
    "把“甲”改成“乙”": Edit("swap", old="甲", new="乙"),
    "“甲”换成“乙”。": Edit("swap", old="甲", new="乙"),
    '把"甲"改成乙': Edit("swap", old="甲", new="乙"),
    "把「甲」都改为「乙」": Edit("swap", old="甲", new="乙", all=True),
    "把人工统计改为系统统计": Edit("swap", old="人工统计", new="系统统计", sure=False),
}
PROSE = (
    "提交材料方面：进一步规范。",
    "补充完善了各项制度。",
    "接着，我们开展了走访活动。",
    "续建项目3个，新建项目2个。",
    "替换老旧设备30台。",
    "重写了管理办法，印发执行。",
    "加强预算管理。",
    "删减不必要的支出。",
    "换成了新的系统，运行平稳。",
    "最后一批资金已经下达。",
    "全文公开了部门预算。",
)


@pytest.mark.parametrize("text", EDITS)
def test_a_change_is_read(text: str) -> None:
    assert read_edit(text) == EDITS[text]


@pytest.mark.parametrize("text", PROSE)
def test_prose_that_begins_like_a_change_is_none(text: str) -> None:
    assert read_edit(text) is None


@pytest.mark.timeout(30)  # an expression that runs wild would take years
def test_long_and_odd_messages_are_read_at_once() -> None:
    for text in ("那就" * 3000, "“" * 3000, "把“" + "甲" * 3000, "长，" * 3000, "删第" * 2000):
        read_edit(text)
        perhaps_more(text)


@pytest.mark.parametrize("text", ["甲。乙；丙\n丁", "甲", "。。", "甲！”乙", ""])
def test_sentences_are_the_whole_text(text: str) -> None:
    assert "".join(sentences(text)) == text
