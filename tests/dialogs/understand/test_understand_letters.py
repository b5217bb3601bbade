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


ROWS = [str(n) for n in range(1, 13)]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1-5、8", "1 2 3 4 5 8"),
        ("除了3和7", "1 2 4 5 6 8 9 10 11 12"),
        ("前10个", "1 2 3 4 5 6 7 8 9 10"),
        ("第3个没完成", "1 2 4 5 6 7 8 9 10 11 12"),
        ("十二", "12"),
        ("都没完成", ""),
        ("是", "1 2 3 4 5 6 7 8 9 10 11 12"),
    ],
)
def test_rows_are_called_by_number_and_place(text: str, meant: str) -> None:
    assert read_letters(text, ROWS) == Got(tuple(meant.split()))


@pytest.mark.parametrize("text", ["3个没完成", "没有", "13", "1-13", "不是", "没完成", "1到3个"])
def test_how_many_rows_does_not_say_which(text: str) -> None:
    assert isinstance(read_letters(text, ROWS), Ask)


def test_what_may_be_read_in_two_ways_is_asked() -> None:
    for text in ("A,C没有", "AB没有C", "除了E没有", "A有,B,C没有", "E没有其他", "一项没做到"):
        assert isinstance(read_letters(text, "ABCDE"), Ask), text


def test_names_of_options_are_read_and_quoted_as_typed() -> None:
    labels = {"A": "专项资金或项目", "B": "政府采购", "C": "出租出借收入（租金）"}
    assert read_letters("有採購和租金", "ABC", labels) == Got(("B", "C"))
    got = read_letters("有专项资金或采购", "ABC", labels)
    assert isinstance(got, Ask)
    assert got.numbers["text"] == "有专项资金或采购"


@settings(derandomize=True, deadline=None)
@given(st.sets(st.sampled_from("ABCDE"), min_size=1, max_size=4))
def test_each_said_by_itself_and_the_rest_is_the_same(letters: set[str]) -> None:
    inside, outside = sorted(letters), sorted(set("ABCDE") - letters)
    meant = Got(tuple(inside))
    each = "".join(f"{x}{'有' if x in letters else '没有'}" for x in "ABCDE")
    for text in (
        each,
        f"{''.join(inside)}有，其他没有",
        f"{'、'.join(outside)}没有，其他都有",
        f"除了{'和'.join(outside)}都有",
        f"除了{'和'.join(inside)}都没有",
        f"只有{'、'.join(inside)}",
    ):
        assert read_letters(text, "ABCDE") == meant, text


@pytest.mark.parametrize(
    "text", ["A有，" * 400, "A," * 3000, "9" * 5000, "除了" * 500, "没有A" * 40]
)
def test_long_choices_end(text: str) -> None:
    read_letters(text, "ABCDE")
