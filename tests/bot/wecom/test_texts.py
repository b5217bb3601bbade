"""Splitting by bytes on line ends, cleaning and measuring."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.wecom.texts import byte_length, clean, split

ANY = st.text(st.characters(), max_size=300)
LINES = st.lists(st.text("ab 字，😀", max_size=30), max_size=20).map("\n".join)


@pytest.mark.parametrize(
    ("text", "limit", "parts"),
    [
        ("", 10, []),
        ("\n \n", 10, []),
        ("abc", 10, ["abc"]),
        ("ab\ncd\nef", 5, ["ab\ncd", "ef"]),
        ("ab\n\n\ncd", 4, ["ab", "cd"]),
        ("ab\n\ncd", 10, ["ab\n\ncd"]),
        ("字字字", 7, ["字字", "字"]),
        ("😀😀", 4, ["😀", "😀"]),
        ("一二三四五六七，九十", 27, ["一二三四五六七，", "九十"]),
        ("ab cd ef gh ij", 13, ["ab cd ef gh ", "ij"]),
        ("x\n" + "y" * 9 + "\nz", 5, ["x", "yyyyy", "yyyy", "z"]),
        ("a\x00b", 10, ["ab"]),
    ],
)
def test_split(text, limit, parts):
    assert split(text, limit) == parts


def test_a_long_report_stays_below_the_cut_of_the_service():
    text = "\n".join(f"第{n}项：预算执行率 98.76%，得分 4.5 分。" for n in range(200))
    parts = split(text)
    assert all(byte_length(part) <= 1900 for part in parts)
    assert "\n".join(parts) == text


@given(LINES, st.integers(4, 60))
def test_no_part_is_too_long_and_nothing_visible_is_lost(text, limit):
    parts = split(text, limit)
    assert all(0 < byte_length(part) <= limit for part in parts)
    assert all(part.strip() for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


@given(LINES)
def test_lines_that_fit_are_never_broken(text):
    lines = {line for part in split(text, 150) for line in part.split("\n")}
    assert lines <= set(text.split("\n"))


@given(ANY, st.integers(4, 50))
def test_split_survives_anything(text, limit):
    assert all(byte_length(part) <= limit for part in split(text, limit))


def test_a_limit_below_one_character_is_an_error():
    with pytest.raises(ValueError, match="limit 3"):
        split("字", 3)


def test_clean_keeps_tab_and_line_ends():
    assert clean("a\x00\x08\tb\n\r\x0b\x1f\ud800\uffff字") == "a\tb\n\r字"


@given(ANY)
def test_a_clean_text_can_be_sent(text):
    assert clean(clean(text)) == clean(text)
    assert len(clean(text).encode()) == byte_length(clean(text))
