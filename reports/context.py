"""The names that every sentence of the report may use: facts by id, and what follows from them."""

from __future__ import annotations

from collections.abc import Mapping

from reports.sentences import Sentences
from reports.shown import Absence, Amount, Missing, Row, Ticked, clean
from reports.wording import say
from scoring.conditions import applies
from scoring.questionnaire import Fact
from scoring.sheet import ScoreSheet
from scoring.standard import Standard
from scoring.values import (
    Cell,
    Count,
    Letters,
    Money,
    NotApplicable,
    Number,
    Offline,
    Rows,
    Text,
    Value,
    YesNo,
)

BLANK = Missing(Absence.BLANK, "")
# Words that are left blank where they are wanted say as little as no answer.
_EMPTY = (None, Text(""))


def fact_names(
    standard: Standard, answers: Mapping[str, Value], sheet: ScoreSheet, sentences: Sentences
) -> dict[str, object]:
    """Every fact of the standard by id, as sentences see it; none is undefined."""
    values = standard.effective(answers)
    on_paper = standard.on_paper(values)
    names: dict[str, object] = {}
    for name, fact in standard.facts.items():
        value = values.get(name)
        if name in on_paper:
            names[name] = sentences.on_paper()
        elif value not in _EMPTY:
            names[name] = _shown(fact, value, sentences)
        elif fact.optional or applies(fact, values, standard.facts, sheet) is False:
            names[name] = BLANK
        else:
            names[name] = sentences.gap(fact.label)
    return names


def _shown(fact: Fact, value: Value, sentences: Sentences) -> object:
    match value:
        case NotApplicable(reason=reason):
            return sentences.absent(clean(reason))
        case Letters(value=letters):
            return _ticked(fact, letters)
        case Rows(value=rows):
            return [_row(fact, number, row, sentences) for number, row in enumerate(rows, start=1)]
    return _cell(value, sentences)


def _cell(value: Cell, sentences: Sentences) -> object:
    match value:
        case Offline():
            return sentences.on_paper()
        case Money():
            return Amount(value)
        case Text(value=words):
            return clean(words) or BLANK
        case YesNo(value=plain) | Count(value=plain) | Number(value=plain):
            return plain
    return value


def _ticked(fact: Fact, letters: tuple[str, ...]) -> Ticked:
    words = {letter: option.text or option.label for letter, option in fact.options.items()}
    met = tuple(text for letter, text in words.items() if letter in letters)
    unmet = tuple(text for letter, text in words.items() if letter not in letters)
    return Ticked(met, unmet)


def _row(fact: Fact, number: int, row: Mapping[str, Cell], sentences: Sentences) -> Row:
    cells: dict[str, object] = {}
    for name, column in fact.columns.items():
        if row.get(name) not in _EMPTY:
            cells[name] = _cell(row[name], sentences)
        elif column.optional:
            cells[name] = BLANK
        else:
            label = say("row_gap", label=fact.label, row=number, column=column.label)
            cells[name] = sentences.gap(label)
    return Row(cells)
