"""Values in words: what was understood, said back with its unit."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.wording import join, phrases, say
from scoring.questionnaire import Column, Fact, Kind
from scoring.standard import Standard
from scoring.values import (
    Count,
    Day,
    Letters,
    Money,
    NotApplicable,
    Number,
    Offline,
    Rows,
    Text,
    Value,
    YesNo,
    money_units,
)
from scoring.wording import written

_SHORT_TEXT = 40


def unit_label(unit: str) -> str:
    """How a unit is written: 万元 for wan, others as they are."""
    units = money_units()
    return units[unit].label if unit in units else unit


def described(value: Value, unit: str = "") -> str:
    """A value in words, shortened where it is long."""
    match value:
        case YesNo(value=answer):
            return phrases()["answer_yes" if answer else "answer_no"]
        case Text(value=text):
            return _shortened(text) if text else phrases()["blank"]
        case Count() | Number():
            return written(value) + unit_label(unit)
        case Day(value=day):
            return day.isoformat()
        case NotApplicable(reason=reason):
            return say("noted_na", label="", reason=reason)
        case Offline():
            return say("noted_offline", label="")
        case Rows(value=rows):
            return str(len(rows))
        case Money() | Letters():
            return written(value)
    return written(value)


def _shortened(text: str) -> str:
    flat = " ".join(text.split()).rstrip(phrases()["full_stop"])
    if len(flat) <= _SHORT_TEXT:
        return flat
    return say("noted_text", start=flat[: _SHORT_TEXT // 2], length=len(text))


def described_cell(cell: Value, column: Column) -> str:
    """A cell of a table in words, with its unit."""
    unit = column.unit if column.type in (Kind.COUNT, Kind.NUMBER) else ""
    return described(cell, unit)


def noted(values: Mapping[str, Value], standard: Standard) -> str:
    """All values of one answer in one sentence part, with their labels."""
    picked = [n for n, v in values.items() if isinstance(v, YesNo) and _short(standard.facts[n])]
    parts: list[str] = []
    if len(picked) > 1:
        parts.append(_picked({n: values[n] for n in picked}, standard))
        values = {n: v for n, v in values.items() if n not in picked}
    parts += [_noted(standard.facts[name], value) for name, value in values.items()]
    return phrases()["semicolon"].join(p for p in parts if p)


def _short(fact: Fact) -> bool:
    return bool(fact.short)


def _picked(values: Mapping[str, Value], standard: Standard) -> str:
    yes = [standard.facts[n].short for n, v in values.items() if v == YesNo(True)]
    no = [standard.facts[n].short for n, v in values.items() if v == YesNo(False)]
    said = [say("noted_have", names=join(yes))] if yes else []
    said += [say("noted_have_not", names=join(no))] if no else []
    return phrases()["semicolon"].join(said)


def _noted(fact: Fact, value: Value) -> str:
    match value:
        case Letters(value=letters):
            return _letters(fact, letters)
        case Rows(value=rows):
            code = "noted_rows" if rows else "noted_no_rows"
            return say(code, label=fact.label, count=len(rows))
        case NotApplicable(reason=reason):
            return say("noted_na", label=fact.label, reason=reason)
        case Offline():
            return say("noted_offline", label=fact.label)
    unit = fact.unit if fact.type in (Kind.COUNT, Kind.NUMBER) else ""
    return say("noted_pair", label=fact.label, value=described(value, unit))


def _letters(fact: Fact, letters: tuple[str, ...]) -> str:
    missing = [letter for letter in fact.options if letter not in letters]
    numbers = {"label": fact.label, "total": len(fact.options), "count": len(letters)}
    if not missing:
        return say("noted_letters_all", **numbers)
    if not letters:
        return say("noted_letters_none", **numbers)
    return say("noted_letters_some", letters="".join(letters), missing="".join(missing), **numbers)
