"""Rows of an open table changed in words: a cell or a row set, rows deleted, put in, cleared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from dialogs.agenda import Item, line_columns
from dialogs.answers import problem, read_cell
from dialogs.bubbles import Words
from dialogs.describing import rows_count
from dialogs.step import Step
from dialogs.tables.adding import add_lines
from dialogs.tables.doubts import ask_lines
from dialogs.tables.finding import (
    fitting_columns,
    labels_of,
    meant_rows,
    named_rows,
    numbered_row,
    rows_with,
)
from dialogs.tables.judging import Taken, judge, scale_slip
from dialogs.tables.kept import Odd, Row, changed, fact_of, formers, noted, odd_of
from dialogs.tables.telling import told, whispered
from dialogs.tables.written import cells_text, list_lines, name_text, row_text, total_text
from dialogs.talk import Talk
from dialogs.understand.reading import Ask
from dialogs.understand.row_cuts import enumerates, name_key
from dialogs.understand.row_words import RowWords, split_column
from dialogs.wording import join, say, shortened
from scoring.questionnaire import Fact

CLEAR = "rows_clear"
_MOST_CLEARED = 2
_LONGEST_UNKNOWN = 12
_QUOTED = 30


def change(talk: Talk, item: Item, words: Sequence[RowWords]) -> Step | None:
    """The step that words about rows lead to; None where they name nothing of this table."""
    first = words[0]
    sets = [each for each in words if each.kind == "set"]
    deletes = tuple(n for each in words if each.kind == "delete" for n in each.rows)
    if sets:
        step = _set(talk, item, sets)
        if step is None or not deletes or step.state.drafts == talk.state.drafts:
            return step
        return _delete(talk.with_state(step.state), item, RowWords("delete", deletes))
    if len(words) > 1:
        first = RowWords("delete", deletes)
    if not talk.draft(item) and first.kind != "add":
        return None
    match first.kind:
        case "delete":
            return _delete(talk, item, first)
        case "dedupe":
            return _dedupe(talk, item)
        case "insert":
            return _insert(talk, item, first)
        case "which":
            return _which(talk, item, first)
    return add_lines(talk, item, first.value)


def undo(talk: Talk, item: Item) -> Step | None:
    """The last change of the open table taken back; None where there was none."""
    before = formers(talk, item)
    if not before:
        return None
    former = before.pop()
    fact = fact_of(talk, item)
    odd = [Odd.of(line) for line in former["odd"]]
    state = changed(talk, item, former["draft"], odd, later=0, totals=[]).but(taken="")
    state = noted(talk.with_state(state), item, former=before)
    total = rows_count(fact, len(former["draft"]))
    return told(talk, item, state, [say("rows_undone", total=total)])


def show(talk: Talk, item: Item) -> Step:
    """列表: the rows as they are, and how one of them is changed."""
    draft, fact = talk.draft(item), fact_of(talk, item)
    if not draft:
        return told(talk, item, talk.state, [], show=False)
    shown = say("rows_shown", total=total_text(draft, fact))
    label = list(line_columns(fact).values())[-1].label
    hint = say("rows_edit_hint", column=label)
    lines = [shown, *list_lines(draft, fact), *ask_lines(talk, item), hint]
    return whispered(talk, lines)


def clear(talk: Talk, item: Item, *, sure: bool = False) -> Step:
    """清空: asked first where more than a few rows would go."""
    draft, fact = talk.draft(item), fact_of(talk, item)
    if len(draft) + len(odd_of(talk, item)) > _MOST_CLEARED and not sure:
        pending = {"kind": CLEAR, "item": item.key}
        asked = say("rows_clear_ask", total=rows_count(fact, len(draft)))
        return Step(talk.state.but(pending=pending), (), (Words(asked),))
    state = changed(talk, item, (), (), later=0, totals=[], header={}).but(taken="")
    return Step(state, (), (Words(say("rows_cleared")),))


def _no_such(talk: Talk, item: Item, number: int) -> Step:
    total = total_text(talk.draft(item), fact_of(talk, item))
    return whispered(talk, [say("rows_no_such", number=number, total=total)])


def _delete(talk: Talk, item: Item, words: RowWords) -> Step | None:
    draft, fact = talk.draft(item), fact_of(talk, item)
    if words.name:
        places = named_rows(draft, fact, words.name)
        if not places:
            return None
        if len(places) > 1:
            return _several(talk, item, words.name, places)
        whole = str(draft[places[0]].get(next(iter(line_columns(fact))), ""))
        if name_key(words.name) != name_key(whole) and enumerates(whole):
            asked = say("rows_delete_whole", number=places[0] + 1, line=shortened(whole, _QUOTED))
            return whispered(talk, [asked])
    else:
        places = [numbered_row(number, len(draft)) for number in words.rows]
        wrong = [n for n, at in zip(words.rows, places, strict=True) if at < 0]
        if wrong:
            return _no_such(talk, item, wrong[0])
    return _without(talk, item, sorted(set(places)))


def _without(talk: Talk, item: Item, places: Sequence[int]) -> Step:
    draft, fact = talk.draft(item), fact_of(talk, item)
    left = [row for at, row in enumerate(draft) if at not in places]
    odd = [
        replace(each, after=each.after - sum(at < each.after for at in places))
        for each in odd_of(talk, item)
    ]
    total = rows_count(fact, len(left))
    if len(places) == 1:
        at = places[0]
        lines = [say("rows_deleted", number=at + 1, total=total)]
        lines += [say("rows_deleted_what", row=row_text(draft[at], fact))]
    else:
        numbers = join([str(at + 1) for at in places])
        lines = [say("rows_deleted_many", numbers=numbers, total=total)]
    return told(talk, item, changed(talk, item, left, odd), lines)


def _several(talk: Talk, item: Item, name: str, places: Sequence[int]) -> Step:
    draft, fact = talk.draft(item), fact_of(talk, item)
    found = [say("rows_line", number=at + 1, text=row_text(draft[at], fact)) for at in places[:6]]
    return whispered(talk, [say("rows_several", name=name, number=places[0] + 1), *found])


def _dedupe(talk: Talk, item: Item) -> Step:
    draft, fact = talk.draft(item), fact_of(talk, item)
    columns = list(line_columns(fact))
    seen: list[list[Any]] = []
    again: list[int] = []
    for at, row in enumerate(draft):
        key = [row.get(name) for name in columns]
        again += [at] if key in seen else []
        seen.append(key)
    if not again:
        return whispered(talk, [say("rows_no_twins", total=rows_count(fact, len(draft)))])
    return _without(talk, item, again)


def _insert(talk: Talk, item: Item, words: RowWords) -> Step | None:
    draft, fact = talk.draft(item), fact_of(talk, item)
    if words.name:
        places = named_rows(draft, fact, words.name)
        if len(places) != 1:
            return _several(talk, item, words.name, places) if places else None
        at = places[0] + (words.column == "after")
    else:
        number = words.rows[0]
        at = number if number >= 0 else len(draft) + 1 + number
        if at > len(draft):
            return _no_such(talk, item, number)
    if not words.value:
        return whispered(talk, [say("rows_insert_what", number=at, row=at + 1)])
    return add_lines(talk, item, words.value, at)


def _which(talk: Talk, item: Item, words: RowWords) -> Step:
    at = numbered_row(words.rows[0], len(talk.draft(item)))
    if at < 0:
        return _no_such(talk, item, words.rows[0])
    return _ask_column(talk, item, at)


def _ask_column(talk: Talk, item: Item, at: int) -> Step:
    fact, row = fact_of(talk, item), talk.draft(item)[at]
    columns = [column.label for column in line_columns(fact).values()]
    numbers = {"number": at + 1, "row": row_text(row, fact), "column": columns[-1]}
    return whispered(talk, [say("rows_which_cell", **numbers)])


def _set(talk: Talk, item: Item, words: Sequence[RowWords]) -> Step | None:
    """Cells or whole rows set, one after the other; all of them or none."""
    lines: list[str] = []
    after = talk
    for each in words:
        done = _set_one(after, item, each)
        if done is None or isinstance(done, Step):
            return done
        draft, line = done
        after = after.with_state(after.state.with_draft(item.question.id, tuple(draft)))
        lines.append(line)
    state = changed(talk, item, after.draft(item))
    return told(talk, item, state, lines, show=False)


def _set_one(talk: Talk, item: Item, words: RowWords) -> tuple[list[Row], str] | Step | None:
    draft, fact = list(talk.draft(item)), fact_of(talk, item)
    meant = _meant(talk, item, words)
    if meant is None or isinstance(meant, Step):
        return meant
    at, column = meant
    old = draft[at]
    if not column:
        whole = judge(words.value, fact, talk.today, (), above=draft[at - 1] if at else {})
        if len(line_columns(fact)) > 1 and isinstance(whole, Taken):
            draft[at] = {
                n: {**old, **whole.row}[n] for n in fact.columns if n in {**old, **whole.row}
            }
            numbers = {"old": row_text(old, fact), "new": row_text(draft[at], fact)}
            return draft, say("rows_replaced", number=at + 1, **numbers)
        fits = fitting_columns(fact, words.value, talk.today)
        if len(fits) != 1:
            return _ask_column(talk, item, at)
        column = fits[0]
    cells = changed_cell(fact, draft, at, column, words.value, talk.today)
    if isinstance(cells, str):
        return whispered(talk, [cells + say("answer_kept")])
    draft[at] = cells
    return draft, cell_line(fact, at, column, old, cells)


def _meant(talk: Talk, item: Item, words: RowWords) -> tuple[int, str] | Step | None:
    """The place of the row that is meant and the column, "" for none; a question where several
    are; None where the words are about something else."""
    draft, fact = talk.draft(item), fact_of(talk, item)
    if words.rows:
        at = numbered_row(words.rows[0], len(draft))
        return (at, words.column) if at >= 0 else _no_such(talk, item, words.rows[0])
    places, column = meant_rows(draft, fact, words.name)
    if len(places) == 1:
        return places[0], column
    if places:
        return _several(talk, item, words.name, places)
    cells = rows_with(draft, fact, words.name, talk.today)
    if len(cells) == 1:
        return cells[0]
    if cells:
        return _several(talk, item, words.name, [at for at, _ in cells])
    column = dict(labels_of(fact)).get(words.name, "")
    if column and len(draft) == 1:
        return 0, column
    if column and len(draft) > 1:
        return whispered(
            talk, [say("rows_which_row", column=words.name, total=total_text(draft, fact))]
        )
    name, column = split_column(words.name, labels_of(fact))
    if column and draft and len(name) <= _LONGEST_UNKNOWN and len(line_columns(fact)) > 1:
        return whispered(talk, [say("rows_no_such_name", name=name, total=total_text(draft, fact))])
    return None


def changed_cell(
    fact: Fact, rows: Sequence[Row], at: int, column: str, text: str, today: date
) -> dict[str, Any] | str:
    """Row `at` (from 0) with another cell, as plain data; or what is to be asked instead."""
    spec = fact.columns[column]
    got = read_cell(spec, text, today)
    if isinstance(got, Ask):
        return problem(got)
    row = {**rows[at], column: got.value.plain()}
    others = [each for n, each in enumerate(rows) if n != at]
    if scale_slip(row, {column: text}, fact, today, others) == column:
        value = cells_text(row, fact, [column])
        return say("rows_cell_scale", label=spec.label, value=value)
    return {name: row[name] for name in fact.columns if name in row}


def cell_line(fact: Fact, at: int, column: str, old: Row, new: Mapping[str, Any]) -> str:
    """What was changed in a row: from what to what."""
    numbers = {
        "number": at + 1,
        "name": name_text(old, fact),
        "column": fact.columns[column].label,
        "value": cells_text(new, fact, [column]),
    }
    before = cells_text(old, fact, [column])
    return say("rows_cell_changed", before=before or say("blank"), **numbers)
