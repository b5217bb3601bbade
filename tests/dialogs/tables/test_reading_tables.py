"""Tables of the reference case in every layout give the same rows, and no line is ever lost."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.agenda import line_columns
from dialogs.describing import unit_label
from dialogs.tables.reading import Reading, read_table
from dialogs.understand.pasted import physical_lines
from scoring.filing import read_answers_file
from scoring.loading import load
from scoring.questionnaire import Kind
from scoring.values import Rows

TODAY = date(2022, 5, 27)
STANDARD = load("meijiang-2021")
EXAMPLE = Path(__file__).parents[3] / "examples" / "reference-case.yaml"
TABLES = {
    name: value.plain()
    for name, value in read_answers_file(STANDARD, EXAMPLE).items()
    if isinstance(value, Rows) and value.value
}
CASES = yaml.safe_load((Path(__file__).parent / "reading.yaml").read_text(encoding="utf-8"))
FAST = settings(derandomize=True, deadline=None, max_examples=150)
GAPS = {"tab": "\t", "bar": " | ", "spaces": "   ", "comma": "，"}


def lines_of(name: str) -> list[list[str]]:
    columns = line_columns(STANDARD.facts[name])
    return [[str(row.get(column, "")) for column in columns] for row in TABLES[name]]


def gaps_for(name: str) -> list[str]:
    """The layouts in which the cells of a table can be told apart at all."""
    rows, columns = lines_of(name), line_columns(STANDARD.facts[name])
    free = [gap for gap in GAPS if not any(GAPS[gap].strip() in c for r in rows for c in r)]
    exact = [gap for gap in ("tab", "bar") if gap in GAPS]
    return list(dict.fromkeys([*exact, *free])) if len(columns) > 1 else ["tab"]


@st.composite
def rendered(draw: st.DrawFn) -> tuple[str, str, int]:
    """A table as somebody copies it: (fact, text, lines that are no rows)."""
    name = draw(st.sampled_from(sorted(TABLES)))
    columns = line_columns(STANDARD.facts[name])
    gap = GAPS[draw(st.sampled_from(gaps_for(name)))]
    rows, others = lines_of(name), 0
    serials = draw(st.sampled_from(["", "cell", "mark"]))
    header = draw(st.booleans()) and len(columns) > 1
    if serials == "cell" and (len(rows) > 1 or header):
        rows = [[str(n), *row] for n, row in enumerate(rows, start=1)]
    lines = [gap.join(row).rstrip() for row in rows]
    if serials == "mark":
        lines = [f"{n}、{line}" for n, line in enumerate(lines, start=1)]
    if header:
        head = ["序号"] if rows[0][0] == "1" and serials == "cell" else []
        lines.insert(0, gap.join([*head, *(column.label for column in columns.values())]))
        others += 1
    if draw(st.booleans()) and name in ("staffing", "other_staff"):
        totals = [sum(int(row[at]) for row in lines_of(name)) for at in range(1, len(columns))]
        lead = ["", "合计"] if serials == "cell" else ["合计"]
        lines.append(gap.join([*lead, *map(str, totals)]).strip(" ，|"))
        others += 1
    end = draw(st.sampled_from(["\n", "\r\n", "\n\n"]))
    return name, end.join(lines), others


@FAST
@given(rendered())
def test_a_table_in_any_layout_gives_its_rows(table: tuple[str, str, int]) -> None:
    name, text, others = table
    columns = line_columns(STANDARD.facts[name])
    wanted = [{c: row[c] for c in columns if c in row} for row in TABLES[name]]
    found = read_table(STANDARD.facts[name], text, TODAY, ())
    assert [dict(row) for row in found.rows] == wanted, found
    assert len(found.named) == others
    assert found.odd == ()


def counted(found: Reading) -> int:
    return len(found.rows) + len(found.odd) + len(found.named)


PIECES = st.sampled_from(
    [
        "行政编制",
        "21",
        "19人",
        "合计",
        "类别",
        "实有数",
        "，",
        "\t",
        " ",
        "、",
        "|",
        "1.",
        "（二）",
        "同上",
        "若干",
        *("35万元", "1,306.9", "—", "单位：万元", "序号", "：", "；", "3", "吧", '"', "100%"),
    ]
)
TEXTS = st.lists(st.lists(PIECES, min_size=1, max_size=7).map("".join), min_size=1, max_size=6)


@FAST
@given(st.sampled_from(sorted(TABLES)), TEXTS)
def test_no_line_is_lost(name: str, lines: list[str]) -> None:
    """Every line is a row, waits, or is named: what it was is found again in one of them."""
    text = "\n".join(lines)
    found = read_table(STANDARD.facts[name], text, TODAY, ())
    assert counted(found) > 0 or not physical_lines(text)
    kept = " ".join(
        [*(str(v) for row in found.rows for v in row.values()), *(odd.text for odd in found.odd)]
        + [line for _, line in found.named]
    )
    for line in physical_lines(text):
        words = [word for word in ("行政编制", "若干") if word in line]
        if "rows_other_cells" in found.notes:
            # More cells than the table has columns: it is said that the others are left out.
            words = words[:0]
        assert all(word in kept for word in words), (line, found)


@FAST
@given(TEXTS)
def test_lines_that_stand_apart_are_counted(lines: list[str]) -> None:
    """Of a table of several columns each line gives one thing or more, whatever stands in it."""
    text = "\n".join(line.replace("：", " ") for line in lines)
    found = read_table(STANDARD.facts["staffing"], text, TODAY, ())
    assert counted(found) >= len(physical_lines(text))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_message_is_read(case: dict[str, Any]) -> None:
    fact = STANDARD.facts[case["fact"]]
    found = read_table(fact, case["text"], TODAY, case.get("before", ()))
    columns = list(line_columns(fact))
    rows = [[str(row.get(column, "")) for column in columns] for row in found.rows]
    assert rows == [list(map(str, row)) for row in case.get("rows", [])]
    assert [odd.text.replace("\t", " ").split() for odd in found.odd] == [
        str(line).split() for line in case.get("odd", [])
    ]
    assert [kind for kind, _ in found.named] == case.get("named", [])
    assert list(found.layout.extra if found.layout else ()) == case.get("extra", [])


def test_every_money_column_says_its_unit() -> None:
    """The tests above write amounts as they are kept."""
    for name in TABLES:
        for column in line_columns(STANDARD.facts[name]).values():
            assert column.type is not Kind.MONEY or unit_label(column.unit)
