"""Lines of a message taken into an open table."""

from __future__ import annotations

from typing import Any

from dialogs.agenda import Item, line_columns
from dialogs.describing import rows_count, unit_label
from dialogs.step import Step
from dialogs.tables.kept import Odd, Row, changed, fact_of, known_of, noted, odd_of
from dialogs.tables.reading import Reading, layout_of, plain_layout, read_table
from dialogs.tables.telling import told, whispered
from dialogs.talk import Talk
from dialogs.understand.plain_text import narrow
from dialogs.understand.row_talk import is_talk
from dialogs.wording import join, phrases, say
from scoring.questionnaire import Fact, Kind

_QUIET = {"unit_of_question"}
_OTHER_CELLS = "rows_other_cells"
_SAME_START = 2


def add_lines(talk: Talk, item: Item, text: str, at: int | None = None) -> Step:
    """Takes the lines of a message into the draft and says what was understood; behind the first
    `at` rows if given, else at the end."""
    fact, draft = fact_of(talk, item), talk.draft(item)
    layout = layout_of(known_of(talk, item).get("header", {}))
    found = read_table(fact, text, talk.today, draft, layout)
    if _is_aside(found, text):
        return whispered(talk, [say("rows_talk", total=rows_count(fact, len(draft)))])
    odd, settled = _waiting(talk, item, found)
    place = len(draft) if at is None else at
    rows = (*draft[:place], *found.rows, *draft[place:])
    totals = [total.plain() for total in found.totals]
    known: dict[str, Any] = {"header": plain_layout(found.layout), "totals": totals}
    known["later"] = 0 if settled or found.odd else known_of(talk, item).get("later", 0)
    if (tuple(rows), tuple(odd)) != (tuple(draft), odd_of(talk, item)):
        state = changed(talk, item, rows, odd, **known)
    else:
        state = noted(talk, item, **known)
    lines = _received(found, fact, len(rows))
    lines += _named(found) + _notes(found, fact) + _asking(found)
    return told(talk, item, state, lines, show=bool(found.rows), fresh=bool(found.odd))


def _is_aside(found: Reading, text: str) -> bool:
    """Whether a message of one line that gave no row is said in passing."""
    return not found.rows and not found.named and len(found.odd) <= 1 and is_talk(text)


def _waiting(talk: Talk, item: Item, found: Reading) -> tuple[list[Odd], bool]:
    """The lines that wait now: those that a new row settles are gone, the same one waits once."""
    fact = fact_of(talk, item)
    before = list(odd_of(talk, item))
    left = [odd for odd in before if not any(_settles(row, odd, fact) for row in found.rows)]
    texts = {narrow(odd.text) for odd in left}
    fresh = [odd for odd in found.odd if narrow(odd.text) not in texts]
    # Who types a single line has that one in mind: it is asked about before those of a paste.
    waiting = [*fresh, *left] if len(fresh) == 1 and not found.rows else [*left, *fresh]
    return waiting, len(left) < len(before)


def _settles(row: Row, odd: Odd, fact: Fact) -> bool:
    """Whether a row is the line that waited, written once more: it begins with the same name."""
    name, line = (narrow(each) for each in (str(next(iter(row.values()), "")), odd.text))
    name, line = "".join(name.split()), "".join(line.split())
    if len(name) < _SAME_START:
        return False
    return line.startswith(name) or (len(line) >= _SAME_START and name.startswith(line))


def _received(found: Reading, fact: Fact, total: int) -> list[str]:
    if not found.rows:
        return []
    count = rows_count(fact, len(found.rows))
    return [say("rows_added", count=count, total=rows_count(fact, total))]


def _named(found: Reading) -> list[str]:
    """What was not taken as a row, and the columns that have no place."""
    kinds = dict.fromkeys(kind for kind, _ in found.named)
    names = [phrases()[f"rows_named_{kind}"] for kind in kinds if kind != "rule"]
    lines = [say("rows_named", names=join(names))] if names else []
    extra = found.layout.extra if found.layout and "header" in kinds else ()
    return lines + ([say("rows_extra", names=join(list(extra)))] if extra else [])


def _notes(found: Reading, fact: Fact) -> list[str]:
    """What there is to say about figures: 约 left out, the unit that was assumed."""
    units = {c.unit for c in fact.columns.values() if c.type is Kind.MONEY and c.unit}
    lines = []
    if "unit_of_question" in found.notes and len(units) == 1:
        lines.append(say("rows_unit_assumed", unit=unit_label(next(iter(units)))))
    if _OTHER_CELLS in found.notes:
        (column, *_) = line_columns(fact).values()
        lines.append(say(_OTHER_CELLS, label=column.label))
    others = [code for code in found.notes if code not in (*_QUIET, _OTHER_CELLS)]
    return lines + ([say("rows_about")] if others else [])


def _asking(found: Reading) -> list[str]:
    count = len(found.odd)
    return [say("rows_odd_count", count=count)] if count > 1 else []
