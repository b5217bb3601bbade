"""A cell of a table changed from anywhere, without opening the table: 第3项资金的金额改成35万."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from dialogs.agenda import Item, form_of, line_columns
from dialogs.replies import keep, repeat
from dialogs.step import Step
from dialogs.tables.changing import cell_line, changed_cell
from dialogs.tables.finding import fitting_columns, labels_of, named_rows, numbered_row
from dialogs.tables.kept import Row, draft_of
from dialogs.tables.written import name_text
from dialogs.talk import Talk
from dialogs.understand.command import Command
from dialogs.understand.plain_text import before_bracket, narrow
from dialogs.understand.row_cuts import table_hint, without_of
from dialogs.understand.row_words import row_and_rest, split_column, target_and_value
from dialogs.wording import join, say
from scoring.by_content import ByContent
from scoring.plain import read_value
from scoring.questionnaire import Fact, Form, Kind
from scoring.values import Rows

_SHORTEST_NAME = 3
_SHORTEST_HINT = 2


@dataclass(frozen=True)
class Cell:
    """One cell of a table that is kept: the fact, the row (from 0) and the column."""

    fact: str
    row: int
    column: str


def change_afar(talk: Talk, text: str, command: Command | None) -> Step | None:
    """The step of 改成 that sets a cell of a table that is kept; None where it names no row.

    A row is named by its number with words for the table or for a column that only one table has,
    or by its name with a column, or by its whole name alone, but where words are asked.
    """
    said = target_and_value(text) if command and command.name == "set" else None
    if said is None or _is_fact(talk, said[0]):
        return None
    target, value = said
    found = list(dict.fromkeys(_meant(talk, target, value)))
    if not found:
        return None
    if len(found) > 1:
        return repeat(talk, _which(talk, target, found))
    cell = found[0]
    item = talk.edited(talk.case.standard.question_of[cell.fact].id)
    return _set(talk, item, cell, value) if item else None


def _asks_words(talk: Talk) -> bool:
    item = talk.current
    if item is None:
        return False
    form = form_of(item.question, talk.case.standard.facts)
    return form is Form.TEXT or item.row is not None


def _is_fact(talk: Talk, target: str) -> bool:
    """Whether words are the whole label of a fact: that is not a row then."""
    return without_of(narrow(target)) in _labels(ByContent(talk.case.standard))


@lru_cache(maxsize=16)
def _labels(known: ByContent) -> frozenset[str]:
    """The labels of all facts as they are compared with words: whole, and without what stands in
    brackets."""
    facts = known.standard.facts.values()
    whole = {narrow(fact.label) for fact in facts} | {fact.short for fact in facts}
    return frozenset(whole | {narrow(before_bracket(fact.label)) for fact in facts})


def _tables(talk: Talk) -> Iterator[tuple[str, Fact, tuple[Row, ...]]]:
    for name, fact in talk.case.standard.facts.items():
        if fact.type is Kind.ROWS and isinstance(talk.answers.get(name), Rows):
            yield name, fact, tuple(draft_of(talk, name))


def _meant(talk: Talk, target: str, value: str) -> Iterator[Cell]:
    numbered = row_and_rest(narrow(target))
    for name, fact, rows in _tables(talk):
        if numbered:
            yield from _by_number(name, fact, rows, *numbered)
        else:
            yield from _by_name(talk, name, fact, rows, target, value)


def _by_number(
    name: str, fact: Fact, rows: tuple[Row, ...], number: int, rest: str
) -> Iterator[Cell]:
    """The cell of a row by its number: what is left of the words names table and column."""
    at = numbered_row(number, len(rows))
    labels = labels_of(fact)
    hint, column = split_column(rest, labels)
    if not column:
        column = dict(labels).get(without_of(rest), "")
        hint = "" if column else hint
    if at < 0 or not column:
        return
    exact = without_of(rest) == fact.columns[column].label
    if (hint and _names(hint, fact)) or (not hint and exact):
        yield Cell(name, at, column)


def _names(hint: str, fact: Fact) -> bool:
    """Whether words mean this table: part of its name, as 资金 of 专项资金（项目）."""
    bare = table_hint(hint)
    return len(bare) >= _SHORTEST_HINT and (
        bare in narrow(fact.label) or narrow(before_bracket(fact.label)) in bare
    )


def _by_name(
    talk: Talk, name: str, fact: Fact, rows: tuple[Row, ...], target: str, value: str
) -> Iterator[Cell]:
    """The cell of a row by its name, with a column behind it or with a value that fits one."""
    first = next(iter(line_columns(fact)))
    bare = "".join(narrow(target).split())
    whole = (
        []
        if _asks_words(talk)
        else [at for at, row in enumerate(rows) if "".join(narrow(str(row[first])).split()) == bare]
    )
    if whole:
        fits = fitting_columns(fact, value, talk.today)
        yield from (Cell(name, at, fits[0]) for at in whole if len(fits) == 1)
        return
    words, column = split_column(target, labels_of(fact))
    if column and len(words) >= _SHORTEST_NAME:
        yield from (Cell(name, at, column) for at in named_rows(rows, fact, words))


def _which(talk: Talk, target: str, found: list[Cell]) -> str:
    names = []
    for cell in found[:6]:
        fact = talk.case.standard.facts[cell.fact]
        row = draft_of(talk, cell.fact)[cell.row]
        label = before_bracket(fact.label)
        names.append(say("rows_place", label=label, number=cell.row + 1, name=name_text(row, fact)))
    return say("rows_which_of", name=target, found=join(names))


def _set(talk: Talk, item: Item, cell: Cell, value: str) -> Step:
    fact, rows = talk.case.standard.facts[cell.fact], draft_of(talk, cell.fact)
    new = changed_cell(fact, rows, cell.row, cell.column, value, talk.today)
    if isinstance(new, str):
        return repeat(talk, new + say("answer_kept"))
    old = rows[cell.row]
    line = cell_line(fact, cell.row, cell.column, old, new)
    plain = [new if at == cell.row else dict(row) for at, row in enumerate(rows)]
    open_draft = talk.state.drafts.get(item.question.id)
    only = Item(item.key, item.question, (cell.fact,))
    step = keep(talk, only, {cell.fact: read_value(fact, plain)}, value, details=[line])
    if open_draft is None:
        return step
    # Rows that are being changed in the chat stay open, with this change in them too.
    draft = tuple(new if row == old else row for row in open_draft)
    return Step(step.state.with_draft(item.question.id, draft), step.effects, step.bubbles)
