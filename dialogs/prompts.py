"""How the next question is put: head, question, help, what it feeds, and a card for choices."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialogs.agenda import Item, form_of, line_columns
from dialogs.answers import LETTERS
from dialogs.bubbles import Bubble, Buttons, Choice, Tick, Words
from dialogs.describing import described, described_cell, noted, unit_label
from dialogs.offers import offers
from dialogs.talk import Talk
from dialogs.wording import join, say
from scoring.plain import read_value
from scoring.questionnaire import Column, Fact, Form, Kind
from scoring.values import Cell, Letters, Rows, Text, Value, YesNo
from scoring.values import money_units as _money_units

NOTE_LIMIT = 150
LABEL_LIMIT = 16
TICK_LIMIT = 20


def prompt(talk: Talk, item: Item, lead: str = "") -> tuple[Bubble, ...]:
    """The bubbles that ask an item, with `lead` (the echo of the last answer) in front.

    One bubble wherever possible: a text, or a card that holds the lead; a card whose options need
    their whole words is preceded by a text that also holds the lead.
    """
    if not talk.case.person.text_only:
        form = form_of(item.question, talk.case.standard.facts)
        if item.columns and item.row is None:
            card = _column_card(talk, item, lead)
            if card:
                return card
        elif not item.columns and form is Form.YESNO:
            return _yesno_card(talk, item, lead)
        elif not item.columns and form in (Form.PICK, Form.CHECKLIST):
            return _tick_card(talk, item, lead)
    return (Words(_joined(lead, _text(talk, item))),)


def _joined(lead: str, text: str) -> str:
    return f"{lead}\n\n{text}" if lead else text


def _text(talk: Talk, item: Item, with_way: bool = True) -> str:
    """The whole question as text."""
    if item.row is not None:
        return "\n".join(_cell_lines(talk, item, item.row))
    lines = [head(talk, item)]
    if item.columns:
        return "\n".join(lines + _column_lines(talk, item))
    lines += [item.question.ask, *_body(talk, item, with_way)]
    lines += [item.question.help] if item.question.help else []
    return "\n".join(lines + _feeds(talk, item))


def head(talk: Talk, item: Item) -> str:
    """The line with number, section and progress."""
    section = talk.case.standard.sections[item.question.section].name
    number = talk.number(item.question)
    if talk.state.editing == item.question.id:
        return say("head_edit", number=number, section=section)
    done, total = talk.progress.done, talk.progress.total
    return say("head", number=number, section=section, done=done, total=total)


def _feeds(talk: Talk, item: Item) -> list[str]:
    standard = talk.case.standard
    codes = dict.fromkeys(code for fact in item.facts for code in standard.feeds[fact])
    names = [
        say("feed_name", code=c, name=standard.nodes[c].name, maximum=standard.nodes[c].max)
        for c in list(codes)[:3]
    ]
    return [say("feeds", names=join(names))] if names and len(codes) <= 3 else []


def _body(talk: Talk, item: Item, with_way: bool) -> list[str]:
    form = form_of(item.question, talk.case.standard.facts)
    match form:
        case Form.FIELDS:
            return _field_lines(talk, item)
        case Form.CHECKLIST:
            return _option_lines(talk, item) + _letters_way(with_way)
        case Form.PICK:
            return _pick_lines(talk, item) + _letters_way(with_way)
        case Form.ROWS:
            return _rows_lines(talk, item)
        case Form.YESNO:
            return _present(talk, item) + ([say("yesno_hint")] if with_way else [])
    return _present(talk, item)


def _letters_way(with_way: bool) -> list[str]:
    return [say("letters_hint", example="ABD") + say("none_option")] if with_way else []


def _present(talk: Talk, item: Item) -> list[str]:
    given = {n: talk.answers[n] for n in item.facts if n in talk.answers}
    if not given:
        return []
    if len(given) == 1 and isinstance(next(iter(given.values())), Text):
        return [say("present_value", value=described(next(iter(given.values()))))]
    return [say("present_value", value=noted(given, talk.case.standard))]


def _field_lines(talk: Talk, item: Item) -> list[str]:
    facts = talk.case.standard.facts
    offered = {**offers(item, talk.case, talk.today)}
    offered |= {n: talk.answers[n] for n in item.facts if n in talk.answers}
    if len(item.question.facts) == 1 and not offered:
        return []
    lines = [
        _field_line(number, facts[name], offered.get(name))
        for number, name in enumerate(item.facts)
    ]
    missing = [facts[n].label for n in item.facts if n not in offered]
    if offered and missing:
        lines.append(say("offer_hint_missing", missing=join(missing)))
    elif offered:
        lines.append(say("offer_hint"))
    return lines


def _field_line(number: int, fact: Fact, offered: Value | None) -> str:
    label = unit_label(fact.unit)
    unit = say("unit_suffix", unit=label) if label else ""
    value = _whole(offered) if offered is not None else ""
    offer = say("offer_mark", value=value) if value else ""
    return say("field_line", mark=chr(0x2460 + number), label=fact.label, unit=unit, offer=offer)


def _whole(value: Value) -> str:
    return value.value if isinstance(value, Text) else described(value)


def _option_lines(talk: Talk, item: Item) -> list[str]:
    fact = talk.case.standard.facts[item.facts[0]]
    lines = [f"{letter} {option.text or option.label}" for letter, option in fact.options.items()]
    return lines + _present(talk, item)


def _pick_lines(talk: Talk, item: Item) -> list[str]:
    facts = talk.case.standard.facts
    marks = zip(LETTERS, item.facts, strict=False)
    return [f"{letter} {facts[name].label}" for letter, name in marks] + _present(talk, item)


def _rows_lines(talk: Talk, item: Item) -> list[str]:
    name = item.facts[0]
    fact = talk.case.standard.facts[name]
    lines = []
    if talk.state.draft:
        lines.append(say("rows_shown", total=len(talk.state.draft)))
        lines += draft_lines(talk, fact)
        lines.append(say("rows_editing"))
        return lines
    return [say("rows_hint")]


def draft_lines(talk: Talk, fact: Fact) -> list[str]:
    """The rows typed so far, numbered; the middle of a long list is left out."""
    columns = line_columns(fact)
    rows = list(enumerate(talk.state.draft, start=1))
    shown = rows if len(rows) <= 12 else [*rows[:3], *rows[-5:]]
    lines = []
    for number, row in shown:
        if len(rows) > 12 and number == rows[-5][0]:
            lines.append("…")
        cells = _cells(fact, row)
        text = "  ".join(described_cell(cells[c], columns[c]) for c in columns if c in cells)
        lines.append(say("rows_line", number=number, text=text[:60] + ("…" * (len(text) > 60))))
    return lines


def _cells(fact: Fact, row: Mapping[str, Any]) -> Mapping[str, Cell]:
    rows = read_value(fact, [dict(row)])
    return rows.value[0] if isinstance(rows, Rows) else {}


def _table(talk: Talk, item: Item) -> Rows:
    rows = talk.answers[item.facts[0]]
    assert isinstance(rows, Rows)  # noqa: S101 - only tables have columns to ask
    return rows


def _column_lines(talk: Talk, item: Item) -> list[str]:
    column = talk.case.standard.facts[item.facts[0]].columns[item.columns[0]]
    names = enumerate(map(row_name, _table(talk, item).value), start=1)
    return [column.ask, *(f"{n} {name}" for n, name in names), say("column_all_hint")]


def _cell_lines(talk: Talk, item: Item, at: int) -> list[str]:
    columns = talk.case.standard.facts[item.facts[0]].columns
    rows = _table(talk, item).value
    ask = columns[item.columns[0]].ask
    numbers = {"number": talk.number(item.question), "row": at + 1, "total": len(rows)}
    return [say("row_head", name=row_name(rows[at]), ask=ask, **numbers)]


def row_name(row: Mapping[str, Cell]) -> str:
    """The first text of a row, by which people know it."""
    return next((c.value for c in row.values() if isinstance(c, Text) and c.value), "")


def _yesno_card(talk: Talk, item: Item, lead: str) -> tuple[Bubble, ...]:
    parts = [item.question.help, *_present(talk, item), *_feeds(talk, item)]
    note = "\n".join(part for part in parts if part)
    title = f"{head(talk, item)}\n{item.question.ask}"
    before: tuple[Bubble, ...] = ()
    if lead and len(lead) + len(note) <= NOTE_LIMIT:
        note = f"{lead}\n{note}" if note else lead
    elif lead:
        before = (Words(lead),)
    choices = (Choice("yes", say("card_yes")), Choice("no", say("card_no")))
    return (*before, Buttons(f"ask:{item.key}", title, note, choices))


def _tick_card(talk: Talk, item: Item, lead: str) -> tuple[Bubble, ...]:
    facts = talk.case.standard.facts
    words = Words(_joined(lead, _text(talk, item)))
    if form_of(item.question, facts) is Form.CHECKLIST:
        fact = facts[item.facts[0]]
        given = talk.answers.get(item.facts[0])
        ticked = given.value if isinstance(given, Letters) else ()
        labels = {letter: option.label for letter, option in fact.options.items()}
    else:
        marks = list(zip(LETTERS, item.facts, strict=False))
        ticked = tuple(m for m, n in marks if talk.answers.get(n) == YesNo(True))
        labels = {m: facts[n].short or facts[n].label for m, n in marks}
    choices = tuple(
        Choice(letter, f"{letter} {label}"[: LABEL_LIMIT + 2], letter in ticked)
        for letter, label in labels.items()
    )
    title = say("tick_title", number=talk.number(item.question))
    return (words, Tick(f"ask:{item.key}", title, item.question.ask, choices))


def _column_card(talk: Talk, item: Item, lead: str) -> tuple[Bubble, ...] | None:
    rows = _table(talk, item)
    if not 0 < len(rows.value) <= TICK_LIMIT:
        return None
    names = [row_name(row) for row in rows.value]
    choices = tuple(
        Choice(str(n), f"{n} {name}"[:LABEL_LIMIT], ticked=True)
        for n, name in enumerate(names, start=1)
    )
    words = Words(_joined(lead, _text(talk, item)))
    title = say("tick_title", number=talk.number(item.question))
    ask = talk.case.standard.facts[item.facts[0]].columns[item.columns[0]].ask
    return (words, Tick(f"ask:{item.key}", title, ask, choices))


def column_text(column: Column) -> str:
    """A column's label with its unit, as asked in a line."""
    if column.type is Kind.MONEY and column.unit in _money_units():
        return column.label + say("unit_suffix", unit=unit_label(column.unit))
    return column.label
