"""Values as they are written in files and stored: plain JSON or YAML data.

Amounts are text with a unit ("2587.01万元"), percentages text ("98.31%"), counts and days plain,
yes/no true or false, checklists a list of letters, rows a list of mappings, `{na: reason}` for
what does not apply, `{offline: true}` for what is handed in on paper. Each type's `plain()` writes
it; `read_value` reads it back.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from scoring.questionnaire import Column, Fact, Kind
from scoring.values import (
    Cell,
    Count,
    Day,
    Letters,
    Money,
    NotApplicable,
    Number,
    Offline,
    Percent,
    Rows,
    Text,
    Value,
    YesNo,
    money_units,
)
from scoring.wording import say

_SHOWN = 60


class BadValue(ValueError):
    """A value cannot be read: a code of the catalogue (`bad_…`) and its numbers.

    `path` leads to the bad part within rows: (row from 0, column).
    """

    def __init__(self, code: str, path: tuple[int | str, ...] = (), /, **numbers: Any) -> None:
        super().__init__(code)
        if "given" in numbers:
            numbers["given"] = _told(numbers["given"])
        self.code, self.path, self.numbers = code, path, numbers


def _told(given: Any) -> Any:
    """What was given, as it stands in a file; the start of it where it is long."""
    words = _flow(given) if isinstance(given, str | Mapping | list | bool | int | None) else given
    return f"{words[:_SHOWN]}…" if isinstance(words, str) and len(words) > _SHOWN else words


def _flow(given: Any) -> str:
    if given is None or isinstance(given, bool):
        return {None: say("given_nothing"), True: "true", False: "false"}[given]
    if isinstance(given, Mapping):
        return "{" + ", ".join(f"{name}: {_flow(one)}" for name, one in given.items()) + "}"
    if isinstance(given, list):
        return "[" + ", ".join(map(_flow, given)) + "]"
    return str(given)


def read_value(fact: Fact, plain: Any) -> Value:
    """The value of a fact from plain data. Raises BadValue."""
    if plain == {"offline": True}:
        return Offline()
    if isinstance(plain, Mapping) and plain.keys() & {"na", "offline"}:
        return _absent(fact, plain)
    if fact.type is Kind.ROWS:
        return _rows(fact, plain)
    if fact.type is Kind.CHECKLIST:
        return _letters(fact, plain)
    return read_cell(fact, plain)


def _absent(fact: Fact, plain: Mapping[str, Any]) -> NotApplicable:
    if plain.keys() != {"na"}:
        raise BadValue("bad_special", label=fact.label, given=plain)
    reason = plain["na"]
    if not fact.na:
        raise BadValue("bad_not_applicable", label=fact.label)
    if not isinstance(reason, str) or not reason.strip():
        raise BadValue("bad_reason", label=fact.label)
    return NotApplicable(reason.strip())


def _rows(fact: Fact, plain: Any) -> Rows:
    if not isinstance(plain, list):
        raise BadValue("bad_rows", label=fact.label, given=plain)
    return Rows(tuple(_row(fact, number, row) for number, row in enumerate(plain, start=1)))


def _row(fact: Fact, number: int, row: Any) -> dict[str, Cell]:
    if not isinstance(row, Mapping):
        raise BadValue("bad_row", (number - 1,), label=fact.label, row=number, given=row)
    unknown = [name for name in row if name not in fact.columns]
    if unknown:
        numbers = {"label": fact.label, "row": number, "given": unknown[0]}
        path = (number - 1, unknown[0])
        raise BadValue("bad_column", path, **numbers, known=list(fact.columns))
    cells: dict[str, Cell] = {}
    for name in fact.columns:
        given = row.get(name)
        if given is not None:
            cells[name] = _cell(fact, number, name, given)
    return cells


def _cell(fact: Fact, number: int, name: str, given: Any) -> Cell:
    column = fact.columns[name]
    if given == {"offline": True}:
        return Offline()
    try:
        return read_cell(column, given)
    except BadValue as bad:
        numbers = {"label": fact.label, "row": number, "column": column.label}
        label = say("cell", numbers)
        raise BadValue(bad.code, (number - 1, name), **{**bad.numbers, "label": label}) from bad


def _letters(fact: Fact, plain: Any) -> Letters:
    if isinstance(plain, str):
        plain = list(plain)
    known = set(fact.options)
    if not isinstance(plain, list) or any(str(letter) not in known for letter in plain):
        raise BadValue("bad_letters", label=fact.label, given=plain, known=list(fact.options))
    return Letters(tuple(letter for letter in fact.options if letter in plain))


def read_cell(spec: Fact | Column, plain: Any) -> Cell:
    """The value of a cell, or of a fact that is neither a table nor a checklist.

    Raises BadValue.
    """
    if plain == "" and spec.optional:
        return Text("")  # left blank on purpose
    value = _READERS[spec.type](spec, plain)
    check_range(spec, value)
    return value


def check_range(spec: Fact | Column, value: Value) -> None:
    """Raises BadValue where a figure or a text's length is not what the standard allows."""
    match value:
        case Text(value=words) if isinstance(spec, Fact) and len(words) > spec.max_chars:
            numbers = {"label": spec.label, "count": len(words), "high": spec.max_chars}
            raise BadValue("bad_too_long", **numbers)
        case Money(yuan=number) | Percent(value=number) | Number(value=number):
            figure = number
        case Count(value=count):
            figure = Decimal(count)
        case _:
            return
    bounds = {"label": spec.label, "given": value, "low": spec.min, "high": spec.max}
    if spec.min is not None and figure < spec.min:
        raise BadValue("bad_too_small", **bounds)
    if spec.max is not None and figure > spec.max:
        raise BadValue("bad_too_large", **bounds)


