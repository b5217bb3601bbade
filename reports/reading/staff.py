"""Staff: established posts and how many are filled, and people beyond them."""

from __future__ import annotations

import re

from reports.reading.found import Found
from reports.reading.paper import Grid, Paper, Passage
from reports.reading.patterns import part, pattern
from scoring.values import Rows, Text


def read_staff(paper: Paper, found: Found) -> None:
    """Established staff from a table or from sentences; a table goes before."""
    grids = [
        (grid, columns) for _, grid in paper.grids() if (columns := columns_of(grid, "staffing"))
    ]
    for grid, columns in grids:
        rows = [{name: row[at] for name, at in columns.items()} for row in grid.rows[1:]]
        if set(columns) == set(part("rows", "tables", "staffing")):
            posts = [row for row in rows if not pattern("rows", "staff_total").match(row["kind"])]
            found.add("staffing", [_numbers(row) for row in posts], grid.place)
    for holder in [] if grids else paper.under(part("headings", "staffing")):
        said = [row for passage in holder.passages() for row in _posts(passage.text, found)]
        if said:
            certain = all("actual" in row for row in said)
            found.add("staffing", said, holder.place, certain=certain)


def read_other_staff(paper: Paper, found: Found) -> None:
    """People beyond the establishment, where the report speaks of the assets they need."""
    for holder in paper.under(part("headings", "assets")):
        for passage in holder.passages():
            if pattern("rows", "staffed").search(passage.text):
                _hired(passage, found)


def columns_of(grid: Grid, table: str) -> dict[str, int]:
    """Which cell of a row holds which column, by the heads; {} for another table."""
    heads = [re.sub(r"\s", "", head) for head in grid.rows[0]] if grid.rows else []
    columns: dict[str, int] = {}
    for name, head in part("rows", "tables", table).items():
        at = [n for n, one in enumerate(heads) if re.search(head, one)]
        if len(at) == 1:
            columns[name] = at[0]
    named = next(iter(part("rows", "tables", table)))
    whole = all(len(row) == len(heads) for row in grid.rows)
    return columns if named in columns and len(columns) > 1 and whole else {}


def _numbers(row: dict[str, str]) -> dict[str, str]:
    return {name: cell for name, cell in row.items() if cell}


def _posts(text: str, found: Found) -> list[dict[str, str]]:
    rows = []
    for match in pattern("rows", "staff").finditer(text):
        row = {"kind": match["kind"], "authorised": match["authorised"], "actual": match["actual"]}
        subject = pattern("rows", "staff_subject").search(text[: match.start("kind")])
        if subject:
            row["kind"] = _affiliate(subject["name"], found) + row["kind"]
        rows.append({name: cell for name, cell in row.items() if cell})
    return rows


def _affiliate(words: str, found: Found) -> str:
    """The affiliated unit that the words before 设 end in; "" for the department itself."""
    value = found.value("affiliates")
    names = [row["name"] for row in value.value] if isinstance(value, Rows) else []
    fitting = (n.value for n in names if isinstance(n, Text) and words.endswith(n.value))
    return next(fitting, "")


def _hired(passage: Passage, found: Found) -> None:
    after = pattern("rows", "hired_after").search(passage.text)
    text = after["list"] if after else passage.text
    rows = [
        {"kind": match["kind"], "number": match["number"]}
        for match in pattern("rows", "hired").finditer(text)
        if after or pattern("rows", "hired_words").search(match["kind"])
    ]
    # People of other kinds may hide among those whom the sentence counts.
    own = pattern("rows", "own_staffed").search(passage.text)
    if rows or own:
        found.add("other_staff", rows, passage.place, certain=bool(after or own))
