"""Columns that are asked row by row: paragraphs for all rows in one message, 同上."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dialogs.agenda import Item
from dialogs.answers import problem, read_cell, with_cells
from dialogs.bubbles import Words
from dialogs.describing import row_name
from dialogs.replies import keep, repeat
from dialogs.step import Step
from dialogs.tables.kept import fact_of
from dialogs.talk import Talk
from dialogs.understand.command import Command
from dialogs.understand.pasted import physical_lines
from dialogs.understand.reading import Ask
from dialogs.understand.same_cell import says_same
from dialogs.understand.spread import (
    named_paragraphs,
    numbered_paragraphs,
    says_apart,
    says_in_one,
)
from dialogs.wording import join, say
from scoring.values import Cell, Rows, Text

SPREAD = "rows_spread"
_LEAST = 2
_SURE = 3
_SHOWN = 7


def answer(talk: Talk, item: Item, text: str, command: Command | None) -> Step | None:
    """The step for 同上, or for a message with paragraphs that name their rows or number them; None
    for all else."""
    if item.row is None:
        return None
    if talk.state.pending.get("kind") == SPREAD:
        return _decided(talk, item, text)
    if says_same(text):
        return _same(talk, item, item.row)
    if command is not None or len(item.columns) != 1:
        return None
    rows, lines = _rows(talk, item).value, physical_lines(text)
    named = named_paragraphs(lines, [row_name(row) for row in rows])
    if named:
        return _spread(talk, item, named, text)
    numbered = numbered_paragraphs(lines)
    if len(numbered) < _LEAST or max(numbered) > len(rows):
        return None
    if item.row == 0 and len(numbered) == len(rows) >= _SURE:
        return _spread(talk, item, numbered, text)
    pending = {"kind": SPREAD, "text": text}
    numbers = join([str(number) for number in sorted(numbered)])
    asked = say("rows_spread_ask", numbers=numbers, name=row_name(rows[item.row]))
    return Step(talk.state.but(pending=pending), (), (Words(asked),))


def _rows(talk: Talk, item: Item) -> Rows:
    rows = talk.answers[item.facts[0]]
    assert isinstance(rows, Rows)  # noqa: S101 - only tables have columns
    return rows


def _decided(talk: Talk, item: Item, text: str) -> Step | None:
    """Whether the paragraphs are for one row each or for the one that is asked."""
    typed = str(talk.state.pending["text"])
    fresh = talk.with_state(talk.state.but(pending={}))
    if says_apart(text):
        return _spread(fresh, item, numbered_paragraphs(physical_lines(typed)), typed)
    if says_in_one(text) and item.row is not None:
        return _kept(fresh, item, {item.row: typed}, typed)
    return None


def _same(talk: Talk, item: Item, at: int) -> Step | None:
    """同上: the cells of the row above."""
    rows = _rows(talk, item)
    above = rows.value[at - 1] if at else {}
    cells: dict[str, Cell] = {c: above[c] for c in item.columns if c in above}
    columns = fact_of(talk, item).columns
    wanted = [c for c in item.columns if not columns[c].optional]
    if not cells or any(above.get(c, Text("")) == Text("") for c in wanted):
        return repeat(talk, say("rows_nothing_above"))
    values = {item.facts[0]: with_cells(rows, at, cells)}
    return keep(talk, item, values, say("rows_same_raw", name=row_name(rows.value[at - 1])))


def _spread(talk: Talk, item: Item, paragraphs: Mapping[int, str], raw: str) -> Step:
    """The paragraphs given to their rows; a row that has its text already keeps it."""
    rows, column = _rows(talk, item).value, item.columns[0]
    fresh = {n - 1: words for n, words in paragraphs.items() if column not in rows[n - 1]}
    kept = [row_name(rows[n - 1]) for n in paragraphs if n - 1 not in fresh]
    if not fresh:
        return repeat(talk, say("rows_spread_there", names=join(kept)))
    return _kept(talk, item, fresh, raw, kept)


def _kept(
    talk: Talk, item: Item, texts: Mapping[int, str], raw: str, had: Sequence[str] = ()
) -> Step:
    rows, column = _rows(talk, item), item.columns[0]
    spec = fact_of(talk, item).columns[column]
    cells: dict[int, Cell] = {}
    for at, text in texts.items():
        got = read_cell(spec, text, talk.today)
        if isinstance(got, Ask):
            return repeat(talk, say("rows_cell_of", name=row_name(rows.value[at])) + problem(got))
        cells[at] = got.value
    for at, cell in cells.items():
        rows = with_cells(rows, at, {column: cell})
    told = [
        say("rows_spread_one", name=row_name(rows.value[at]), length=len(text))
        for at, text in texts.items()
    ]
    details = [say("rows_spread_told", names=join(told[:_SHOWN]), count=len(told))]
    details += [say("rows_spread_there", names=join(list(had)))] if had else []
    first = Item(item.key, item.question, item.facts, item.columns, min(texts))
    is_asked = list(texts) == [item.row]
    return keep(talk, first, {item.facts[0]: rows}, raw, details=[] if is_asked else details)
