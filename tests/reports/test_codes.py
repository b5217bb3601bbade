"""Version codes: the same content has the same code, and hands and eyes can get it across."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.codes import read_code, read_codes, version_code

FORMS = st.integers(1, 10**6)
ANSWERS = st.dictionaries(st.text(max_size=5), st.text(max_size=5) | st.none(), max_size=5)
CODES = st.builds(version_code, FORMS, st.just("hash"), ANSWERS)


def test_the_same_answers_have_the_same_code_whatever_their_order() -> None:
    one = version_code(1, "h", {"a": {"x": 1, "y": 2}, "b": None})
    assert version_code(1, "h", {"a": {"y": 2, "x": 1}}) == one


def test_form_standard_and_answers_all_count() -> None:
    codes = {
        version_code(1, "h", {"a": 1}),
        version_code(2, "h", {"a": 1}),
        version_code(1, "i", {"a": 1}),
        version_code(1, "h", {"a": 2}),
    }
    assert len(codes) == 4


@given(CODES)
def test_codes_are_read_as_people_and_programs_write_them(code: str) -> None:
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in code)
    spelled = " ".join(code.replace("-", ""))
    for text in (
        code,
        code.lower(),
        code.replace("-", ""),
        code.replace("-", " "),
        code.replace("-", " — "),
        code.replace("0", "o").replace("1", "l").replace("2", "z"),
        code.replace("0", "O").replace("1", "I").replace("5", "S").replace("8", "B"),
        wide,
        spelled,
        f"已盖章，版本码{code}。",
        f"第 3 页 版本码:{code.lower()} — 3 —",
    ):
        assert code in read_codes(text), text


@given(CODES, st.integers(0, 5), st.sampled_from("0123456789ACDEFGHJKMNPQRTVWXY"))
def test_one_wrong_character_is_never_a_code(code: str, at: int, letter: str) -> None:
    plain = list(code.replace("-", ""))
    if plain[at] != letter:
        plain[at] = letter
        assert read_code("".join(plain)) is None


@given(CODES, st.integers(0, 4))
def test_swapped_neighbours_are_never_a_code(code: str, at: int) -> None:
    plain = list(code.replace("-", ""))
    if plain[at] != plain[at + 1]:
        plain[at], plain[at + 1] = plain[at + 1], plain[at]
        assert read_code("".join(plain)) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "盖好了",
        "2024-05",
        "13800138000",
        "2587.01万元",
        "A1-3",
        "XW62J-NQ",
        "W62J-NQ7",
        "IMG_2042",
    ],
)
def test_other_words_are_no_codes(text: str) -> None:
    assert read_code(text) is None


def test_several_codes_are_all_found_the_first_first() -> None:
    one, two = version_code(1, "h", {}), version_code(2, "h", {})
    assert read_codes(f"{two}\n{one} {two}") == (two, one)
    assert read_code(f"{two} {one}") == two
