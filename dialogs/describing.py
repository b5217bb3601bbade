"""Values in words: what was understood, said back with its unit."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.wording import clauses, join, phrases, say, shortened
from scoring.questionnaire import Column, Fact, Kind
from scoring.standard import Standard
from scoring.values import (
    Cell,
    Count,
    Day,
    Letters,
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

SHORT_TEXT = 20
TEXT_START = 10
NAME_LIMIT = 24


def unit_label(unit: str) -> str:
    """How a unit is written: 万元 for wan, others as they are."""
    units = money_units()
    return units[unit].label if unit in units else unit


def unit_of(spec: Fact | Column) -> str:
    """The unit that is written behind a figure; an amount brings its own."""
    return spec.unit if spec.type in (Kind.COUNT, Kind.NUMBER) else ""


def described(value: Value, unit: str = "") -> str:
    """A value in words, shortened where it is long."""
    match value:
        case YesNo(value=answer):
            return phrases()["answer_yes" if answer else "answer_no"]
        case Text(value=text):
            return _text(text) if text else phrases()["blank"]
        case Count() | Number():
            return written(value) + unit_label(unit)
        case Day(value=day):
            return day.isoformat()
    return written(value)


def _text(text: str) -> str:
    flat = " ".join(text.split()).rstrip(phrases()["full_stop"])
    if len(flat) <= 2 * SHORT_TEXT:
        return flat
    return say("text_start", start=flat[:SHORT_TEXT], length=len(text))


def described_cell(cell: Cell, column: Column) -> str:
    """A cell of a table in words, with its unit."""
    return described(cell, unit_of(column))


def row_name(row: Mapping[str, Cell]) -> str:
    """The first text of a row, by which people know it, cut in the middle where it is long."""
    whole = next((c.value for c in row.values() if isinstance(c, Text) and c.value), "")
    return shortened(whole, NAME_LIMIT)


def rows_count(fact: Fact, count: int) -> str:
    """How many rows a table has, with the measure word that fits."""
    return say("rows_count", count=count, unit=fact.unit or say("rows_unit"))


def noted(values: Mapping[str, Value], standard: Standard) -> str:
    """All values of one answer in one sentence part, with their labels."""
    facts = standard.facts
    picked = {n: v for n, v in values.items() if isinstance(v, YesNo)}
    if len(picked) < 2:
        picked = {}
    # Of several long texts the lengths are enough.
    brief = sum(isinstance(v, Text) and len(v.value) > SHORT_TEXT for v in values.values()) > 1
    rest = {name: value for name, value in values.items() if name not in picked}
    others = [_noted(facts[name], value, brief=brief) for name, value in rest.items()]
    return clauses([_picked(picked, standard), *others])


def name_of(fact: Fact) -> str:
    """What a yes/no fact is called on a card and in an echo."""
    return fact.short or fact.label


def _picked(values: Mapping[str, Value], standard: Standard) -> str:
    yes = [name_of(standard.facts[n]) for n, v in values.items() if v == YesNo(True)]
    no = [name_of(standard.facts[n]) for n, v in values.items() if v == YesNo(False)]
    return clauses(
        [
            say("noted_picked", names=join(yes)) if yes else "",
            say("noted_left", names=join(no)) if no else "",
        ]
    )


def _noted(fact: Fact, value: Value, *, brief: bool = False) -> str:
    match value:
        case Letters(value=letters):
            return _letters(fact, letters)
        case Rows(value=rows) if rows:
            return say("noted_rows", label=fact.label, count=rows_count(fact, len(rows)))
        case Rows():
            return say("noted_no_rows", label=fact.label)
        case NotApplicable(reason=reason):
            return say("noted_na", label=fact.label, reason=shortened(reason, 2 * SHORT_TEXT))
        case Offline():
            return say("noted_offline", label=fact.label)
        case YesNo():
            return say("noted_yesno", label=name_of(fact), value=described(value))
        case Text(value=text) if len(text) > SHORT_TEXT:
            return text_noted(fact.label, text, brief=brief)
    return say("noted_pair", label=fact.label, value=described(value, unit_of(fact)))


def text_noted(label: str, text: str, *, brief: bool = False) -> str:
    """A text by its length and its first words, so that people see what was taken."""
    start = " ".join(text.split())[:TEXT_START]
    if len(text) <= SHORT_TEXT:
        return say("noted_pair", label=label, value=described(Text(text)))
    if brief:
        return say("noted_text_brief", label=label, length=len(text))
    return say("noted_text", label=label, length=len(text), start=start)


def _letters(fact: Fact, letters: tuple[str, ...]) -> str:
    missing = [letter for letter in fact.options if letter not in letters]
    numbers = {"label": fact.label, "total": len(fact.options), "count": len(letters)}
    if not missing:
        return say("noted_letters_all", **numbers)
    if not letters:
        return say("noted_letters_none", **numbers)
    return say("noted_letters_some", letters="".join(letters), missing="".join(missing), **numbers)
