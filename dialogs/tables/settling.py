"""What the person says about a line that waits: taken, dropped, put off, mended."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dialogs.agenda import Item, line_columns
from dialogs.answers import read_cell
from dialogs.step import Step
from dialogs.tables.doubts import Asked, asked, judged
from dialogs.tables.judging import Doubt, Taken, accept, judge, slots
from dialogs.tables.kept import Odd, Row, changed, fact_of, known_of, noted, odd_of
from dialogs.tables.reading import columns_of, layout_of
from dialogs.tables.telling import told
from dialogs.tables.written import line_text, row_text, total_text
from dialogs.talk import Talk
from dialogs.understand.row_cuts import bare, begins_with_figure, is_figure, name_key
from dialogs.understand.row_talk import (
    for_each,
    says_all,
    says_drop,
    says_later,
    says_replace,
    says_take,
    unit_said,
)
from dialogs.understand.rows import read_line
from dialogs.understand.same_cell import says_same
from dialogs.understand.spread import says_apart, says_in_one
from dialogs.understand.yesno import says_yes
from dialogs.wording import join, say
from scoring.values import Money, money_units

_YES_NO = {"duplicate", "talk"}
_MONEY = {"unit", "scale"}
_ROW_THERE = {"duplicate", "talk", "same_name", "numbered", "scale"}


def settle(talk: Talk, item: Item, text: str, *, skips: bool, orders: bool = False) -> Step | None:
    """The step that a message about the line that is asked about leads to; None where it is about
    something else. `skips` says that it is 跳过 in any words, `orders` another command."""
    now = asked(talk, item)
    if now is None:
        return None
    if skips or says_later(text):
        return _later(talk, item, now)
    yes = says_yes(text)
    if says_drop(text) or (yes is False and now.doubt.kind in _YES_NO):
        whole = says_all(text) and now.doubt.kind not in _YES_NO
        return _drop(talk, item, odd_of(talk, item) if whole else now.lines)
    if now.doubt.kind in _ROW_THERE and (says_take(text) or (yes and now.doubt.kind in _YES_NO)):
        return _take(talk, item, now.lines)
    if now.doubt.kind in ("same_name", "numbered") and says_replace(text):
        return _replace(talk, item, now)
    if now.doubt.kind == "spaced" and (says_in_one(text) or says_apart(text)):
        return _take(talk, item, now.lines) if says_in_one(text) else _apart(talk, item, now)
    if orders:
        return None
    step = _mend(talk, item, now, text, bool(yes))
    if step is None and begins_with_figure(text) and not _is_row(talk, item, text):
        # A figure alone is no line of a table: it was meant for what was asked.
        unused = say("rows_odd_not_used", text=line_text(text))
        return told(talk, item, noted(talk, item), [unused], show=False)
    return step


def _mend(talk: Talk, item: Item, now: Asked, text: str, yes: bool) -> Step | None:
    """The step for a unit or for cells that were missing; None for all else."""
    if now.doubt.kind in _MONEY:
        return _money(talk, item, now, text, yes)
    return _filled(talk, item, now, text)


def _later(talk: Talk, item: Item, now: Asked) -> Step:
    """The lines go behind the others, and are asked about again before the table is closed."""
    texts = set(now.lines)
    waiting = [odd for odd in odd_of(talk, item) if odd not in texts]
    later = int(known_of(talk, item).get("later", 0)) + len(now.lines)
    state = changed(talk, item, talk.draft(item), [*waiting, *now.lines], later=later)
    return told(talk, item, state, [say("rows_odd_put_off")], show=False)


def drop_named(talk: Talk, item: Item, name: str) -> Step | None:
    """The lines that wait and hold a name, not wanted any more; None where there is none."""
    wanted = name_key(name)
    named = [odd for odd in odd_of(talk, item) if wanted and wanted in name_key(odd.text)]
    return _drop(talk, item, named) if named else None


def _drop(talk: Talk, item: Item, lines: Sequence[Odd]) -> Step:
    left = [odd for odd in odd_of(talk, item) if odd not in lines]
    later = min(int(known_of(talk, item).get("later", 0)), len(left))
    state = changed(talk, item, talk.draft(item), left, later=later)
    names = join([say("rows_quoted", line=line_text(odd.text)) for odd in lines[:3]])
    dropped = say("rows_odd_dropped", lines=names, count=len(lines))
    return told(talk, item, state, [dropped], show=False)


def _take(talk: Talk, item: Item, lines: Sequence[Odd]) -> Step:
    """The lines are rows just as they stand."""
    rows = []
    for odd in lines:
        found = judged(talk, item, odd)
        row = found.row
        if row is not None:
            rows.append((odd, row))
    return _put(talk, item, rows)


def _put(talk: Talk, item: Item, rows: Sequence[tuple[Odd, Row]]) -> Step:
    """Rows put where their lines stood; the lines don't wait any more."""
    draft, waiting = list(talk.draft(item)), list(odd_of(talk, item))
    later, place = int(known_of(talk, item).get("later", 0)), 0
    for odd, row in rows:
        at = next(n for n, each in enumerate(waiting) if each.text == odd.text)
        later -= int(at >= len(waiting) - later)
        after = waiting.pop(at).after
        place = min(after, len(draft))
        draft.insert(place, row)
        waiting = [
            Odd(each.after + (each.after > after or (each.after == after and n >= at)), each.text)
            for n, each in enumerate(waiting)
        ]
    told_as = place + 1 if len(rows) == 1 else 0
    return _told_put(talk, item, draft, waiting, (told_as, len(rows)), later)


