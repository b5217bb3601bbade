"""The grades of a total: a standard's own bands, or the usual four as shares of its maximum."""

import json
from decimal import Decimal

import pytest

from scoring.grades import grades_of
from scoring.loading import from_text, load
from scoring.problems import StandardError
from scoring.standard import Standard
from scoring.tree import Basis, Grades, Tree

BANDS = """  bands:
  - {name: 优, least: 90}
  - {name: 良, least: 80}
  - {name: 中, least: 60}
  - {name: 差, least: 0}
"""


@pytest.mark.parametrize(
    ("points", "grade"),
    [
        ("100", "优"),
        ("90", "优"),
        ("89.99", "良"),
        ("80.00", "良"),
        ("79.99", "中"),
        ("60", "中"),
        ("59.99", "差"),
        ("0", "差"),
    ],
)
def test_a_band_holds_its_least_points(standard: Standard, points: str, grade: str) -> None:
    assert standard.grades.of(Decimal(points)).name == grade


def _with(bands: str) -> str:
    files = json.loads(load("meijiang-2021").text)
    assert BANDS in files["tree.yaml"], "the built-in standard has changed"
    files["tree.yaml"] = files["tree.yaml"].replace(BANDS, bands, 1)
    return json.dumps(files)


def test_a_standard_can_have_bands_of_its_own() -> None:
    bands = "  bands: [{name: 合格, least: 70.5}, {name: 不合格, least: 0}]\n"
    standard = from_text(_with(bands))
    assert standard.grades.of(Decimal("70.5")).name == "合格"
    assert standard.grades.of(Decimal("70.49")).name == "不合格"


def test_an_older_standard_has_the_usual_bands() -> None:
    files = json.loads(load("meijiang-2021").text)
    before, _, rest = files["tree.yaml"].partition("grades:\n")
    files["tree.yaml"] = before + rest[rest.index("\nmax: 100") + 1 :]
    standard = from_text(json.dumps(files))
    assert standard.grades.of(Decimal("89.99")).name == "良"
    assert standard.grades.basis is Basis.ASSUMED


def test_the_usual_bands_are_shares_of_the_maximum() -> None:
    tree = Tree.model_construct(max=Decimal(120), grades=None)
    grades = grades_of(tree)
    assert [band.least for band in grades.bands] == [108, 96, 72, 0]
    own = Grades.model_validate(
        {"bands": [{"name": "x", "least": 0}], "basis": "quoted", "source": "y"}
    )
    assert grades_of(Tree.model_construct(max=Decimal(120), grades=own)) is own


@pytest.mark.parametrize(
    ("bands", "code"),
    [
        ("[{name: 优, least: 80}, {name: 良, least: 90}, {name: 差, least: 0}]", "grade_order"),
        ("[{name: 优, least: 90}, {name: 良, least: 90}, {name: 差, least: 0}]", "grade_order"),
        ("[{name: 优, least: 101}, {name: 差, least: 0}]", "grade_order"),
        ("[{name: 优, least: 90}, {name: 优, least: 80}, {name: 差, least: 0}]", "grade_twice"),
        ("[{name: 优, least: 90}, {name: 良, least: 60}]", "grade_floor"),
        ("[]", "shape"),
        ("[{name: 优, least: -1}]", "shape"),
    ],
)
def test_bands_that_leave_a_total_without_one_grade_are_refused(bands: str, code: str) -> None:
    with pytest.raises(StandardError) as refused:
        from_text(_with(f"  bands: {bands}\n"))
    assert {problem.code for problem in refused.value.problems} == {code}
