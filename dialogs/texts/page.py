"""Long texts and tables of a form as boxes of a page, and what was typed there read back.

The same readers as in the chat: a page is another place to type, not another way to understand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from dialogs.agenda import asked_facts, line_columns
from dialogs.answers import problem, read_cell, with_cells
from dialogs.describing import row_name, rows_count
from dialogs.offers import offers
from dialogs.questions import column_text
from dialogs.tables.page import read_lines
from dialogs.talk import Talk
from dialogs.understand.letters import says_none
from dialogs.understand.plain_text import clean
from dialogs.understand.reading import Ask
from dialogs.wording import say
from scoring.plain import read_value
from scoring.questionnaire import Column, Entry, Fact, Kind, Question
from scoring.values import Cell, Rows, Text, Value
from scoring.wording import written

LONG = 200
"""A text that may have this many characters is a long one."""
_CELL_CHARS, _FIGURE_CHARS = 2000, 40
_BAR = " | "

Row = Mapping[str, Cell]


@dataclass(frozen=True)
class Box:
    """One box to type in, a low one where `is_short`. `key` is "fact" or, for a cell of a table, "fact.row.column"; `columns`
    names what stands in a line of a table. A `draft` text is offered and not yet an answer."""

    key: str
    fact: str
    label: str
    text: str
    limit: int
    columns: str = ""
    draft: bool = False
    optional: bool = False

    @property
    def is_short(self) -> bool:
        """Whether only a figure is typed here."""
        return self.limit <= _FIGURE_CHARS


@dataclass(frozen=True)
class Typed:
    """What the boxes of a question gave: values by fact, problems by box, rows that went together
    with what had been written about them."""

    values: Mapping[str, Value] = field(default_factory=dict)
    problems: Mapping[str, Sequence[str]] = field(default_factory=dict)
    gone: tuple[str, ...] = ()


def long_questions(talk: Talk) -> list[Question]:
    """The questions of this form that have boxes, in the order in which they are asked."""
    return [question for question in talk.case.standard.questions if long_facts(talk, question)]


def long_facts(talk: Talk, question: Question) -> list[str]:
    """The facts of a question that are typed on the page, as far as they apply."""
    facts = talk.case.standard.facts
    asked = asked_facts(question, talk.case.standard, talk.answers)
    return [name for name in asked if _is_long(facts[name])]


def _is_long(fact: Fact) -> bool:
    if fact.type is Kind.ROWS:
        return True
    return fact.type is Kind.TEXT and fact.max_chars >= LONG


def boxes(talk: Talk, question: Question) -> list[Box]:
    """The boxes of a question with the present answers in them."""
    return [box for name in long_facts(talk, question) for box in _boxes(talk, question, name)]


def _boxes(talk: Talk, question: Question, name: str) -> Iterator[Box]:
    fact, value = talk.case.standard.facts[name], talk.answers.get(name)
    if fact.type is not Kind.ROWS:
        yield _text_box(talk, question, name)
        return
    columns = line_columns(fact)
    rows = value.value if isinstance(value, Rows) else ()
    lines = "\n".join(_line(row, columns) for row in rows)
    names = _BAR.join(column_text(column) for column in columns.values())
    yield Box(name, name, fact.label, lines, fact.max_chars, names)
    for at, row in enumerate(rows):
        for column, spec in _cell_columns(fact).items():
            cell = row.get(column)
            label = say("texts_cell", row=row_name(row), column=column_text(spec))
            text = "" if cell is None else _cell_text(cell)
            limit = _CELL_CHARS if spec.type is Kind.TEXT else _FIGURE_CHARS
            yield Box(f"{name}.{at}.{column}", name, label, text, limit, optional=spec.optional)


def _text_box(talk: Talk, question: Question, name: str) -> Box:
    fact, value = talk.case.standard.facts[name], talk.answers.get(name)
    if isinstance(value, Text):
        return Box(name, name, fact.label, value.value, fact.max_chars)
    item = talk.edited(question.id)
    offered = offers(item, talk.case, talk.today).get(name) if item and value is None else None
    text = offered.value if isinstance(offered, Text) else ""
    return Box(name, name, fact.label, text, fact.max_chars, draft=bool(text))


def _cell_columns(fact: Fact) -> dict[str, Column]:
    """The columns that are asked about each row by itself."""
    return {n: c for n, c in fact.columns.items() if c.entry is Entry.EACH}


def _line(row: Row, columns: Mapping[str, Column]) -> str:
    return _BAR.join(_cell_text(row[name]) for name in columns if name in row)


def _cell_text(cell: Cell) -> str:
    return cell.value if isinstance(cell, Text) else written(cell)


def read_boxes(talk: Talk, question: Question, typed: Mapping[str, str]) -> Typed:
    """What the boxes hold now, as far as it is new: `typed` by key of the box.

    Nothing is taken from a question of which anything was not understood.
    """
    values: dict[str, Value] = {}
    problems: dict[str, Sequence[str]] = {}
    gone: list[str] = []
    shown = {box.key: box for box in boxes(talk, question)}
    changed = {
        key: text
        for key, text in typed.items()
        if key in shown and (shown[key].draft or clean(text) != clean(shown[key].text))
    }
    for name in long_facts(talk, question):
        part = _read_fact(talk, name, {k: t for k, t in changed.items() if shown[k].fact == name})
        values |= part.values
        problems |= part.problems
        gone += part.gone
    return Typed({}, problems) if problems else Typed(values, {}, tuple(gone))


def _read_fact(talk: Talk, name: str, changed: Mapping[str, str]) -> Typed:
    if not changed:
        return Typed()
    fact = talk.case.standard.facts[name]
    if fact.type is Kind.ROWS:
        return _read_rows(talk, name, fact, changed)
    got = read_cell(fact, changed[name], talk.today)
    if isinstance(got, Ask):
        return Typed({}, {name: [_told(got, name, talk)]})
    return Typed({name: got.value})


def _told(ask: Ask, name: str, talk: Talk) -> str:
    """What is wrong with a box; one that was emptied is told how to take an answer back."""
    if ask.code == "ask_empty" and name in talk.answers:
        return say("texts_emptied")
    return problem(ask)


def _read_rows(talk: Talk, name: str, fact: Fact, changed: Mapping[str, str]) -> Typed:
    value = talk.answers.get(name)
    rows = value if isinstance(value, Rows) else Rows(())
    problems: dict[str, Sequence[str]] = {}
    for key, text in changed.items():
        if key == name:
            continue
        _, at, column = key.split(".")
        spec = fact.columns[column]
        got = read_cell(spec, text, talk.today)
        if not isinstance(got, Ask):
            rows = with_cells(rows, int(at), {column: got.value})
        elif got.code == "ask_empty" and spec.optional:
            rows = _without_cell(rows, int(at), column)
        else:
            problems[key] = [_told(got, name, talk)]
    if problems or name not in changed:
        return Typed({} if problems else {name: rows}, problems)
    return _read_lines(talk, name, fact, rows, changed[name])


def _without_cell(rows: Rows, at: int, column: str) -> Rows:
    kept = [
        {name: cell for name, cell in row.items() if (number, name) != (at, column)}
        for number, row in enumerate(rows.value)
    ]
    return Rows(tuple(kept))


def _read_lines(talk: Talk, name: str, fact: Fact, old: Rows, text: str) -> Typed:
    """The rows of the lines. A line that was there stays as it is; a row keeps what was written
    about it where its name stays, or where only names were changed."""
    if not clean(text) or says_none(text):
        read: list[Row] = []
    else:
        known = {_line(row, line_columns(fact)): row for row in old.value}
        found = _known_or_read(talk, fact, clean(text), known)
        if isinstance(found, Typed):
            return Typed({}, {name: found.problems[""]})
        read = found
    if len(read) < fact.min_rows:
        least = rows_count(fact, fact.min_rows)
        return Typed({}, {name: [say("rows_too_few", least=least)]})
    rows, gone = _matched(old.value, read, fact)
    return Typed({name: Rows(tuple(rows))}, {}, tuple(gone))


def _known_or_read(
    talk: Talk, fact: Fact, text: str, known: Mapping[str, Row]
) -> list[Row] | Typed:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    enumerates = len(lines) == 1
    rows: list[Row] = []
    problems: list[str] = []
    for line in lines:
        if line in known:
            rows.append(known[line])
            continue
        good, bad = read_lines(fact, line, talk.today, enumerates=enumerates)
        rows += _rows_of(fact, good)
        problems += bad
    return Typed({}, {"": problems}) if problems else rows


def _rows_of(fact: Fact, plain: Sequence[Mapping[str, object]]) -> list[Row]:
    value = read_value(fact, [dict(row) for row in plain])
    assert isinstance(value, Rows)  # noqa: S101 - the fact is a table
    return list(value.value)


def _matched(old: Sequence[Row], new: Sequence[Row], fact: Fact) -> tuple[list[Row], list[str]]:
    """The new rows with what was known about the old ones; and the names of rows that were
    dropped although something had been written about them."""
    lines = line_columns(fact)
    new = [{name: cell for name, cell in row.items() if name in lines} for row in new]
    left = dict(enumerate(old))
    chosen: dict[int, int] = {}
    for at, row in enumerate(new):
        twin = next((n for n, each in left.items() if _name(each, fact) == _name(row, fact)), None)
        if twin is not None:
            chosen[at] = twin
            del left[twin]
    if len(old) == len(new):
        chosen |= {at: at for at in range(len(new)) if at not in chosen and at in left}
    rows = [
        _with_rest(row, old[chosen[at]], fact) if at in chosen else row
        for at, row in enumerate(new)
    ]
    dropped = [row for n, row in enumerate(old) if n not in chosen.values()]
    return rows, [row_name(row) for row in dropped if set(row) & set(_cell_columns(fact))]


def _name(row: Row, fact: Fact) -> Cell | None:
    return row.get(next(iter(line_columns(fact))))


def _with_rest(row: Row, old: Row, fact: Fact) -> Row:
    """The row with the cells of the old one that aren't typed in a line."""
    rest = {name: cell for name, cell in old.items() if name not in line_columns(fact)}
    whole = {**row, **rest}
    return {name: whole[name] for name in fact.columns if name in whole}