def _told_put(
    talk: Talk,
    item: Item,
    draft: list[Row],
    waiting: list[Odd],
    put: tuple[int, int],
    later: int,
) -> Step:
    """Says what became of the lines: `put` is the number of the only row, and how many there are."""
    fact, (number, count) = fact_of(talk, item), put
    state = changed(talk, item, draft, waiting, later=max(later, 0))
    first = say("rows_put", count=count)
    if number:
        first = say("rows_put_one", number=number, row=row_text(draft[number - 1], fact))
    lines = [first + say("rows_now", total=total_text(draft, fact))]
    return told(talk, item, state, lines, show=False)


def _apart(talk: Talk, item: Item, now: Asked) -> Step:
    """A line with spaces between names: a row for each of them."""
    (column,) = line_columns(fact_of(talk, item))
    draft = list(talk.draft(item))
    at = min(now.first.after, len(draft))
    draft[at:at] = [{column: name} for name in now.doubt.left]
    left = [odd for odd in odd_of(talk, item) if odd not in now.lines]
    lines = [say("rows_put", count=len(now.doubt.left))]
    return told(talk, item, changed(talk, item, draft, left), lines)


def _replace(talk: Talk, item: Item, now: Asked) -> Step:
    """The new line stands instead of the row that was there; what else was known of it stays."""
    draft, fact = list(talk.draft(item)), fact_of(talk, item)
    at, row = now.doubt.twin - 1, now.doubt.row or {}
    old = draft[at]
    draft[at] = {name: {**old, **row}[name] for name in fact.columns if name in {**old, **row}}
    left = [odd for odd in odd_of(talk, item) if odd not in now.lines]
    lines = [say("rows_replaced", number=at + 1, old=row_text(old, fact), new=row_text(row, fact))]
    return told(talk, item, changed(talk, item, draft, left), lines, show=False)


def _money(talk: Talk, item: Item, now: Asked, text: str, yes: bool) -> Step | None:
    """元 or 万元 for the amount that is asked about, or the amount once more with its unit."""
    unit, column = unit_said(text), now.doubt.column
    fact = fact_of(talk, item)
    rows: list[tuple[Odd, Row]] = []
    for odd in now.lines:
        found = judged(talk, item, odd)
        cells = dict(found.cells) if isinstance(found, Doubt) else {}
        if not unit and not (len(now.lines) == 1 and is_figure(text.strip())):
            return None
        figure = _figure(talk, item, found, column)
        cells[column] = f"{figure}{unit}" if unit else text.strip()
        judged_again = accept(cells, fact, talk.today, talk.draft(item))
        row = judged_again.row
        if row is None:
            return None
        rows.append((odd, row))
    return _put(talk, item, rows) if rows else None


