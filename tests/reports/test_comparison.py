"""Two versions side by side: facts, rows and cells, points, totals."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from reports.comparison import compare
from scoring.filing import read_answers_file
from scoring.loading import load
from scoring.plain import read_value
from scoring.standard import Standard
from scoring.values import Rows, Text, Value

EXAMPLE = Path(__file__).parents[2] / "examples" / "reference-case.yaml"


@pytest.fixture(scope="module")
def standard() -> Standard:
    return load("meijiang-2021")


@pytest.fixture(scope="module")
def before(standard: Standard) -> dict[str, Value]:
    return read_answers_file(standard, EXAMPLE)


def changed(standard: Standard, before: dict[str, Value], **plain: Any) -> dict[str, Value]:
    after = dict(before)
    for fact, given in plain.items():
        if given is None:
            del after[fact]
        else:
            after[fact] = read_value(standard.facts[fact], given)
    return after


def test_the_same_is_the_same(standard: Standard, before: dict[str, Value]) -> None:
    found = compare(standard, before, dict(before))
    assert found.is_same
    assert found.total_before == found.total_after == Decimal("95.45")


def test_a_changed_figure_with_its_points(standard: Standard, before: dict[str, Value]) -> None:
    after = changed(standard, before, procurement_actual="50万元")
    found = compare(standard, before, after)
    (fact,) = found.facts
    assert (fact.fact, fact.old, fact.new) == ("procurement_actual", "98.31万元", "50万元")
    assert fact.number == standard.number_of["procurement"]
    (moved,) = found.moved
    assert (moved.code, moved.old, moved.new) == ("B3-1", Decimal("2.95"), Decimal("1.5"))
    assert found.total_after == found.total_before - Decimal("1.45")


def test_answers_that_came_and_went(standard: Standard, before: dict[str, Value]) -> None:
    after = changed(standard, before, next_steps=None, budget_reasonable="ABC")
    found = {each.fact: each for each in compare(standard, before, after).facts}
    assert found["next_steps"].new == ""
    assert len(found["next_steps"].old) > 10
    assert "A" not in found["budget_reasonable"].new
    assert found["budget_reasonable"].new.count("、") == 2


def rows_with(before: dict[str, Value], fact: str) -> list[dict[str, Any]]:
    value = before[fact]
    assert isinstance(value, Rows)
    return [dict(row) for row in value.value]


def test_rows_added_removed_and_changed_cell_by_cell(
    standard: Standard, before: dict[str, Value]
) -> None:
    rows = rows_with(before, "goals")
    first = rows[0]["name"]
    rows[0]["target"] = Text("新的目标")
    gone = rows.pop(1)
    rows.append({**rows[-1], "name": Text("新的指标")})
    # One went and one came: with other names in other places they are not taken for one.
    rows.append({**rows[-1], "name": Text("又一个指标")})
    (table,) = compare(standard, before, {**before, "goals": Rows(tuple(rows))}).tables
    assert table.added == ("新的指标", "又一个指标")
    assert table.removed == (gone["name"].value,)
    (cell,) = table.cells
    assert (cell.row, cell.new) == (first.value, "新的目标")
    assert cell.old


def test_moved_rows_are_no_change_of_cells(standard: Standard, before: dict[str, Value]) -> None:
    rows = rows_with(before, "goals")
    turned = {**before, "goals": Rows(tuple(reversed(rows)))}
    (table,) = compare(standard, before, turned).tables
    assert (table.added, table.removed, table.cells) == ((), (), ())


def test_a_renamed_row_is_one_changed_cell(standard: Standard, before: dict[str, Value]) -> None:
    rows = rows_with(before, "goals")
    old = rows[0]["name"].value
    rows[0]["name"] = Text("换了名称")
    (table,) = compare(standard, before, {**before, "goals": Rows(tuple(rows))}).tables
    (cell,) = table.cells
    assert (cell.old, cell.new) == (old, "换了名称")
    assert (table.added, table.removed) == ((), ())
