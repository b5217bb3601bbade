"""Days off and worked from a file (.xlsx, .csv, .yaml): all of it or, with every fault named,
nothing."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath
from typing import Any

import yaml

from bot.phrases import phrase, words
from dialogs.rounds.orders import DaySaid
from dialogs.understand.plain_text import simple
from dialogs.understand.spans import read_span
from reports.inspection import Refused, inspect
from reports.reading.claims import Unreadable
from reports.reading.workbook import sheets

MOST_BYTES = 2_000_000
MOST_ROWS = 2000
_LONGEST_NAME = 20

Row = tuple[int, Sequence[Any]]
"""A row's number as people count it, and its cells: day, whether it is worked, name."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with one cell: its row, the name of its column, its value, and a code."""

    row: int
    column: str
    value: str
    code: str

    @property
    def words(self) -> str:
        """The fault in a sentence."""
        reason = phrase(f"calendar_fault_{self.code}")
        numbers = {"row": self.row, "column": phrase(f"calendar_column_{self.column}")}
        return phrase("calendar_fault", value=self.value, reason=reason, **numbers)


class CalendarRefused(Exception):
    """A file of which nothing is taken: the sentences say why."""

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__(f"{len(lines)} faults")
        self.lines = tuple(lines)


def read_calendar_file(name: str, data: bytes) -> tuple[DaySaid, ...]:
    """The days in a file, by date. Raises CalendarRefused."""
    if len(data) > MOST_BYTES:
        raise CalendarRefused([phrase("calendar_too_big")])
    rows = list(_rows(name, data))
    if len(rows) > MOST_ROWS:
        raise CalendarRefused([phrase("calendar_too_big")])
    faults: list[Fault] = []
    found: dict[date, tuple[int, DaySaid]] = {}
    for number, cells in rows:
        for said in _days(number, cells, faults):
            before = found.setdefault(said.day, (number, said))[1]
            if before != said:
                faults.append(Fault(number, "day", said.day.isoformat(), "twice"))
    if faults:
        raise CalendarRefused([fault.words for fault in faults])
    if not found:
        raise CalendarRefused([phrase("calendar_empty")])
    return tuple(said for _, (_, said) in sorted(found.items()))


def _rows(name: str, data: bytes) -> Iterator[Row]:
    """The rows that hold something, without a head."""
    kind = PurePath(name).suffix.lower()
    readers = {".xlsx": _of_workbook, ".csv": _of_csv, ".yaml": _of_yaml, ".yml": _of_yaml}
    if kind not in readers:
        raise CalendarRefused([phrase("calendar_kind")])
    rows = readers[kind](name, data)
    heads = words("calendar_heads")
    for number, cells in rows:
        texts = [_text(cell) for cell in cells]
        if any(texts) and texts[0] not in heads and not texts[0].startswith("#"):
            yield number, cells


def _of_workbook(name: str, data: bytes) -> Iterator[Row]:
    try:
        inspect(PurePath(name).name, data)
        found = sheets(data, MOST_ROWS)
    except Refused as refusal:
        raise CalendarRefused([refusal.words]) from None
    except Unreadable:
        raise CalendarRefused([phrase("calendar_unreadable")]) from None
    for number, row in enumerate(found[0].rows if found else (), start=1):
        yield number, [cell.value for cell in row[:3]]


def _of_csv(name: str, data: bytes) -> Iterator[Row]:
    text = unicodedata.normalize("NFKC", _decoded(data))
    delimiter = "\t" if "\t" in text.split("\n", 1)[0] else ","
    for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter), start=1):
        yield number, row[:3]


def _of_yaml(name: str, data: bytes) -> Iterator[Row]:
    """A list of {day, kind, name}, or days with what they are: `2027-02-08: 放假 春节`."""
    try:
        given = yaml.safe_load(_decoded(data))
    except (yaml.YAMLError, RecursionError, ValueError):
        raise CalendarRefused([phrase("calendar_unreadable")]) from None
    if isinstance(given, dict):
        for number, (day, said) in enumerate(given.items(), start=1):
            yield number, [day, *_text(said).split(maxsplit=1)]
    elif isinstance(given, list):
        for number, row in enumerate(given, start=1):
            parts = row if isinstance(row, dict) else {"day": row}
            yield number, [parts.get(column) for column in ("day", "kind", "name")]
    elif given is not None:
        raise CalendarRefused([phrase("calendar_unreadable")])


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise CalendarRefused([phrase("calendar_unreadable")])


def _days(number: int, cells: Sequence[Any], faults: list[Fault]) -> Iterator[DaySaid]:
    day, kind, name = (*cells, None, None, None)[:3]
    span, code = _span(day)
    if code:
        faults.append(Fault(number, "day", _text(day), code))
    works = _text(kind)
    working = works in words("calendar_works")
    if not working and works not in words("calendar_off"):
        faults.append(Fault(number, "kind", works, "kind" if works else "empty"))
        return
    called = _text(name)
    if len(called) > _LONGEST_NAME:
        faults.append(Fault(number, "name", called, "long"))
        return
    for each in span:
        yield DaySaid(each, working, called)


def _span(value: Any) -> tuple[list[date], str]:
    """The days that a cell names, or the code of what is wrong with it."""
    if isinstance(value, datetime):
        return [value.date()], ""
    if isinstance(value, date):
        return [value], ""
    text = _text(value)
    if not text:
        return [], "empty"
    found = read_span(text)
    return ([], found) if isinstance(found, str) else (found, "")


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    return "" if value is None else " ".join(simple(str(value)).split())
