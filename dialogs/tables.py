"""Rows typed line by line: added, shown, deleted, closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from dialogs.agenda import Item, line_columns
from dialogs.answers import problem, read_cell
from dialogs.bubbles import Words
from dialogs.describing import rows_count
from dialogs.questions import column_text, draft_lines
from dialogs.states import Draft, State
from dialogs.step import Step
from dialogs.talk import Talk
from dialogs.understand.command import Command
from dialogs.understand.reading import Ask
from dialogs.understand.rows import Slot, fit_line, split_lines
from dialogs.wording import say, shortened
from scoring.plain import read_value
from scoring.questionnaire import Column, Fact, Kind
from scoring.values import Rows

_LINE_LIMIT = 30
_SHOWN_BAD = 5


def draft_of(talk: Talk, name: str) -> Draft:
    """The rows that are kept for a fact, as a draft to go on with."""
    kept = talk.answers.get(name)
    return tuple(kept.plain()) if isinstance(kept, Rows) else ()


def add_lines(talk: Talk, item: Item, text: str) -> Step:
    """Takes the lines of a message into the draft and says what was understood."""
    fact = talk.case.standard.facts[item.facts[0]]
    good, bad = read_lines(fact, text, talk.today)
    draft = (*talk.draft(item), *good)
    state = talk.state.with_draft(item.question.id, draft).but(asked=item.key)
    count, total = rows_count(fact, len(good)), rows_count(fact, len(draft))
    lines = [say("rows_added", count=count, total=total)] if good else []
    lines += draft_lines(draft, fact) if good else []
    lines += bad[:_SHOWN_BAD]
    if len(bad) > _SHOWN_BAD:
        lines.append(say("rows_bad_more", count=len(bad) - _SHOWN_BAD))
    if draft:
        lines.append(say("rows_bad_kept" if bad else "rows_more"))
    return _say(state, lines)


def read_lines(
    fact: Fact, text: str, today: date, *, enumerates: bool = True
) -> tuple[list[Mapping[str, Any]], list[str]]:
    """The rows of a text, and what is wrong with the other lines. Where one line may enumerate
    several rows (甲、乙、丙), it is taken apart."""
    columns = line_columns(fact)
    good: list[Mapping[str, Any]] = []
    bad: list[str] = []
    for line in split_lines(text, single_column=enumerates and len(columns) == 1):
        row = _row(line, columns, today)
        if isinstance(row, str):
            bad.append(row)
        else:
            good.append(row)
    return good, bad


def _row(line: str, columns: Mapping[str, Column], today: date) -> Mapping[str, Any] | str:
    """The row of a line as plain data, or what is wrong with the line."""
    slots = [_slot(name, column, today) for name, column in columns.items()]
    cells = fit_line(line, slots)
    if cells is None:
        names = say("cell_gap").join(column_text(column) for column in columns.values())
        return say("ask_row", line=shortened(line, _LINE_LIMIT), columns=names)
    row: dict[str, Any] = {}
    for name, cell in cells.items():
        got = read_cell(columns[name], cell, today)
        if isinstance(got, Ask):
            return say("ask_row_cell", line=shortened(line, _LINE_LIMIT), problem=problem(got))
        row[name] = got.value.plain()
    return row


def _slot(name: str, column: Column, today: date) -> Slot:
    def fits(cell: str) -> bool:
        return not isinstance(read_cell(column, cell, today), Ask)

    return Slot(name, fits, column.type is Kind.TEXT, column.optional)


def change_draft(talk: Talk, item: Item, command: Command) -> Step:
    """Deletes a row of the draft, empties it, or shows it."""
    fact, draft = talk.case.standard.facts[item.facts[0]], talk.draft(item)
    if command.name == "clear":
        state = talk.state.with_draft(item.question.id, ()).but(asked=item.key)
        return _say(state, [say("rows_cleared")])
    if command.name == "delete":
        return _delete(talk, item, fact, int(command.target))
    if not draft:
        return _say(talk.state, [say("rows_none_yet")])
    shown = say("rows_shown", total=rows_count(fact, len(draft)))
    return _say(talk.state, [shown, *draft_lines(draft, fact), say("rows_more")])


def _delete(talk: Talk, item: Item, fact: Fact, at: int) -> Step:
    draft = talk.draft(item)
    if not 1 <= at <= len(draft):
        total = rows_count(fact, len(draft))
        return _say(talk.state, [say("rows_no_such", number=at, total=total)])
    left = draft[: at - 1] + draft[at:]
    state = talk.state.with_draft(item.question.id, left).but(asked=item.key)
    told = say("rows_deleted", number=at, total=rows_count(fact, len(left)))
    return _say(state, [told, *draft_lines(left, fact), say("rows_more")])


def _say(state: State, lines: Sequence[str]) -> Step:
    return Step(state, (), (Words("\n".join(lines)),))


def closed(talk: Talk, item: Item) -> Rows | str:
    """The rows of the draft, or why it can't be closed yet."""
    fact = talk.case.standard.facts[item.facts[0]]
    if len(talk.draft(item)) < fact.min_rows:
        return say("rows_too_few", least=rows_count(fact, fact.min_rows))
    rows = read_value(fact, [dict(row) for row in talk.draft(item)])
    assert isinstance(rows, Rows)  # noqa: S101 - the fact is a table
    return rows
