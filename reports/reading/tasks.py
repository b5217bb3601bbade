"""Key tasks: their names and descriptions, and which of them are done."""

from __future__ import annotations

from collections.abc import Sequence

from reports.reading.found import Found
from reports.reading.listed import items
from reports.reading.paper import Paper
from reports.reading.patterns import part, pattern


def read_tasks(paper: Paper, found: Found) -> None:
    """The items under 重点工作任务; whether they are done stands with the indicator."""
    for holder in paper.under(part("headings", "key_tasks"))[:1]:
        rows: list[dict[str, object]] = [
            {"name": one.name, "description": one.rest} for one in items(holder)
        ]
        said = _done(paper, [str(row["name"]) for row in rows])
        for row, done in zip(rows, said, strict=True):
            if done is not None:
                row["done"] = done
        if rows:
            whole = all(row["description"] and "done" in row for row in rows)
            found.add("key_tasks", rows, holder.place, certain=whole)


def _done(paper: Paper, names: Sequence[str]) -> list[bool | None]:
    """Whether each task is done; None where the report doesn't say."""
    for holder in paper.under(part("headings", "tasks_done")):
        text = holder.text()
        left = pattern("rows", "tasks_left").search(text)
        done = pattern("rows", "tasks_all").search(text)
        if left:
            open_ones = named(left["names"], names)
            if open_ones is not None:
                return [name not in open_ones for name in names]
        elif done and (done["done"] is None or int(done["done"]) == len(names)):
            return [True] * len(names)
    return [None] * len(names)


def named(text: str, names: Sequence[str]) -> list[str] | None:
    """Which of these names a text lists, joined by 、, in their order; None if it lists others.

    >>> named("甲、乙、丙", ["甲、乙", "丁", "丙"])
    ['甲、乙', '丙']
    """
    listed, rest = [], text
    for name in names:
        if rest == name or rest.startswith(name + part("names_split")):
            listed.append(name)
            rest = rest[len(name) + 1 :]
    return None if rest else listed
