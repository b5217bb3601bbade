"""What a person typed into a cell of a list, as a value of a fact or of a column."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

from reports.figures import on_day
from reports.list_layout import unit_of
from reports.reading.cells import Cell, is_percent
from reports.reading.found import money_text
from reports.reading.patterns import part, pattern
from scoring.plain import BadValue
from scoring.questionnaire import Column, Fact, Kind
from scoring.values import decimal_text, money_units

Spec = Fact | Column


def typed(spec: Spec, cell: Cell, unit: str = "") -> object:
    """The plain data of a cell, as `scoring.plain.read_value` takes it.

    `unit` is the one that stands beside the cell, where it stands there. Raises BadValue for what
    cannot be told: 0.98 without a % may be a share or a percentage.
    """
    words = cell.words
    if pattern("list", "offline").match(words):
        return {"offline": True}
    absent = pattern("list", "not_applicable").match(words)
    if absent and isinstance(spec, Fact):
        return {"na": absent["reason"] or ""}
    return _READERS[spec.type](spec, cell, unit)


def _money(spec: Spec, cell: Cell, unit: str) -> object:
    labels = [one.label for one in money_units().values()]
    if cell.number is None:
        return money_text(cell.text)
    label = unit if unit in labels else unit_of(spec)
    return f"{decimal_text(cell.number)}{label}"


def _percent(spec: Spec, cell: Cell, unit: str) -> object:
    if cell.number is None:
        return cell.text
    if is_percent(cell) and isinstance(cell.value, int | float):
        return decimal_text(Decimal(f"{cell.value:.15g}") * 100)
    if 0 < cell.number <= 1:
        raise BadValue("bad_percent", label=spec.label, given=cell.words)
    return decimal_text(cell.number)


def _number(spec: Spec, cell: Cell, unit: str) -> object:
    number = cell.number
    if number is not None and not is_percent(cell):
        return decimal_text(number)
    return cell.text.removesuffix(unit or unit_of(spec))


def _day(spec: Spec, cell: Cell, unit: str) -> object:
    day = _date(cell)
    if day is not None:
        return day
    found = pattern("day_parts").fullmatch(cell.text)
    return "-".join(group.zfill(2) for group in found.groups()) if found else cell.text


def _yesno(spec: Spec, cell: Cell, unit: str) -> object:
    if isinstance(cell.value, bool):
        return cell.value
    for answer in (True, False):
        if pattern("list", "yes" if answer else "no").match(cell.text):
            return answer
    return cell.words


def _letters(spec: Spec, cell: Cell, unit: str) -> object:
    options = spec.options if isinstance(spec, Fact) else {}
    if pattern("list", "none").match(cell.text):
        return []
    if pattern("list", "letters").match(cell.words.upper()):
        return list(re.sub(part("list", "letters_apart"), "", cell.words.upper()))
    return _labels({option.label: letter for letter, option in options.items()}, cell.words)


def _labels(letters: dict[str, str], words: str) -> list[str]:
    """The letters of labels joined by 、, which a label may hold itself; what is no label stays."""
    found, rest = [], words.strip()
    while rest:
        label = next(
            (one for one in sorted(letters, key=len, reverse=True) if rest.startswith(one)), ""
        )
        if not label:
            return [rest]
        found.append(letters[label])
        rest = re.sub(f"^(?:{part('list', 'labels_apart')})", "", rest[len(label) :])
    return found


def _text(spec: Spec, cell: Cell, unit: str) -> object:
    day = _date(cell)
    if day is not None:
        return on_day(day)
    if isinstance(cell.value, int | float) and cell.number is not None:
        return decimal_text(cell.number)
    return cell.words


def _date(cell: Cell) -> date | None:
    if isinstance(cell.value, datetime):
        return cell.value.date()
    return cell.value if isinstance(cell.value, date) else None


_READERS: dict[Kind, Callable[[Spec, Cell, str], object]] = {
    Kind.MONEY: _money,
    Kind.PERCENT: _percent,
    Kind.NUMBER: _number,
    Kind.COUNT: _number,
    Kind.DATE: _day,
    Kind.YESNO: _yesno,
    Kind.CHECKLIST: _letters,
    Kind.TEXT: _text,
}