def _figure(talk: Talk, item: Item, found: Taken | Doubt, column: str) -> str:
    """The figure of a cell without a unit."""
    row = found.row or {}
    spec = fact_of(talk, item).columns[column]
    if column in row:
        got: Any = read_cell(spec, str(row[column]), talk.today)
        value = got.value
        assert isinstance(value, Money)  # noqa: S101 - it was read once
        return value.plain().removesuffix(money_units()[value.unit].label)
    return found.cells[column] if isinstance(found, Doubt) else ""


def _filled(talk: Talk, item: Item, now: Asked, text: str) -> Step | None:
    """The cells that were missing, typed alone: the line is read again with them."""
    if now.doubt.kind not in ("cells", "bad") or _is_row(talk, item, text):
        return None
    each = for_each(text)
    if each:
        return _fill_all(talk, item, now, each)
    cells = _mended(talk, item, now.first, now.doubt, text)
    if cells is None:
        return None
    return _again(talk, item, now.first, cells, now.doubt)


def _is_row(talk: Talk, item: Item, text: str) -> bool:
    """Whether a message is a whole row by itself: then it is one more, or the line written anew."""
    found = judge(text.strip(), fact_of(talk, item), talk.today, ())
    return isinstance(found, Taken)


def _mended(talk: Talk, item: Item, odd: Odd, doubt: Doubt, text: str) -> dict[str, str] | None:
    """The cells of a line together with those that a message gives; None where it gives none."""
    fact = fact_of(talk, item)
    wanted = [doubt.column] if doubt.kind == "bad" else list(doubt.missing)
    open_slots = slots(fact, wanted, talk.today)
    if says_same(text) and odd.after and talk.draft(item):
        above = talk.draft(item)[min(odd.after, len(talk.draft(item))) - 1]
        given = {name: str(above[name]) for name in wanted if name in above}
        return {**doubt.cells, **given} if given else None
    if "\n" in text.strip() or not wanted:
        return None
    fit = read_line(text.strip(), open_slots)
    given = dict(fit.cells)
    if not fit.is_whole and not (given and not fit.left and not fit.many):
        return None
    if not all(s.surely(given[s.name]) for s in open_slots if s.name in given):
        return None
    rest = [name for name in wanted if name not in given]
    left = [bare(piece) for piece in doubt.left]
    if len(rest) == len(left) == 1 and slots(fact, rest, talk.today)[0].fits(left[0]):
        given[rest[0]] = left[0]
    return {**doubt.cells, **given}


def _fill_all(talk: Talk, item: Item, now: Asked, value: str) -> Step | None:
    """One value for the cell that all these lines lack."""
    rows: list[tuple[Odd, Row]] = []
    for odd in odd_of(talk, item):
        doubt = judged(talk, item, odd)
        if (
            isinstance(doubt, Doubt)
            and doubt.kind == "cells"
            and doubt.missing == now.doubt.missing
        ):
            cells = _mended(talk, item, odd, doubt, value)
            again = (
                accept(cells, fact_of(talk, item), talk.today, talk.draft(item)) if cells else None
            )
            if isinstance(again, Taken):
                rows.append((odd, again.row))
    return _put(talk, item, rows) if rows else None


def _again(talk: Talk, item: Item, odd: Odd, cells: dict[str, str], doubt: Doubt) -> Step:
    """The line with its new cells: a row, or asked about with what it still lacks."""
    fact = fact_of(talk, item)
    lacking = [name for name in doubt.missing if name not in cells]
    if not lacking:
        found = accept(cells, fact, talk.today, talk.draft(item))
        if isinstance(found, Taken):
            return _put(talk, item, [(odd, found.row)])
    order = columns_of(fact, layout_of(known_of(talk, item).get("header", {})))
    line = "\t".join(cells.get(name, "") for name in order)
    new = Odd(odd.after, line)
    waiting = [new if each == odd else each for each in odd_of(talk, item)]
    return told(talk, item, changed(talk, item, talk.draft(item), waiting), [], show=False)


def ask_again(talk: Talk, item: Item) -> Step | None:
    """Before the table is closed: what still waits is asked about, what was put off too."""
    if not odd_of(talk, item):
        return None
    state = noted(talk, item, later=0)
    count = len(odd_of(talk, item))
    return told(talk, item, state, [say("rows_odd_first", count=count)], show=False)
