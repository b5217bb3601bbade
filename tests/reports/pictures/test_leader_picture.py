"""The leader's picture: its size, its type, what it finds to doubt and to compare."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path

import pytest
from PIL import Image

from reports.pictures.board import WIDTH
from reports.pictures.compared import compared
from reports.pictures.doubts import doubts
from reports.pictures.leader import draw_leader_picture
from reports.pictures.type import Type, characters, drawable, wrapped
from reports.wording import phrases
from scoring.engine import score
from scoring.filing import read_answers_file
from scoring.loading import load
from scoring.standard import Standard
from scoring.values import Money, Text, Value

EXAMPLES = Path(__file__).parents[3] / "examples"
STANDARDS = Path(__file__).parents[3] / "scoring" / "standards"
TWO_MB = 2 << 20
DEPARTMENT = "梅州市梅江区科工商务局"


@pytest.fixture(scope="module")
def standard() -> Standard:
    return load("meijiang-2021")


@pytest.fixture(scope="module", params=["reference-case", "poor-scores", "small-unit"])
def answers(standard: Standard, request: pytest.FixtureRequest) -> dict[str, Value]:
    return read_answers_file(standard, EXAMPLES / f"{request.param}.yaml")


def drawn(standard: Standard, answers: dict[str, Value], **more: object) -> Image.Image:
    values = {"department": DEPARTMENT, "year": 2021, "code": "W62J-NQ", **more}
    png = draw_leader_picture(standard, answers, **values)  # type: ignore[arg-type]
    assert len(png) <= TWO_MB
    image = Image.open(io.BytesIO(png))
    image.load()
    return image


def test_it_is_a_portrait_small_enough_for_a_chat(
    standard: Standard, answers: dict[str, Value]
) -> None:
    image = drawn(standard, answers)
    assert image.format == "PNG"
    assert image.width == WIDTH == 1080
    assert image.height > image.width


def test_an_empty_form_can_be_drawn(standard: Standard) -> None:
    assert drawn(standard, {}, code="").height > 0


def test_a_long_name_makes_the_picture_longer(
    standard: Standard, answers: dict[str, Value]
) -> None:
    short = drawn(standard, answers).height
    assert drawn(standard, answers, department=DEPARTMENT * 3).height > short


def test_the_same_form_gives_the_same_bytes(standard: Standard, answers: dict[str, Value]) -> None:
    first, second = (
        draw_leader_picture(standard, answers, department=DEPARTMENT, year=2021) for _ in range(2)
    )
    assert first == second


# ---- type ----


@pytest.mark.parametrize("name", sorted(path.name for path in STANDARDS.iterdir() if path.is_dir()))
def test_every_character_of_every_standard_has_a_glyph(name: str) -> None:
    words = "".join(p.read_text("utf-8") for p in (STANDARDS / name).glob("*.yaml"))
    assert {c for c in words if not c.isspace()} - characters() == set()


def test_our_own_words_have_glyphs() -> None:
    own = "".join(str(value) for code, value in phrases().items() if code.startswith("picture"))
    assert {c for c in own if not c.isspace()} - characters() == set()


def test_the_list_of_characters_is_that_of_the_face() -> None:
    """A character in the list that the face lacks would be drawn as nothing, or as a box."""
    font = Type(24).font
    missing = bytes(font.getmask("\U0010fffe"))
    drawn_as_missing = [
        character
        for character in sorted(characters())
        if not character.isspace() and bytes(font.getmask(character)) == missing
    ]
    assert drawn_as_missing == []
    assert characters() >= set("区喆堃祎〓①—“")


def test_a_character_without_glyph_becomes_a_geta_mark() -> None:
    assert drawable("甲\U00020bb7乙") == "甲〓乙"


def test_no_line_is_too_wide_and_none_begins_with_a_comma() -> None:
    kind, width = Type(30), 200
    text = "一般公共预算，财政拨款收入（2587.01万元），比上年减少15.0002%。" * 3
    lines = wrapped(text, kind, width)
    assert "".join(lines) == text
    assert all(kind.width(line) <= width + 2 * kind.size for line in lines)
    assert not any(line[0] in "，。）%" for line in lines)
    assert any("2587.01" in line for line in lines)


def test_too_many_lines_end_in_an_ellipsis() -> None:
    lines = wrapped("很长的话" * 50, Type(30), 200, most=2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert Type(30).width(lines[-1]) <= 200


def test_a_word_longer_than_a_line_is_cut() -> None:
    assert len(wrapped("A" * 100, Type(30), 200)) > 1


# ---- doubts ----


def test_doubts_name_what_finance_may_cut(standard: Standard) -> None:
    answers = read_answers_file(standard, EXAMPLES / "reference-case.yaml")
    found = doubts(standard, score(standard, answers), ())
    whats = [doubt.what for doubt in found]
    assert whats == [
        "必须交的材料还没交",
        "自己打的分，要能说得清",
        "得了分，还没有一份材料支持",
        "评分细则原文没写明，按通常做法算的",
    ]
    assert "C3-1" in found[1].where
    every = {item.id for each in standard.indicators for item in each.evidence}
    left = [doubt.what for doubt in doubts(standard, score(standard, answers), every)]
    assert left == [whats[1], whats[3]]


def test_nothing_claimed_is_nothing_to_doubt(standard: Standard) -> None:
    every = {item.id for each in standard.indicators for item in each.evidence}
    assert doubts(standard, score(standard, {}), every) == ()


# ---- last year ----


def test_figures_stand_beside_last_years(standard: Standard) -> None:
    now: dict[str, Value] = {
        "income_total": Money(Decimal("25870100")),
        "income_general": Money(Decimal(100)),
    }
    then: dict[str, Value] = {"income_total": Money(Decimal("50000000"))}
    (row,) = compared(standard, now, then)
    assert (row.now, row.before, row.change, row.grew) == (
        "2587.01万元",
        "5000万元",
        "−48.3%",
        False,
    )


def test_what_is_asked_of_last_year_is_compared_too(standard: Standard) -> None:
    now: dict[str, Value] = {
        "income_general": Money(Decimal(20000)),
        "income_general_last_year": Money(Decimal(10000)),
    }
    (row,) = compared(standard, now, {})
    assert (row.label, row.change) == (standard.facts["income_general"].label, "+100%")
    # Last year's own answer counts more than what is remembered of it now.
    (row,) = compared(standard, now, {"income_general": Money(Decimal(20000))})
    assert row.change == "持平"


def test_what_cannot_be_compared_is_left_out(standard: Standard) -> None:
    now: dict[str, Value] = {"income_total": Money(Decimal(0)), "contact_name": Text("陈宇")}
    then: dict[str, Value] = {"income_total": Money(Decimal(0)), "contact_name": Text("林帆")}
    assert compared(standard, now, then) == ()
    (row,) = compared(standard, {"income_total": Money(Decimal(1))}, then)
    assert row.change == "去年为0"
