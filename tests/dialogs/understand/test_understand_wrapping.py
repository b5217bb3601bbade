"""What is said around a figure, and what makes a figure uncertain."""

from __future__ import annotations

import pytest

from dialogs.understand.doubts import doubt_of, figures
from dialogs.understand.wrapping import unwrap


@pytest.mark.parametrize(
    ("text", "core", "about"),
    [
        ("您好，一共是98万元，谢谢！", "98万元", False),
        ("差不多98万左右的样子", "98万", True),
        ("~98万", "98万", True),
        ("98 万 元", "98万元", False),
        ("98 50万", "98 50万", False),
        ("不到98万", "不到98万", False),
        ("98万多", "98万多", False),
        ("没有了", "没有了", False),
        ("没有。", "没有", False),
        ("約98萬，謝謝", "98万", True),
    ],
)
def test_only_what_changes_nothing_is_taken_off(text: str, core: str, about: bool) -> None:
    typed = unwrap(text)
    assert typed is not None
    assert (typed.core, typed.about) == (core, about)


@pytest.mark.parametrize("text", ["", " ", "10²", "①", "字" * 81, "字" * 10_000])
def test_what_can_hold_no_figure(text: str) -> None:
    assert unwrap(text) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("98万", ""),
        ("-5", "negative"),
        ("负五", "negative"),
        ("3+2", "sum"),
        ("98到100", "range"),
        ("0753-2345678", "two"),
        ("98、99", "two"),
        ("不到98", "exact"),
        ("98多", "exact"),
        ("98吗", "hedged"),
    ],
)
def test_why_a_figure_is_uncertain(text: str, name: str) -> None:
    typed = unwrap(text)
    assert typed is not None
    assert doubt_of(typed) == name


def test_words_such_as_all_in_all_are_no_figures() -> None:
    assert figures("一共十分感谢，98.31万，一百") == ["98.31万", "一百"]
