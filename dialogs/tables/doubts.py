"""The lines that wait: why, in words, one at a time; those with the same doubt together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dialogs.agenda import Item, line_columns
from dialogs.describing import rows_count
from dialogs.questions import column_text
from dialogs.tables.judging import Doubt, Taken, judge
from dialogs.tables.kept import Odd, Row, fact_of, known_of, odd_of
from dialogs.tables.reading import columns_of, layout_of
from dialogs.tables.written import line_text, row_text
from dialogs.talk import Talk
from dialogs.understand.pasted import dotted_serial
from dialogs.wording import join, say
from scoring.plain import read_cell
from scoring.questionnaire import Fact
from scoring.values import Money, money_units

_TOGETHER = ("unit", "duplicate")


@dataclass(frozen=True)
class Asked:
    """What is asked now: the lines that it is about (several only with the same doubt), and why."""

    lines: tuple[Odd, ...]
    doubt: Doubt

    @property
    def first(self) -> Odd:
        return self.lines[0]


def judged(talk: Talk, item: Item, odd: Odd) -> Taken | Doubt:
    """What a line that waits is now, beside the rows that stand now."""
    fact, draft = fact_of(talk, item), talk.draft(item)
    columns = columns_of(fact, layout_of(known_of(talk, item).get("header", {})))
    above = draft[min(odd.after, len(draft)) - 1] if odd.after and draft else {}
    numbered = dotted_serial(odd.text)
    text = numbered[1] if numbered else odd.text
    found = judge(text, fact, talk.today, draft, columns, above)
    if numbered and isinstance(found, Taken) and 1 <= numbered[0] <= len(draft):
        return Doubt("numbered", twin=numbered[0], row=found.row, notes=found.notes)
    return found


def asked(talk: Talk, item: Item) -> Asked | None:
    """The doubt that is asked about now; None where nothing waits, or all of it was put off."""
    waiting = odd_of(talk, item)
    open_ = waiting[: len(waiting) - int(known_of(talk, item).get("later", 0))]
    if not open_:
        return None
    first = judged(talk, item, open_[0])
    if isinstance(first, Taken):
        # What was wrong with the line has gone: it is asked about all the same, as a row.
        return Asked(open_[:1], Doubt("talk", row=first.row, notes=first.notes))
    alike = [open_[0], *(odd for odd in open_[1:] if odd.text == open_[0].text)]
    if first.kind in _TOGETHER:
        alike = alike[:1]
        for odd in open_[1:]:
            other = judged(talk, item, odd)
            same = isinstance(other, Doubt) and (other.kind, other.column) == (
                first.kind,
                first.column,
            )
            alike += [odd] if same else []
    return Asked(tuple(alike), first)


def ask_lines(talk: Talk, item: Item) -> list[str]:
    """What is asked about the lines that wait, in words; one line where all are put off."""
    waiting, now = odd_of(talk, item), asked(talk, item)
    if not waiting:
        return []
    if now is None:
        return [say("rows_odd_later", count=len(waiting))]
    fact = fact_of(talk, item)
    words = _words(now, fact, talk.draft(item))
    rest = len(waiting) - len(now.lines)
    return [*words, *([say("rows_odd_rest", count=rest)] if rest else [])]


def _words(now: Asked, fact: Fact, draft: Sequence[Row]) -> list[str]:
    doubt, line = now.doubt, line_text(now.first.text)
    column = fact.columns[doubt.column].label if doubt.column else ""
    count = len(now.lines)
    match doubt.kind:
        case "unit" if count > 1:
            return [say("rows_odd_units", count=count, column=column, line=line)]
        case "unit":
            return [
                say("rows_odd_unit", column=column, line=line, figure=doubt.cells[doubt.column])
            ]
        case "duplicate" if count > 1:
            return [say("rows_odd_duplicates", count=count, line=line)]
        case "duplicate":
            return [say("rows_odd_duplicate", line=line, twin=doubt.twin)]
        case "scale":
            return [_scale(doubt, fact, line)]
        case "same_name" | "numbered":
            old, new = draft[doubt.twin - 1], doubt.row or {}
            numbers = {"twin": doubt.twin, "old": row_text(old, fact), "new": row_text(new, fact)}
            return [say(f"rows_odd_{doubt.kind}", line=line, **numbers)]
        case "spaced":
            return [say("rows_odd_spaced", line=line, count=len(doubt.left))]
        case "talk":
            return [say("rows_odd_talk", line=line, count=rows_count(fact, 1))]
        case "bad":
            told = say("rows_odd_bad", line=line, column=column, problem=doubt.problem)
            return [told, say("rows_odd_ways")]
    return _unread(doubt, fact, line)


def _scale(doubt: Doubt, fact: Fact, line: str) -> str:
    value = read_cell(fact.columns[doubt.column], (doubt.row or {})[doubt.column])
    assert isinstance(value, Money)  # noqa: S101 - only amounts have a scale
    figure = value.plain().removesuffix(money_units()[value.unit].label)
    column = fact.columns[doubt.column].label
    return say("rows_odd_scale", line=line, column=column, figure=figure)


def _unread(doubt: Doubt, fact: Fact, line: str) -> list[str]:
    """A line that lacks cells or holds pieces without a place: what was seen, what is wanted."""
    columns = join([column_text(column) for column in line_columns(fact).values()])
    if doubt.kind == "many":
        told = say("rows_odd_many", line=line, columns=columns)
        return [told, say("rows_odd_ways")]
    lines = [say("rows_odd_unread", line=line)]
    seen = [
        say("noted_pair", label=fact.columns[name].label, value=line_text(cell))
        for name, cell in doubt.cells.items()
    ]
    missing = join([column_text(fact.columns[name]) for name in doubt.missing])
    parts = [
        say("rows_odd_seen", seen=join(seen)) if seen else "",
        say("rows_odd_missing", missing=missing) if missing else "",
        say("rows_odd_left", left=line_text(join(list(doubt.left)))) if doubt.left and seen else "",
    ]
    return [lines[0] + "".join(parts), say("rows_odd_ways")]
