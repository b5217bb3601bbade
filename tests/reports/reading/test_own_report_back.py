"""Our own report, read back: whatever it prints comes out as the value that went in."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reports.reading.claims import Brought
from reports.reading.found import same
from reports.reading.report import read_report
from reports.report import build_report
from scoring.engine import score
from scoring.standard import Standard
from scoring.values import Offline, Value

Example = Callable[[str], dict[str, Value]]
# The report doesn't print why nothing changed from nothing to nothing.
UNPRINTED = {
    "reference-case": {"expenditure_fund_reason"},
    "small-unit": set(),
    "poor-scores": set(),
}
# Claims of each example: what was answered, and what the standard says in its place.
CLAIMS = {"reference-case": 93, "small-unit": 74, "poor-scores": 146}


def _read(standard: Standard, answers: dict[str, Value]) -> Brought:
    data = build_report(standard, answers, score(standard, answers), draft=False)
    return read_report(standard, data)


def _bare(value: object) -> object:
    """A plain value without the stops that sentences add to or take off people's words."""
    if isinstance(value, str):
        return value.rstrip("。；，、;,. ")
    if isinstance(value, list):
        return [_bare(one) for one in value]
    if isinstance(value, dict):
        return {name: _bare(one) for name, one in value.items()}
    return value


@pytest.mark.parametrize("name", list(CLAIMS))
def test_every_printed_fact_comes_back(standard: Standard, example: Example, name: str) -> None:
    answers = example(name)
    brought = _read(standard, answers)
    effective = standard.effective(answers)
    for claim in brought.claims:
        given = effective[claim.fact]
        equal = same(claim.value, given) or _bare(claim.value.plain()) == _bare(given.plain())
        assert equal, (claim.fact, claim.value, given)
        assert claim.certain, claim.fact
        assert claim.place, claim.fact
    missing = {fact for fact in answers if brought.of(fact) is None}
    assert missing == UNPRINTED[name]
    assert len(brought.claims) == CLAIMS[name]
    assert brought.notes == ()


def test_year_and_department_are_recognised(standard: Standard, example: Example) -> None:
    brought = _read(standard, example("small-unit"))
    assert (brought.year, brought.department) == (2021, "梅州市梅江区地方文献室")


def test_amounts_keep_the_unit_in_which_they_stand(standard: Standard, example: Example) -> None:
    brought = _read(standard, example("reference-case"))
    plain = {fact: brought.of(fact) for fact in ("income_total", "rent_amount")}
    assert {fact: one and one.value.plain() for fact, one in plain.items()} == {
        "income_total": "2587.01万元",
        "rent_amount": "330529.2元",
    }


def test_places_are_told_as_people_say_them(standard: Standard, example: Example) -> None:
    brought = _read(standard, example("reference-case"))
    places = {fact: brought.of(fact) for fact in ("department_name", "income_fund", "duties")}
    assert {fact: one and one.place for fact, one in places.items()} == {
        "department_name": "封面 第3段",
        "income_fund": "一（四）1 第3段",
        "duties": "一（一）1",
    }


def test_a_draft_with_gaps_reads_what_is_there(standard: Standard, example: Example) -> None:
    answers = example("reference-case")
    for fact in ("income_total", "duties", "goals", "has_rent"):
        del answers[fact]
    data = build_report(standard, answers, score(standard, answers), draft=True)
    brought = read_report(standard, data)
    assert brought.of("income_total") is None
    general = brought.of("income_general")
    assert general is not None
    assert general.value.plain() == "2587.01万元"
    words = [str(claim.value.plain()) for claim in brought.claims if claim.certain]
    assert not [text for text in words if "待填" in text]


def test_what_is_handed_in_on_paper_is_no_text(standard: Standard, example: Example) -> None:
    answers: dict[str, Value] = {**example("reference-case"), "yearly_work": Offline()}
    brought = _read(standard, answers)
    assert brought.of("yearly_work") is None
