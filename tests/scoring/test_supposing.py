"""What the answers would be: every indicator can be supposed at its best, rates where there are."""

from collections.abc import Mapping
from decimal import Decimal

import pytest

from scoring.engine import score
from scoring.questionnaire import Kind
from scoring.rules.aims import base_of, figure_like
from scoring.standard import Standard
from scoring.supposing import Aim, Reached, Untold, suppose, with_gates
from scoring.values import Count, Letters, Money, Percent, Value, YesNo

NEED_ROWS = {"B4-1", "C1-1", "C2-1", "C2-2", "C2-3"}
"""Of these the score is counted from rows: without any there is nothing to suppose."""


def after(
    standard: Standard, answers: Mapping[str, Value], found: Reached | Untold
) -> Mapping[str, Value]:
    assert isinstance(found, Reached)
    return {**answers, **with_gates(standard, answers, found.values)}


def plain(found: Reached | Untold) -> dict[str, object]:
    assert isinstance(found, Reached)
    return {name: value.plain() for name, value in found.values.items()}


@pytest.mark.parametrize("example", ["reference", "poor"])
def test_full_points_are_reached_for_every_indicator(
    standard: Standard, example: str, request: pytest.FixtureRequest
) -> None:
    answers = request.getfixturevalue(example)
    for node in standard.indicators:
        found = suppose(standard, answers, [node.code], Aim())
        sheet = score(standard, after(standard, answers, found))
        assert sheet[node.code].low == node.max, node.code


def test_full_points_for_the_whole_form(standard: Standard, poor: Mapping[str, Value]) -> None:
    before = dict(poor)
    found = suppose(standard, poor, [root.code for root in standard.roots], Aim())
    assert score(standard, after(standard, poor, found)).total.low == 100
    assert dict(poor) == before


def test_full_points_before_anything_is_answered(standard: Standard) -> None:
    for node in standard.indicators:
        found = suppose(standard, {}, [node.code], Aim())
        if node.code in NEED_ROWS | {"B1-1"}:
            assert isinstance(found, Untold), node.code
            continue
        assert score(standard, after(standard, {}, found))[node.code].low == node.max, node.code


@pytest.mark.parametrize(
    ("code", "percent", "changed", "points"),
    [
        ("B3-1", "100", {"procurement_actual": "100万元"}, "3.00"),
        ("B3-1", "95", {"procurement_actual": "95万元"}, "2.85"),
        ("B3-1", "120", {"procurement_actual": "120万元"}, "3.00"),
        ("A1-3", "5", {"income_total": "2362.0485万元"}, "3.50"),
        ("A1-3", "4.9", {"income_total": "2359.79893万元"}, "4.00"),
        ("B1-1", "10.01", {"carryover_closing": "264.985721万元"}, "3.00"),
        ("C4-2", "94.9", {"satisfaction_surveyed": True, "satisfaction_percent": "94.9%"}, "1.50"),
    ],
)
def test_a_rate_gives_the_figure(
    standard: Standard,
    reference: Mapping[str, Value],
    code: str,
    percent: str,
    changed: dict[str, object],
    points: str,
) -> None:
    found = suppose(standard, reference, [code], Aim(Decimal(percent)))
    assert plain(found) == changed
    assert score(standard, after(standard, reference, found))[code].low == Decimal(points)


def test_a_rate_below_the_base_stays_below(standard: Standard, poor: Mapping[str, Value]) -> None:
    answers = {**poor, "income_total": Money(Decimal(8000000), "wan")}
    assert plain(suppose(standard, answers, ["A1-3"], Aim(Decimal(10)))) == {
        "income_total": "900万元"
    }


def test_a_rate_of_rows_marks_as_many(standard: Standard, poor: Mapping[str, Value]) -> None:
    found = suppose(standard, poor, ["C2-2"], Aim(Decimal(50)))
    sheet = score(standard, after(standard, poor, found))
    assert sheet["C2-2"].low == Decimal("1.50")


@pytest.mark.parametrize(
    ("code", "percent"),
    [
        ("A1-1", "90"),  # which criteria?
        ("B1-2", "90"),  # faults have no rate
        ("B2-1", "50"),
        ("B4-1", "90"),  # which fund?
        ("C1-1", "90"),
        ("C2-2", "33"),  # no whole number of goals
        ("C3-1", "90"),
        ("C4-1", "90"),  # letters or calls?
    ],
)
def test_what_an_aim_does_not_tell(
    standard: Standard, poor: Mapping[str, Value], code: str, percent: str
) -> None:
    found = suppose(standard, poor, [code], Aim(Decimal(percent)))
    assert isinstance(found, Untold)
    assert found.facts


def test_half_a_case_can_not_be_answered(
    standard: Standard, reference: Mapping[str, Value]
) -> None:
    share = frozenset({"petitions_answered", "petitions_received"})
    assert isinstance(suppose(standard, reference, ["C4-1"], Aim(Decimal(90), share)), Untold)
    assert plain(suppose(standard, {**reference, "petitions_received": Count(10)}, ["C4-1"], Aim(Decimal(90), share))) == {"petitions_answered": 9}  # fmt: skip


def test_a_part_alone(standard: Standard, poor: Mapping[str, Value]) -> None:
    answers = {**poor, "office_actual": Money(Decimal(10**9), "wan")}
    only = Aim(only=frozenset({"sangong_actual", "sangong_budget"}))
    found = suppose(standard, answers, ["C1-2"], only)
    assert plain(found) == {"sangong_actual": "5万元"}


def test_figures_that_nobody_named_are_made_up(standard: Standard) -> None:
    found = suppose(standard, {}, ["B3-1"], Aim(Decimal(95)))
    assert isinstance(found, Reached)
    assert found.made_up == {"procurement_plan", "procurement_actual"}
    sheet = score(standard, after(standard, {}, found))
    assert (sheet["B3-1"].low, sheet["B3-1"].high) == (Decimal("2.85"), Decimal("2.85"))


def test_a_carried_rate_is_that_of_its_origin(
    standard: Standard, poor: Mapping[str, Value]
) -> None:
    own = suppose(standard, poor, ["C1-1"], Aim())
    assert plain(own) == plain(suppose(standard, poor, ["B4-1"], Aim()))


def test_a_struck_out_kind_goes_with_full_points(
    standard: Standard, poor: Mapping[str, Value]
) -> None:
    found = suppose(standard, poor, ["B1-2"], Aim())
    assert isinstance(found, Reached)
    assert found.values["compliance_kinds"] == Letters(("A",))


def test_what_hides_a_supposed_fact_is_opened(standard: Standard) -> None:
    answers = {"has_procurement": YesNo(False)}
    values = {"procurement_actual": Money(Decimal(10000), "wan")}
    assert with_gates(standard, answers, values) == {"has_procurement": YesNo(True), **values}
    assert with_gates(standard, {"has_procurement": YesNo(True)}, values) == values


def test_an_unknown_code_is_an_error(standard: Standard) -> None:
    with pytest.raises(KeyError):
        suppose(standard, {}, ["Z9"], Aim())


def test_figures_of_the_type_that_a_fact_has() -> None:
    assert figure_like(None, Kind.MONEY, Decimal(10000)) == Money(Decimal(10000), "wan")
    assert figure_like(None, Kind.PERCENT, Decimal(7)) == Percent(Decimal(7))
    assert figure_like(Count(3), None, Decimal(7)) == Count(7)
    assert figure_like(Count(3), None, Decimal("7.5")) is None
    assert base_of(Kind.MONEY) == 1000000
    assert base_of(Kind.COUNT) == 100
