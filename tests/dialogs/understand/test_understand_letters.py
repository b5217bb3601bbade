"""Which options are meant."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.understand.letters import read_letters, says_none
from dialogs.understand.reading import Ask, Got


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("ABD", "ABD"),
        ("abd", "ABD"),
        ("Ａ、Ｂ、Ｄ", "ABD"),
        ("a b d", "ABD"),
        ("A和C", "AC"),
        ("选AB", "AB"),
        ("DBA", "ABD"),
        ("A到C", "ABC"),
        ("A-C", "ABC"),
        ("A-C、E", "ABCE"),
        ("1、3", "AC"),
        ("①③", "AC"),
        ("第1项", "A"),
        ("前两项", "AB"),
        ("前3项", "ABC"),
        ("全部", "ABCDE"),
        ("都做到了。", "ABCDE"),
        ("除了E都是", "ABCD"),
        ("除E外都做到了", "ABCD"),
        ("只差E", "ABCD"),
        ("E没有", "ABCD"),
        ("B、E没做到", "ACD"),
        ("都没有", ""),
        ("没有", ""),
        ("一项都没有", ""),
    ],
)
def test_options_are_found(text: str, meant: str) -> None:
    assert read_letters(text, "ABCDE") == Got(tuple(meant))


@pytest.mark.parametrize(
    "text", ["F", "AZ", "6", "0", "大部分", "除了", "除了F都是", "", "第9项", "好像AB"]
)
def test_what_is_unclear_is_asked(text: str) -> None:
    got = read_letters(text, "ABCDE")
    assert isinstance(got, Ask)
    assert got.code == "ask_letters"


@pytest.mark.parametrize(
    ("text", "meant"),
    [("除了3", "124"), ("3没按时", "124"), ("1到3", "123"), ("都是", "1234"), ("2、4", "24")],
)
def test_numbers_of_rows(text: str, meant: str) -> None:
    assert read_letters(text, ["1", "2", "3", "4"]) == Got(tuple(meant))


def test_two_figures_are_one_number() -> None:
    options = [str(n) for n in range(1, 13)]
    assert read_letters("除了12", options) == Got(tuple(options[:11]))


@settings(derandomize=True, deadline=None)
@given(st.sets(st.sampled_from("ABCDE"), min_size=1), st.sampled_from(["", "、", " ", "，", "和"]))
def test_any_letters_in_any_writing(letters: set[str], between: str) -> None:
    assert read_letters(between.join(sorted(letters)), "ABCDE") == Got(tuple(sorted(letters)))


@pytest.mark.parametrize(
    ("text", "none"), [("没有。", True), ("无", True), ("没有问题", False), ("", False)]
)
def test_nothing_at_all(text: str, none: bool) -> None:
    assert says_none(text) is none
