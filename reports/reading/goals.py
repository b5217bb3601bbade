"""Goals: what was aimed at, what came out, and how it changed, from tables or from a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reports.reading.found import Found
from reports.reading.paper import Paper, Passage
from reports.reading.patterns import part, pattern
from reports.reading.staff import columns_of

Row = dict[str, object]


def read_goals(paper: Paper, found: Found) -> None:
    """The fullest table of goals with the changes told elsewhere; else the clauses of a text."""
    tables = [
        (grid, columns) for _, grid in paper.grids() if (columns := columns_of(grid, "goals"))
    ]
    if tables:
        grid, columns = max(tables, key=lambda one: len(one[1]))
        rows = [_row(row, columns) for row in grid.rows[1:]]
        whole = "actual" in columns and "reached" in columns and all("reached" in r for r in rows)
        for passage in paper.passages():
            if passage.text.startswith(part("rows", "main_goals")):
                whole = _changes(rows, passage) and whole
        found.add("goals", rows, grid.place, certain=whole)
        return
    for holder in paper.under(part("headings", "goals")):
        rows = [row for passage in holder.passages() for row in _clauses(passage.text)]
        if rows:
            found.add("goals", rows, holder.place, certain=False)


def _row(cells: Sequence[str], columns: Mapping[str, int]) -> Row:
    row: Row = {name: cells[at] for name, at in columns.items() if cells[at]}
    said = str(row.pop("reached", ""))
    for answer in (True, False):
        if pattern("rows", "yes" if answer else "no").match(said):
            row["reached"] = answer
    return row


def _changes(rows: Sequence[Row], passage: Passage) -> bool:
    """Puts in how each figure changed; False when the passage doesn't follow the rows."""
    rest = passage.text[len(part("rows", "main_goals")) :]
    starts = [f"{row['name']}{_bare(row.get('actual'))}" for row in rows]
    for n, row in enumerate(rows):
        if not rest.startswith(starts[n]):
            return False
        rest = rest[len(starts[n]) :]
        following = part("semicolon") + starts[n + 1] if n + 1 < len(rows) else part("stop")
        end = rest.find(following) if n + 1 < len(rows) else len(rest.rstrip(part("stop")))
        if end < 0:
            return False
        changed = rest[:end].partition(part("rows", "same_month"))[2]
        if changed:
            row["change"] = changed
        rest = rest[end + 1 :]
    return True


def _bare(cell: object) -> str:
    return str(cell or "").rstrip(part("loose"))


def _clauses(text: str) -> list[Row]:
    """The clauses 完成…，同比… of a text."""
    rows: list[Row] = []
    for sentence in pattern("rows", "clauses").split(text):
        match = pattern("rows", "goal_clause").match(sentence)
        if match:
            rows.append({name: match[name] for name in ("name", "actual", "change")})
    return rows
