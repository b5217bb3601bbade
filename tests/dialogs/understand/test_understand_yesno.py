"""Yes, no and neither."""

from __future__ import annotations

import pytest

from dialogs.understand.reading import Ask, Got
from dialogs.understand.yesno import read_yesno, says_yes


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


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("有，不多", True),
        ("有的，今年6月做过一次", True),
        ("没有，我们单位没有店铺", False),
        ("好的，没有", False),
    ],
)
def test_what_is_said_behind_it_takes_nothing_back(text: str, meant: bool) -> None:
    assert read_yesno(text) == Got(meant)


@pytest.mark.parametrize(
    "text",
    ["有，没做", "没有，有一个", "及时，就是晚了几天", "有，98.31万元", "没有问题", "符合标准"],
)
def test_what_takes_it_back_or_says_more_is_asked(text: str) -> None:
    assert isinstance(read_yesno(text), Ask)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("好的", True),
        ("没问题", True),
        ("是的，没错", True),
        ("不用了，没有", None),
        ("没有", False),
        ("是，把采购改成98万", None),
        ("有的，今年6月做过一次", None),
    ],
)
def test_a_suggestion_is_agreed_to_by_a_plain_yes_only(text: str, meant: bool | None) -> None:
    assert says_yes(text) is meant


@pytest.mark.parametrize("text", ["有" * 5000, "没有，" * 300, "不" * 39])
def test_long_repetitions_end(text: str) -> None:
    read_yesno(text)
