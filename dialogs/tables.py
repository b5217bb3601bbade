"""Rows typed line by line: added, shown, deleted, closed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialogs.agenda import Item, line_columns
from dialogs.answers import read_cell
from dialogs.bubbles import Words
from dialogs.prompts import column_text, draft_lines
from dialogs.step import Step
from dialogs.talk import Talk
from dialogs.understand.command import Command
from dialogs.understand.reading import Ask
from dialogs.understand.rows import Slot, fit_line, split_lines
from dialogs.wording import say
from scoring.plain import read_value
from scoring.questionnaire import Column, Fact, Kind
from scoring.values import Rows


def draft_of(talk: Talk, name: str) -> tuple[Mapping[str, Any], ...]:
    """The rows that are kept for a fact, as a draft to go on with."""
    kept = talk.answers.get(name)
    return tuple(kept.plain()) if isinstance(kept, Rows) else ()


def add_lines(talk: Talk, item: Item, text: str) -> Step:
    """Takes the lines of a message into the draft and says what was understood."""
    fact = talk.case.standard.facts[item.facts[0]]
    columns = line_columns(fact)
    good: list[Mapping[str, Any]] = []
    bad: list[str] = []
    for line in split_lines(text, single_column=len(columns) == 1):
        row = _row(line, columns, talk)
        if isinstance(row, str):
            bad.append(row)
        else:
            good.append(row)
    state = talk.state.but(asked=item.key, draft=(*talk.state.draft, *good))
    after = talk.with_state(state)
    total = len(state.draft)
    lines = [say("rows_added", count=len(good), total=total)] if good else []
    lines += draft_lines(after, fact) if good else []
    lines += bad
    if bad and good:
        lines.append(say("rows_bad_kept"))
    if good or total:
        lines.append(say("rows_more"))
    return Step(state, (), (Words("\n".join(lines)),))


def _row(line: str, columns: Mapping[str, Column], talk: Talk) -> Mapping[str, Any] | str:
    """The row of a line as plain data, or what is wrong with the line."""
    slots = [_slot(name, column, talk) for name, column in columns.items()]
    cells = fit_line(line, slots)
    if cells is None:
        names = " ".join(column_text(column) for column in columns.values())
        return say("ask_row", line=line[:60], columns=names)
    row: dict[str, Any] = {}
    for name, cell in cells.items():
        got = read_cell(columns[name], cell, talk.today)
        if isinstance(got, Ask):
            return say("ask_row_cell", line=line[:60], problem=say(got.code, **got.numbers))
        row[name] = got.value.plain()
    return row


def _slot(name: str, column: Column, talk: Talk) -> Slot:
    def fits(cell: str) -> bool:
        return not isinstance(read_cell(column, cell, talk.today), Ask)

    return Slot(name, fits, column.type is Kind.TEXT, column.optional)


def change_draft(talk: Talk, item: Item, command: Command) -> Step:
    """Deletes a row of the draft, empties it, or shows it."""
    fact = talk.case.standard.facts[item.facts[0]]
    draft = talk.state.draft
    if command.name == "clear":
        return _say(talk.state.but(asked=item.key, draft=()), say("rows_cleared"))
    if command.name == "delete":
        at = int(command.target)
        if not 1 <= at <= len(draft):
            return _say(talk.state, say("rows_no_such", number=at, total=len(draft)))
        state = talk.state.but(asked=item.key, draft=draft[: at - 1] + draft[at:])
        head = say("rows_deleted", number=at, total=len(state.draft))
        shown = draft_lines(talk.with_state(state), fact)
        return _say(state, "\n".join([head, *shown, say("rows_more")]))
    if not draft:
        return _say(talk.state, say("rows_none_yet"))
    lines = [say("rows_shown", total=len(draft)), *draft_lines(talk, fact), say("rows_more")]
    return _say(talk.state, "\n".join(lines))


def _say(state: Any, text: str) -> Step:
    return Step(state, (), (Words(text),))


def closed(talk: Talk, item: Item) -> Rows | Step:
    """The rows of the draft, or why it can't be closed yet."""
    fact: Fact = talk.case.standard.facts[item.facts[0]]
    if len(talk.state.draft) < fact.min_rows:
        return _say(talk.state, say("rows_too_few", least=fact.min_rows))
    rows = read_value(fact, [dict(row) for row in talk.state.draft])
    assert isinstance(rows, Rows)  # noqa: S101 - the fact is a table
    return rows
