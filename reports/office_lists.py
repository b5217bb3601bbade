"""What one office of a department is to supply: the facts it keeps, and the text to forward."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from reports.list_layout import unit_of
from reports.wording import say
from scoring.conditions import applies
from scoring.progress import gaps
from scoring.questionnaire import Column, Fact, Kind
from scoring.sheet import ScoreSheet
from scoring.standard import Standard
from scoring.values import Value

MESSAGE_BYTES = 1900


@dataclass(frozen=True)
class Entry:
    """One fact that an office keeps; `value` is the present answer, None where there is none."""

    name: str
    fact: Fact
    number: int
    value: Value | None = None


@dataclass(frozen=True)
class Asker:
    """For whom a list is: department and year of the form, who asks, by which day."""

    form_id: int
    department: str
    year: int
    contact: str
    by: date


def offices(standard: Standard) -> tuple[str, ...]:
    """The offices that keep facts, in the order of the questionnaire."""
    return tuple(dict.fromkeys(f.keeper for f in standard.facts.values() if f.keeper))


def entries(
    standard: Standard,
    answers: Mapping[str, Value],
    sheet: ScoreSheet,
    office: str,
    *,
    everything: bool = False,
) -> tuple[Entry, ...]:
    """The facts that the office keeps and that the department is asked, in the order of the
    questions: those without a whole answer, or with `everything` all of them."""
    values = standard.effective(answers)
    missing = {gap.fact for gap in gaps(standard, answers)}
    found = []
    for question in standard.questions:
        for name in question.facts:
            fact = standard.facts[name]
            if fact.keeper != office or not applies(fact, values, standard.facts, sheet):
                continue
            if everything or name in missing or name not in answers:
                number = standard.number_of[question.id]
                found.append(Entry(name, fact, number, answers.get(name)))
    return tuple(found)


def texts(
    office: str,
    listed: Sequence[Entry],
    asker: Asker,
    link: str = "",
    *,
    limit: int = MESSAGE_BYTES,
) -> list[str]:
    """The list as messages to forward, each of at most `limit` bytes and readable by itself;
    none for an empty list."""
    if not listed:
        return []
    lines = [_line(number, entry) for number, entry in enumerate(listed, start=1)]
    room = limit - len(_head(office, asker, len(listed), 99, 99).encode()) - _tail_bytes(link)
    pages = _pages(lines, room)
    told = []
    for at, page in enumerate(pages, start=1):
        head = _head(office, asker, len(listed), at, len(pages))
        tail = _tail(link) if at == len(pages) else ""
        told.append("\n".join(part for part in (head, *page, tail) if part))
    return told


def helped(fact: Fact) -> str:
    """Where a fact stands and how it is written down."""
    parts = [say("office_where", where=fact.stands_in)] if fact.stands_in else []
    if fact.options:
        told = [f"{letter} {o.text or o.label}" for letter, o in fact.options.items()]
        parts.append(say("office_options", options=say("office_semicolon").join(told)))
    elif fact.type is Kind.YESNO:
        parts.append(say("office_yesno"))
    elif fact.type is Kind.DATE:
        parts.append(say("office_date"))
    if fact.optional:
        parts.append(say("office_optional"))
    return say("office_help_gap").join(parts)


def _line(number: int, entry: Entry) -> str:
    fact = entry.fact
    unit = unit_of(fact)
    label = say("office_label_unit", label=fact.label, unit=unit) if unit else fact.label
    parts = [say("office_line", number=number, label=label)]
    if fact.columns:
        columns = [_column(column) for column in fact.columns.values()]
        parts.append(say("office_columns", columns=say("office_comma").join(columns)))
    elif fact.options:
        short = [f"{letter} {option.label}" for letter, option in fact.options.items()]
        parts.append(say("office_options", options=say("office_semicolon").join(short)))
    elif fact.type is Kind.YESNO:
        parts.append(say("office_yesno"))
    if fact.stands_in:
        parts.append(say("office_where", where=fact.stands_in))
    if fact.optional:
        parts.append(say("office_optional"))
    return "".join(parts)


def _column(column: Column) -> str:
    unit = unit_of(column)
    return say("office_label_unit", label=column.label, unit=unit) if unit else column.label


def _head(office: str, asker: Asker, count: int, at: int, pages: int) -> str:
    part = say("office_part", at=at, pages=pages) if pages > 1 else ""
    day = say("office_day", month=asker.by.month, day=asker.by.day)
    numbers = {"department": asker.department, "year": asker.year, "contact": asker.contact}
    return say("office_head", office=office, count=count, day=day, part=part, **numbers)


def _tail(link: str) -> str:
    return say("office_tail_link", link=link) if link else say("office_tail")


def _tail_bytes(link: str) -> int:
    return len(_tail(link).encode()) + 2


def _pages(lines: Sequence[str], room: int) -> list[list[str]]:
    """The lines in as many messages as they need; one that is too long for any is cut."""
    pages: list[list[str]] = [[]]
    used = 0
    for line in lines:
        fitting = _cut(line, room)
        size = len(fitting.encode()) + 1
        if pages[-1] and used + size > room:
            pages.append([])
            used = 0
        pages[-1].append(fitting)
        used += size
    return pages


def _cut(line: str, room: int) -> str:
    return line.encode()[:room].decode(errors="ignore") if len(line.encode()) > room else line
