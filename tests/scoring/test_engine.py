"""The score sheet: order makes no difference, the interval only shrinks, sums add up."""

import random
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.engine import score
from scoring.loading import load
from scoring.questionnaire import Fact, Kind
from scoring.rules.base import Points
from scoring.sheet import ScoreSheet
from scoring.standard import Standard
from scoring.values import (
    Count,
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
)

STANDARD = load("meijiang-2021")
READ = sorted(fact for fact, codes in STANDARD.feeds.items() if codes)
GATES = sorted({c.fact for f in READ for c in STANDARD.facts[f].when if c.fact})
ASKED = sorted({*READ, *GATES})

figures = st.decimals(0, 3000, places=2)


def values_of(fact: Fact) -> st.SearchStrategy[Value]:
    """Any value that a fact can have."""
    limit = fact.max or Decimal(3000)
    plain: dict[Kind, st.SearchStrategy[Value]] = {
        Kind.MONEY: figures.map(lambda n: Money(n * 10000, "wan")),
        Kind.PERCENT: st.decimals(0, 100, places=1).map(Percent),
        Kind.NUMBER: st.decimals(0, limit, places=1).map(Number),
        Kind.COUNT: st.integers(0, 9).map(Count),
        Kind.YESNO: st.booleans().map(YesNo),
        Kind.TEXT: st.sampled_from(["", "x"]).map(Text),
        Kind.CHECKLIST: st.sets(st.sampled_from([*fact.options, "?"])).map(
            lambda chosen: Letters(tuple(x for x in fact.options if x in chosen))
        ),
        Kind.ROWS: st.lists(rows_of(fact), max_size=4).map(lambda rows: Rows(tuple(rows))),
    }
    absent = [st.just(NotApplicable("x"))] if fact.na else []
    return st.one_of(plain[fact.type], plain[fact.type], st.just(Offline()), *absent)


def rows_of(fact: Fact) -> st.SearchStrategy[dict[str, Value]]:
    cells: dict[str, st.SearchStrategy[Value]] = {
        "amount": figures.map(lambda n: Money(n * 10000, "wan")) | st.just(Offline()),
        "self_score": st.decimals(0, 100, places=1).map(Number) | st.just(Offline()),
        "done": st.booleans().map(YesNo),
        "reached": st.booleans().map(YesNo) | st.just(Offline()),
        "on_time": st.booleans().map(YesNo),
    }
    known = {name: cells[name] for name in fact.columns if name in cells}
    return st.fixed_dictionaries({}, optional=known)


answers = st.fixed_dictionaries(
    {}, optional={name: values_of(STANDARD.facts[name]) for name in ASKED}
)


def consistent(standard: Standard, given: Mapping[str, Value]) -> dict[str, Value]:
    """The answers without those that a gate folds away."""
    values = standard.effective(given)
    return {name: value for name, value in given.items() if values.get(name) is value}


@settings(max_examples=40, deadline=None)
@given(answers, st.randoms(use_true_random=False))
def test_order_of_answers_makes_no_difference(
    given: dict[str, Value], chance: random.Random
) -> None:
    shuffled = list(given.items())
    chance.shuffle(shuffled)
    assert score(STANDARD, dict(shuffled)) == score(STANDARD, given)


@settings(max_examples=40, deadline=None)
@given(answers, st.randoms(use_true_random=False))
def test_interval_only_shrinks_and_holds_the_final_score(
    given: dict[str, Value], chance: random.Random
) -> None:
    coming = list(consistent(STANDARD, given).items())
    chance.shuffle(coming)
    before, known = score(STANDARD, {}), dict[str, Value]()
    for fact, value in coming:
        known[fact] = value
        after = score(STANDARD, known)
        assert_within(after, before, fact)
        before = after


def assert_within(inner: ScoreSheet, outer: ScoreSheet, fact: str) -> None:
    for code in (*outer.indicators, *outer.groups):
        now, was = inner[code], outer[code]
        assert was.low <= now.low <= now.high <= was.high, (code, fact, was, now)
    assert outer.total.low <= inner.total.low <= inner.total.high <= outer.total.high


@settings(max_examples=40, deadline=None)
@given(answers)
def test_parents_are_sums_of_rounded_children(given: dict[str, Value]) -> None:
    sheet = score(STANDARD, given)
    for node in STANDARD.walk():
        scored = sheet[node.code]
        assert 0 <= scored.low <= scored.high <= node.max
        assert scored.low == scored.low.quantize(Decimal("0.01"))
        if node.children:
            assert scored.low == sum(sheet[child.code].low for child in node.children)
            assert scored.high == sum(sheet[child.code].high for child in node.children)
    assert sheet.total.low == sum(sheet[root.code].low for root in STANDARD.roots)


@settings(max_examples=40, deadline=None)
@given(answers)
def test_losses_explain_every_lost_point(given: dict[str, Value]) -> None:
    sheet = score(STANDARD, given)
    for code in sheet.indicators:
        scored = sheet[code]
        if scored.state is Points.SCORED:
            lost = sum((loss.points for loss in scored.losses), Decimal(0))
            assert lost == scored.maximum - scored.low
            assert scored.remarks


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 10**9), st.integers(0, 1000)), min_size=1, max_size=6))
def test_weighted_mean_against_fractions(funds: list[tuple[int, int]]) -> None:
    """The same mean in whole numbers: amounts in 分, scores in tenths of a point."""
    rows = tuple(
        {"amount": Money(Decimal(a) / 100), "self_score": Number(Decimal(s) / 10)} for a, s in funds
    )
    sheet = score(STANDARD, {"special_funds": Rows(rows)})
    weight = sum(amount for amount, _ in funds)
    top = sum(a * s for a, s in funds) if weight else sum(s for _, s in funds)
    below = weight or len(funds)
    expected = half_up(top, below * 100, 2)
    assert sheet["B4-1"].low == expected
    assert sheet["C1-1"].low == half_up(top * 4, below * 1000, 2)


def half_up(top: int, below: int, places: int) -> Decimal:
    """top ÷ below, half up, in whole numbers."""
    scaled = (2 * top * 10**places + below) // (2 * below)
    return (Decimal(scaled) / 10**places).quantize(Decimal("0.01"), ROUND_HALF_UP)


def test_nothing_answered_leaves_everything_open() -> None:
    sheet = score(STANDARD, {})
    assert (sheet.total.low, sheet.total.high) == (Decimal(1), Decimal(100))
    assert not sheet.settled
    assert sheet["A1-3"].missing == ("income_total", "income_adjusted_budget")
    assert sheet.lossy() == ()


@pytest.mark.parametrize("code", ["A1-2"])
def test_only_bounded_faults_leave_certain_points(code: str) -> None:
    sheet = score(STANDARD, {})
    certain = {c for c in sheet.indicators if sheet[c].low > 0}
    assert certain == {code}, "two breaches at most, so one point of three is safe"


def test_sheet_as_plain_data(reference: Mapping[str, Value]) -> None:
    plain = score(STANDARD, reference).plain()
    assert plain["total"] == "95.45"
    assert plain["reachable"] == ["95.45", "95.45"]
    assert plain["open"] == {}
    assert plain["indicators"]["B3-1"] == "2.95"
    assert plain["groups"]["B"] == "46.95"
