"""Rows of an open table put into another order."""

from __future__ import annotations

from dialogs.agenda import Item
from dialogs.step import Step
from dialogs.tables.finding import numbered_row
from dialogs.tables.kept import changed, fact_of
from dialogs.tables.telling import told, whispered
from dialogs.tables.written import total_text
from dialogs.talk import Talk
from dialogs.understand.row_moves import read_move
from dialogs.wording import say


def move(talk: Talk, item: Item, text: str) -> Step | None:
    """The step that puts a row where a message wants it; None where it wants nothing of the kind."""
    wanted, draft = read_move(text), list(talk.draft(item))
    if wanted is None or not draft:
        return None
    for number in (wanted.row, wanted.to):
        if numbered_row(number, len(draft)) < 0:
            total = total_text(draft, fact_of(talk, item))
            return whispered(talk, [say("rows_no_such", number=number, total=total)])
    at, to = (numbered_row(n, len(draft)) for n in (wanted.row, wanted.to))
    if wanted.swaps:
        draft[at], draft[to] = draft[to], draft[at]
    else:
        draft.insert(to, draft.pop(at))
    return told(talk, item, changed(talk, item, draft), [say("rows_moved")])
