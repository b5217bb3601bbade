"""The forms in examples/ against sheets that were computed by hand."""

from decimal import Decimal
from pathlib import Path

import pytest

from scoring.engine import findings, score
from scoring.filing import read_answers_file
from scoring.loading import load
from scoring.progress import complete, gaps
from scoring.rules.base import Points

EXAMPLES = Path(__file__).parents[2] / "examples"
STANDARD = load("meijiang-2021")
INDICATORS = [
    "A1-1",
    "A1-2",
    "A1-3",
    "A2-1",
    "A2-2",
    "B1-1",
    "B1-2",
    "B2-1",
    "B2-2",
    "B3-1",
    "B3-2",
    "B4-1",
    "B4-2",
    "B4-3",
    "B5-1",
    "B5-2",
    "B5-3",
    "B5-4",
    "B5-5",
    "C1-1",
    "C1-2",
    "C2-1",
    "C2-2",
    "C2-3",
    "C3-1",
    "C4-1",
    "C4-2",
]
GROUPS = ["A", "A1", "A2", "B", "B1", "B2", "B3", "B4", "B5", "C", "C1", "C2", "C3", "C4"]
# Points in the order of INDICATORS, then of GROUPS, then the total.
GOLDEN = {
    "reference-case": (
        "3 3 2.5 5 5 5 5 2 0 2.95 4 10 5 5 2 1 1 2 2 4 4 2 3 3 10 2 2",
        "18.5 8.5 10 46.95 10 2 6.95 20 8 30 8 8 10 4",
        "95.45",
    ),
    "small-unit": (
        "3 3 4 5 5 5 5 2 1 3 5 10 5 5 2 1 1 2 2 4 4 2 3 3 10 2 2",
        "20 10 10 49 10 3 8 20 8 30 8 8 10 4",
        "99",
    ),
    "poor-scores": (
        "1.2 2 1 2.5 2 1 0 1 0 2 2 6.47 3 3 0 0 0 1 0 2.59 2 0.67 0.75 1 6.5 1.75 1",
        "8.7 4.2 4.5 19.47 1 1 4 12.47 1 16.26 4.59 2.42 6.5 2.75",
        "44.43",
    ),
}


@pytest.mark.parametrize("name", GOLDEN)
def test_golden_sheet(name: str) -> None:
    sheet = score(STANDARD, read_answers_file(STANDARD, EXAMPLES / f"{name}.yaml"))
    indicators, groups, total = GOLDEN[name]
    assert [sheet[code].low for code in INDICATORS] == [Decimal(p) for p in indicators.split()]
    assert [sheet[code].low for code in GROUPS] == [Decimal(p) for p in groups.split()]
    assert sheet.total.low == sheet.total.high == Decimal(total)


@pytest.mark.parametrize("name", GOLDEN)
def test_nothing_is_open_and_nothing_contradicts(name: str) -> None:
    answers = read_answers_file(STANDARD, EXAMPLES / f"{name}.yaml")
    assert gaps(STANDARD, answers) == ()
    assert complete(STANDARD, answers)
    assert findings(STANDARD, answers) == ()


def test_a_facts_file_says_in_chinese_what_it_is() -> None:
    for name in GOLDEN:
        first = (EXAMPLES / f"{name}.yaml").read_text(encoding="utf-8").splitlines()[0]
        assert first.startswith("# 例")


def test_reference_case_answers_every_fact_that_applies() -> None:
    answers = read_answers_file(STANDARD, EXAMPLES / "reference-case.yaml")
    values = STANDARD.effective(answers)
    assert all(values[fact] == answer for fact, answer in answers.items())
    duties, funds = answers["duties"].plain(), answers["special_funds"].plain()
    assert (len(duties), len(funds)) == (24, 6)
    assert all("[" not in str(fund.get("documents", "")) for fund in funds)


def test_small_unit_folds_everything_away() -> None:
    answers = read_answers_file(STANDARD, EXAMPLES / "small-unit.yaml")
    sheet = score(STANDARD, answers)
    absent = {c for c in INDICATORS if sheet[c].state is Points.NOT_APPLICABLE}
    assert absent == {"B3-1", "B3-2", "B4-1", "B4-2", "B4-3", "B5-2", "C1-1", "C2-3"}


def test_poor_scores_loses_nearly_everywhere() -> None:
    sheet = score(STANDARD, read_answers_file(STANDARD, EXAMPLES / "poor-scores.yaml"))
    assert sheet.lossy() == tuple(INDICATORS)