def _decimal(spec: Fact | Column, text: str, code: str, given: str | None = None) -> Decimal:
    """The number that `text` writes; what is told otherwise is `given`, or the text itself."""
    given = text if given is None else given
    # Full-width digits, commas and signs, as a Chinese keyboard gives them, count as plain ones.
    plain = unicodedata.normalize("NFKC", text).replace(",", "").strip()
    if spec.type is Kind.PERCENT:
        plain = plain.removesuffix("%").strip()
    if not re.fullmatch(r"[-+]?[0-9]{1,20}(\.[0-9]{1,12})?", plain):
        raise BadValue(code, label=spec.label, given=given)
    number = Decimal(plain)
    # More digits than the arithmetic carries would be rounded away silently.
    if len(number.as_tuple().digits) > 20:
        raise BadValue(code, label=spec.label, given=given)
    return number


def _money(spec: Fact | Column, plain: Any) -> Money:
    if isinstance(plain, int | Decimal) and not isinstance(plain, bool):
        raise BadValue("bad_money_unit", label=spec.label, given=plain)
    if not isinstance(plain, str):
        raise BadValue("bad_money", label=spec.label, given=plain)
    units = sorted(money_units().values(), key=lambda unit: -len(unit.label))
    for unit in units:
        if plain.strip().endswith(unit.label):
            figure = plain.strip().removesuffix(unit.label)
            return Money(_decimal(spec, figure, "bad_money", plain) * unit.factor, unit.code)
    raise BadValue("bad_money_unit", label=spec.label, given=plain)


def _percent(spec: Fact | Column, plain: Any) -> Percent:
    if isinstance(plain, bool) or not isinstance(plain, str | int | Decimal):
        raise BadValue("bad_percent", label=spec.label, given=plain)
    return Percent(_decimal(spec, str(plain), "bad_percent"))


def _number(spec: Fact | Column, plain: Any) -> Number:
    if isinstance(plain, bool) or not isinstance(plain, str | int | Decimal):
        raise BadValue("bad_number", label=spec.label, given=plain)
    return Number(_decimal(spec, str(plain), "bad_number"))


def _count(spec: Fact | Column, plain: Any) -> Count:
    figure = unicodedata.normalize("NFKC", plain).strip() if isinstance(plain, str) else plain
    if isinstance(figure, str) and re.fullmatch(r"[0-9]{1,12}", figure):
        figure = int(figure)
    if isinstance(figure, bool) or not isinstance(figure, int) or not 0 <= figure < 10**12:
        raise BadValue("bad_count", label=spec.label, given=plain)
    return Count(figure)


def _day(spec: Fact | Column, plain: Any) -> Day:
    try:
        return Day(plain if isinstance(plain, date) else date.fromisoformat(plain))
    except (TypeError, ValueError) as error:
        raise BadValue("bad_date", label=spec.label, given=plain) from error


def _yesno(spec: Fact | Column, plain: Any) -> YesNo:
    plain = {"yes": True, "no": False}.get(plain, plain) if isinstance(plain, str) else plain
    if not isinstance(plain, bool):
        raise BadValue("bad_yesno", label=spec.label, given=plain)
    return YesNo(plain)


def _text(spec: Fact | Column, plain: Any) -> Text:
    if isinstance(plain, bool) or not isinstance(plain, str | int | Decimal):
        raise BadValue("bad_text", label=spec.label, given=plain)
    return Text(str(plain).strip())


_READERS: dict[Kind, Callable[[Fact | Column, Any], Cell]] = {
    Kind.MONEY: _money,
    Kind.PERCENT: _percent,
    Kind.NUMBER: _number,
    Kind.COUNT: _count,
    Kind.DATE: _day,
    Kind.YESNO: _yesno,
    Kind.TEXT: _text,
}
