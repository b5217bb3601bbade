"""Yes, no and neither."""

from __future__ import annotations

import pytest

from dialogs.understand.reading import Ask, Got
from dialogs.understand.yesno import read_yesno


@pytest.mark.parametrize(
    "text",
    ["是", "是的。", "有", "有的", "做过了", "嗯", "对", "OK", "Yes", "1", "A", "√", "都及时"],
)
def test_yes(text: str) -> None:
    assert read_yesno(text) == Got(True)


@pytest.mark.parametrize(
    "text", ["否", "没有", "没有的", "没有超过", "不是", "未", "No", "2", "B", "没做过"]
)
def test_no(text: str) -> None:
    assert read_yesno(text) == Got(False)


@pytest.mark.parametrize(
    "text", ["应该有吧", "有吧", "没有吧", "可能", "不一定", "部分是", "", "。", "是不是", "有没有"]
)
def test_anything_hedged_is_asked(text: str) -> None:
    got = read_yesno(text)
    assert isinstance(got, Ask)
    assert got.code == "ask_yesno"
