"""Cleaning, mentions, asides and repeats."""

from __future__ import annotations

import pytest

from dialogs.understand.aside import split_aside
from dialogs.understand.mention import bare, question_number, without_old_figure
from dialogs.understand.plain_text import clean, narrow, without_mark
from dialogs.understand.repeated import digest, is_telling


def test_what_cannot_be_seen_is_dropped() -> None:
    assert clean("\u200b 甲\x00\r\n乙\u3000") == "甲\n乙"
    assert narrow("（ＡＢＣ）：１２％") == "(ABC):12%"


@pytest.mark.parametrize(
    ("line", "without"),
    [
        ("（3）做好", "做好"),
        ("3、做好", "做好"),
        ("①做好", "做好"),
        ("3.5万元", "3.5万元"),
        ("2021年任务", "2021年任务"),
    ],
)
def test_marks_of_lists(line: str, without: str) -> None:
    assert without_mark(line) == without


@pytest.mark.parametrize(
    ("said", "number"),
    [("12", 12), ("第12题", 12), ("【12】", 12), ("12345", None), ("采购", None)],
)
def test_numbers_of_questions(said: str, number: int | None) -> None:
    assert question_number(said) == number


def test_names_without_quotes_and_figures() -> None:
    assert bare("“实际采购金额”的") == "实际采购金额"
    assert without_old_figure("满意度从96.5%") == "满意度"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("98万元，要含税吗？", ("98万元", "要含税吗？")),
        ("ABD 为什么没有F?", ("ABD", "为什么没有F?")),
        ("98万元", ("98万元", "")),
        ("要含税吗？", ("要含税吗？", "")),
    ],
)
def test_a_question_behind_an_answer(text: str, parts: tuple[str, str]) -> None:
    assert split_aside(text) == parts


def test_a_message_is_known_again_whatever_its_width() -> None:
    assert digest("２５８７.01") == digest(" 2587.01")
    assert digest("2587.01") != digest("2587.02")
    assert len(digest("\ud800")) == 16


@pytest.mark.parametrize(
    ("text", "telling"),
    [
        ("2587.01 2249.57", True),
        ("98.5", True),
        ("全年围绕中心工作开展。", True),
        ("是", False),
        ("0 0", False),
        ("ABCDE", False),
        ("100", False),
        ("没有", False),
    ],
)
def test_only_telling_messages_are_noticed_when_they_come_again(text: str, telling: bool) -> None:
    assert is_telling(text) is telling
