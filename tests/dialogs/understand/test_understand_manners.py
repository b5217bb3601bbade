"""What is taken off around an answer, and what is never taken off."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.understand.manners import without_manners
from dialogs.understand.plain_text import clean, narrow, simple
from dialogs.understand.simplified import simplified


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("有的呀！！谢谢😂", "有的"),
        ("您好，没有", "没有"),
        ("答：ABD", "ABD"),
        ("填98万", "98万"),
        ("98.5万哈", "98.5万"),
        ("今天👌", "今天"),
        ("“2022-05-27”", "2022-05-27"),
        ("有[捂脸]", "有"),
        ("[OK]", "👌"),
    ],
)
def test_manners_are_taken_off(text: str, left: str) -> None:
    assert without_manners(text) == left


@pytest.mark.parametrize(
    "text",
    ["有吗?", "有吧", "90%以上", "-5", "嗯", "谢谢", "填报日期", "没有嘛", "(A)", "结果公开了"],
)
def test_what_may_mean_something_stays(text: str) -> None:
    assert without_manners(text) == text


@pytest.mark.parametrize("text", ["有🤔", "有❓", "有[疑问]", "有？？"])
def test_a_face_in_doubt_is_a_question_mark(text: str) -> None:
    assert without_manners(text) == "有?"


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.text(max_size=60))
def test_any_text_is_survived_and_once_is_enough(text: str) -> None:
    once = without_manners(text)
    assert without_manners(once) == once


def test_traditional_characters_are_read_as_simplified_ones() -> None:
    assert simplified("沒有，後天，禮拜五，貳拾柒萬，幹部") == "没有，后天，礼拜五，贰拾柒万，干部"
    assert simple("沒有　１００％") == "没有 100%"


def test_what_is_kept_stays_traditional() -> None:
    assert clean("沒有資產") == "沒有資產"
    assert narrow("沒有資產") == "沒有資產"


def test_marks_of_direction_are_no_part_of_a_text() -> None:
    assert clean("\u202d13800138000\u202c") == "13800138000"
