"""The words of an answer read as values of the facts that an item asks."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dialogs.agenda import Item, form_of
from dialogs.describing import row_name
from dialogs.understand.amount import read_amount
from dialogs.understand.apart import apart, year_names
from dialogs.understand.day import read_day
from dialogs.understand.fields import Field, deal, partial_names
from dialogs.understand.figure import read_count, read_number, read_percent
from dialogs.understand.letters import LETTERS, read_letters, says_none
from dialogs.understand.number_to_call import is_number_to_call
from dialogs.understand.ordinals import by_labels
from dialogs.understand.plain_text import before_bracket, clean
from dialogs.understand.reading import Ask, Got
from dialogs.understand.spread import with_numbers
from dialogs.understand.yesno import read_yesno
from dialogs.wording import join, say, shortened
from scoring.plain import BadValue
from scoring.plain import read_cell as read_stored
from scoring.questionnaire import Column, Fact, Form, Kind
from scoring.standard import Standard
from scoring.values import Cell, Letters, Rows, Text, Value, YesNo
from scoring.wording import say as scoring_say

_COUNTABLE = (Kind.MONEY, Kind.COUNT)
_QUOTED = 40
ALMOST = {
    "ask_amount_unit",
    "ask_amount_negative",
    "ask_amount_hedged",
    "ask_amount_vague",
    "ask_amount_currency",
    "ask_amount_fine",
    "ask_amount_huge",
    "ask_percent_fraction",
    "ask_percent_perhaps",
    "ask_percent_negative",
    "ask_count_perhaps",
    "ask_count_negative",
    "ask_count_whole",
    "ask_figure_range",
    "ask_figure_vague",
    "ask_date_impossible",
    "ask_date_which",
    "ask_date_two",
    "ask_date_year",
}
"""A piece with such a problem is meant for a field of this type, and is asked about by itself."""
_COLUMN_CHARS = 2000


@dataclass(frozen=True)
class Answer:
    """What was understood: values by fact, codes worth saying, pieces that found no place.

    `named` are the facts whose pieces came with a name.
    """

    values: Mapping[str, Value]
    notes: tuple[tuple[str, str], ...] = ()
    left: tuple[str, ...] = ()
    asks: tuple[Ask, ...] = ()
    named: frozenset[str] = frozenset()


def problem(ask: Ask) -> str:
    """What is asked instead of a guess, in words; what was typed is quoted in short."""
    numbers = {
        name: shortened(value, _QUOTED) if isinstance(value, str) and name != "problem" else value
        for name, value in ask.numbers.items()
    }
    return say(ask.code, **numbers)


def read_cell(spec: Fact | Column, text: str, today: date) -> Got[Any] | Ask:
    """One figure or text of the type that a fact or column has."""
    got = _read(spec, text, today)
    if isinstance(got, Ask):
        return Ask(got.code, {"label": spec.label, "example": spec.example, **got.numbers})
    try:
        # What can't be read back from its stored form must not be kept at all.
        read_stored(spec, got.value.plain())
    except BadValue as bad:
        return Ask("ask_range", {"problem": scoring_say(bad.code, bad.numbers)})
    return got


def _read(spec: Fact | Column, text: str, today: date) -> Got[Any] | Ask:
    match spec.type:
        case Kind.MONEY:
            return read_amount(text, spec.unit)
        case Kind.PERCENT:
            return read_percent(text)
        case Kind.COUNT:
            return read_count(text)
        case Kind.NUMBER:
            return read_number(text)
        case Kind.DATE:
            return read_day(text, today)
        case Kind.YESNO:
            got = read_yesno(text)
            return got if isinstance(got, Ask) else Got(YesNo(got.value))
    return _read_text(spec, text)


def _read_text(spec: Fact | Column, text: str) -> Got[Text] | Ask:
    typed = clean(text)
    limit = spec.max_chars if isinstance(spec, Fact) else _COLUMN_CHARS
    if not typed:
        return Ask("ask_empty")
    if len(typed) > limit:
        return Ask("ask_too_long", {"limit": limit, "length": len(typed)})
    if isinstance(spec, Fact) and spec.digits and not is_number_to_call(typed, spec.digits):
        return Ask("ask_digits", {"text": text})
    return Got(Text(typed))


def read_answer(
    item: Item,
    text: str,
    standard: Standard,
    answers: Mapping[str, Value],
    today: date,
    known: Collection[str] = (),
) -> Answer:
    """What a text says to an item, whatever its form. Rows typed in lines are not read here.

    Facts in `known` have a value already that is offered; the text need not give them.
    """
    if item.columns:
        return _read_cells(item, text, standard, answers, today)
    form = form_of(item.question, standard.facts)
    match form:
        case Form.PICK:
            return _read_pick(item, text, standard)
        case Form.CHECKLIST:
            name = item.facts[0]
            labels = standard.labels[name]
            got = read_letters(text, list(labels), labels)
            return _one(name, got if isinstance(got, Ask) else Got(Letters(got.value)))
        case Form.YESNO | Form.TEXT:
            name = item.facts[0]
            return _one(name, read_cell(standard.facts[name], text, today))
    specs = {n: standard.facts[n] for n in item.facts}
    # The figures were numbered as they stood in the question, whatever is read first.
    shown = [specs[n].label for n in item.question.facts if n in specs]
    return _read_fields(specs, by_labels(text, shown), today, known)


def pick_values(item: Item, chosen: tuple[str, ...]) -> dict[str, Value]:
    """Yes for the facts whose letters were chosen, no for the others."""
    marks = zip(LETTERS, item.facts, strict=False)
    return {name: YesNo(letter in chosen) for letter, name in marks}


def column_values(item: Item, chosen: tuple[str, ...], rows: Rows) -> dict[str, Value]:
    """The rows with a yes in the item's column where the row's number was chosen, else a no."""
    column = item.columns[0]
    marked: list[Mapping[str, Cell]] = [
        {**row, column: YesNo(str(number) in chosen)}
        for number, row in enumerate(rows.value, start=1)
    ]
    return {item.facts[0]: Rows(tuple(marked))}


def _read_pick(item: Item, text: str, standard: Standard) -> Answer:
    facts = [standard.facts[name] for name in item.facts]
    labels = {mark: fact.short or fact.label for mark, fact in zip(LETTERS, facts, strict=False)}
    got = read_letters(text, list(labels), labels)
    if isinstance(got, Ask):
        return Answer({}, asks=(got,))
    return Answer(pick_values(item, got.value))


def _one(name: str, got: Got[Any] | Ask) -> Answer:
    if isinstance(got, Ask):
        return Answer({}, asks=(got,))
    return Answer({name: got.value}, ((name, got.note),) if got.note else ())


def _read_fields(
    specs: Mapping[str, Fact | Column], text: str, today: date, known: Collection[str] = ()
) -> Answer:
    """Several fields from one message; those in `known` may be left out of it."""
    fields = [_field(name, specs, today) for name in specs]
    if len(specs) > 1 and says_none(text) and all(s.type in _COUNTABLE for s in specs.values()):
        return Answer({name: _nothing(spec, today) for name, spec in specs.items()})
    has_words = len(fields) == 1 or any(field.is_text for field in fields)
    dealt = deal(text if has_words else apart(text, fields), fields)
    names = {name for field in fields for name in (*field.names, *field.partials)}
    if not has_words and any(piece.strip("()") in names for piece in dealt.left):
        return Answer({}, left=dealt.left)  # a name without its figure: which one was meant?
    if not dealt.pieces:
        got = read_cell(next(iter(specs.values())), text, today)
        return Answer({}, left=dealt.left, asks=(got,) if isinstance(got, Ask) else ())
    required = [n for n, spec in specs.items() if not spec.optional and n not in known]
    loose = [name for name in dealt.pieces if name not in dealt.named]
    if loose and not dealt.left and any(name not in dealt.pieces for name in required):
        labels = join([spec.label for spec in specs.values()])
        numbers = {"wanted": len(specs), "given": len(dealt.pieces), "labels": labels}
        return Answer({}, asks=(Ask("ask_how_many", numbers),))
    values: dict[str, Value] = {}
    notes: list[tuple[str, str]] = []
    asks: list[Ask] = []
    for name, piece in dealt.pieces.items():
        got = read_cell(specs[name], piece, today)
        if isinstance(got, Ask):
            asks.append(got)
            continue
        values[name] = got.value
        if got.note:
            notes.append((name, got.note))
    return Answer(values, tuple(notes), dealt.left, tuple(asks), dealt.named)


def _nothing(spec: Fact | Column, today: date) -> Value:
    got = read_cell(spec, "0", today)
    if isinstance(got, Ask):
        raise TypeError(spec.type)
    value: Value = got.value
    return value


def _field(name: str, specs: Mapping[str, Fact | Column], today: date) -> Field:
    spec = specs[name]

    def fits(piece: str) -> bool:
        got = read_cell(spec, piece, today)
        return not isinstance(got, Ask) or got.code in ALMOST

    others = [other.label for key, other in specs.items() if key != name]
    aliases = spec.aliases if isinstance(spec, Fact) else ()
    called = (spec.label, before_bracket(spec.label), *aliases, *year_names(spec.label, others))
    names = tuple(dict.fromkeys(called))
    # A text that must hold digits is read like a figure: 电话0753-… names its field.
    is_words = spec.type is Kind.TEXT and not (isinstance(spec, Fact) and spec.digits)
    return Field(name, names, fits, is_words, partial_names(spec.label, others))


def _read_cells(
    item: Item, text: str, standard: Standard, answers: Mapping[str, Value], today: date
) -> Answer:
    name = item.facts[0]
    fact = standard.facts[name]
    rows = answers[name]
    assert isinstance(rows, Rows)  # noqa: S101 - the agenda asks cells of rows only
    if item.row is None:
        names = [row_name(row) for row in rows.value]
        got = read_letters(
            with_numbers(text, names), [str(n) for n in range(1, len(rows.value) + 1)]
        )
        if isinstance(got, Ask):
            return Answer({}, asks=(Ask("ask_rows_numbers", {"text": text}),))
        return Answer(column_values(item, got.value, rows))
    specs = {column: fact.columns[column] for column in item.columns}
    read = _read_fields(specs, text, today)
    if not read.values:
        return read
    return Answer({name: with_cells(rows, item.row, read.values)}, (), read.left, read.asks)


def with_cells(rows: Rows, at: int, cells: Mapping[str, Any]) -> Rows:
    """The rows with some cells of row `at` filled."""
    changed = [{**row, **cells} if n == at else row for n, row in enumerate(rows.value)]
    return Rows(tuple(changed))
