"""Values as written in files: every type reads back what it writes, and says what is wrong."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.plain import BadValue, read_value
from scoring.questionnaire import Column, Fact, Kind, Option
from scoring.values import (
    Count,
    Day,
    Letters,
    Money,
    NotApplicable,
    Number,
    Offline,
    Percent,
    Rows,
    Text,
    Value,
    YesNo,
    money_units,
)
from scoring.wording import say

exact = st.decimals(-(10**9), 10**9, places=4)
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40).map(str.strip)
money = st.builds(
    lambda amount, unit: Money(amount * money_units()[unit].factor, unit),
    exact,
    st.sampled_from(["yuan", "wan", "yi"]),
)
OPTIONS = {letter: Option(label=letter) for letter in "ABCDE"}
letters = st.sets(st.sampled_from("ABCDE")).map(lambda chosen: Letters(tuple(sorted(chosen))))
CELLS: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.MONEY: money,
    Kind.PERCENT: exact.map(Percent),
    Kind.NUMBER: exact.map(Number),
    Kind.COUNT: st.integers(0, 10**9).map(Count),
    Kind.DATE: st.dates().map(Day),
    Kind.YESNO: st.booleans().map(YesNo),
    Kind.TEXT: texts.map(Text),
}
COLUMNS = {kind.value: Column(label=kind.value, type=kind) for kind in CELLS}
row = st.fixed_dictionaries(
    {}, optional={kind.value: cell | st.just(Offline()) for kind, cell in CELLS.items()}
)
rows = st.lists(row, max_size=3).map(lambda given: Rows(tuple(given)))
pairs = st.one_of(
    *(st.tuples(st.just(Fact(label="x", type=kind)), cell) for kind, cell in CELLS.items()),
    st.tuples(st.just(Fact(label="x", type=Kind.CHECKLIST, options=OPTIONS)), letters),
    st.tuples(st.just(Fact(label="x", type=Kind.ROWS, columns=COLUMNS)), rows),
    st.tuples(
        st.just(Fact(label="x", type=Kind.MONEY)),
        st.just(Offline()) | texts.filter(bool).map(NotApplicable),
    ),
)


@given(pairs)
def test_reads_back_what_it_writes(pair: tuple[Fact, Value]) -> None:
    fact, value = pair
    assert read_value(fact, value.plain()) == value


@pytest.mark.parametrize(
    ("kind", "plain", "value"),
    [
        (Kind.MONEY, "2,587.01万元", Money(Decimal("25870100"), "wan")),
        (Kind.MONEY, "２５８７．０１万元", Money(Decimal("25870100"), "wan")),
        (Kind.MONEY, "276773.33元", Money(Decimal("276773.33"), "yuan")),
        (Kind.MONEY, "1.2亿元", Money(Decimal(120_000_000), "yi")),
        (Kind.PERCENT, "98.31%", Percent(Decimal("98.31"))),
        (Kind.PERCENT, "98.31％", Percent(Decimal("98.31"))),
        (Kind.PERCENT, 98, Percent(Decimal(98))),
        (Kind.NUMBER, "99.5", Number(Decimal("99.5"))),
        (Kind.COUNT, "7", Count(7)),
        (Kind.COUNT, "１２", Count(12)),
        (Kind.DATE, "2021-12-20", Day(date(2021, 12, 20))),
        (Kind.DATE, date(2021, 12, 20), Day(date(2021, 12, 20))),
        (Kind.YESNO, "yes", YesNo(True)),
        (Kind.TEXT, 2021, Text("2021")),
    ],
)
def test_forgiving_forms(kind: Kind, plain: Any, value: Value) -> None:
    assert read_value(Fact(label="x", type=kind), plain) == value


REFUSED: list[tuple[Mapping[str, Any], Any, str]] = [
    ({"type": "money"}, "2587.01", "bad_money_unit"),
    ({"type": "money"}, 2587, "bad_money_unit"),
    ({"type": "money"}, True, "bad_money"),
    ({"type": "money"}, "很多万元", "bad_money"),
    ({"type": "money"}, "1e5万元", "bad_money"),
    ({"type": "money"}, "nan元", "bad_money"),
    ({"type": "money"}, "12345678901234567890.1万元", "bad_money"),
    ({"type": "money", "min": 0}, "-1元", "bad_too_small"),
    ({"type": "percent"}, "九成", "bad_percent"),
    ({"type": "percent", "max": 100}, "100.1%", "bad_too_large"),
    ({"type": "number"}, None, "bad_number"),
    ({"type": "count"}, "-1", "bad_count"),
    ({"type": "count"}, Decimal("1.5"), "bad_count"),
    ({"type": "date"}, "2021-02-30", "bad_date"),
    ({"type": "date"}, 20211220, "bad_date"),
    ({"type": "yesno"}, "maybe", "bad_yesno"),
    ({"type": "yesno"}, 1, "bad_yesno"),
    ({"type": "text"}, True, "bad_text"),
    ({"type": "text"}, ["a"], "bad_text"),
    ({"type": "text", "max_chars": 3}, "四个字了", "bad_too_long"),
    ({"type": "text"}, {"na": "  "}, "bad_reason"),
    ({"type": "text"}, {"na": "没有", "offline": True}, "bad_special"),
    ({"type": "text"}, {"na": "没有", "why": "x"}, "bad_special"),
    ({"type": "money"}, {"offline": False}, "bad_special"),
    ({"type": "yesno"}, {"offline": "yes"}, "bad_special"),
    ({"type": "count"}, 10**12, "bad_count"),
    ({"type": "text", "na": False}, {"na": "没有"}, "bad_not_applicable"),
    ({"type": "checklist", "options": {"A": {"label": "a"}}}, ["B"], "bad_letters"),
    ({"type": "checklist", "options": {"A": {"label": "a"}}}, [["A"]], "bad_letters"),
    ({"type": "checklist", "options": {"A": {"label": "a"}}}, 3, "bad_letters"),
]


@pytest.mark.parametrize(("spec", "plain", "code"), REFUSED)
def test_refused_in_words(spec: Mapping[str, Any], plain: Any, code: str) -> None:
    with pytest.raises(BadValue) as refused:
        read_value(Fact.model_validate({"label": "标签", **spec}), plain)
    assert refused.value.code == code
    assert "标签" in say(code, refused.value.numbers)


@pytest.mark.parametrize(
    ("plain", "code", "path"),
    [
        ("x", "bad_rows", ()),
        ([{"money": "1元"}, "x"], "bad_row", (1,)),
        ([{"money": "1元"}, {"mony": "1元"}], "bad_column", (1, "mony")),
        ([{"money": "1元"}, {"money": "1"}], "bad_money_unit", (1, "money")),
    ],
)
def test_bad_cells_are_found(plain: Any, code: str, path: tuple[Any, ...]) -> None:
    fact = Fact(label="表", type=Kind.ROWS, columns=COLUMNS)
    with pytest.raises(BadValue) as refused:
        read_value(fact, plain)
    assert (refused.value.code, refused.value.path) == (code, path)
    assert "表" in say(code, refused.value.numbers)


@pytest.mark.parametrize(
    ("spec", "plain", "told"),
    [
        ({"type": "money"}, "约12万元", "约12万元"),
        ({"type": "money"}, {"offline": False}, "{offline: false}"),
        ({"type": "yesno"}, None, "空的"),
        ({"type": "text"}, True, "true"),
        ({"type": "date"}, ["a", None], "[a, 空的]"),
        ({"type": "count"}, "9" * 400, "9" * 60 + "…"),
    ],
)
def test_what_was_given_is_told_as_it_stands(
    spec: Mapping[str, Any], plain: Any, told: str
) -> None:
    with pytest.raises(BadValue) as refused:
        read_value(Fact.model_validate({"label": "标签", **spec}), plain)
    assert f"“{told}”" in say(refused.value.code, refused.value.numbers)
