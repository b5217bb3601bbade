"""A finished form turned back into what a contact would type: for demonstrations and trials."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.agenda import Item, form_of, line_columns
from dialogs.events import Chosen, Event, Said
from dialogs.offers import offers, whole_offer
from dialogs.talk import Talk
from dialogs.texts.writing import LONG
from dialogs.together import together
from dialogs.understand.command import SPELLINGS
from dialogs.understand.letters import LETTERS
from dialogs.wording import phrases, say
from scoring.questionnaire import Column, Form, Kind
from scoring.sameness import same
from scoring.standard import Standard
from scoring.values import (
    Cell,
    Letters,
    NotApplicable,
    Offline,
    Rows,
    Text,
    Value,
    YesNo,
)


def typed(item: Item, facts: Mapping[str, Value], standard: Standard) -> str:
    """The text by which a contact who knows `facts` answers an item.

    Raises KeyError where `facts` lacks something that is required.
    """
    if item.columns:
        return _cells(item, facts, standard)
    form = form_of(item.question, standard.facts)
    first = facts.get(item.facts[0])
    if isinstance(first, NotApplicable):
        return say("say_not_applicable", reason=first.reason)
    if isinstance(first, Offline):
        return SPELLINGS["offline"][0]
    match form:
        case Form.ROWS:
            return _lines(item, facts, standard)
        case Form.PICK:
            marks = zip(LETTERS, item.facts, strict=False)
            return _letters([m for m, name in marks if facts[name] == YesNo(True)])
        case Form.CHECKLIST:
            given = facts[item.facts[0]]
            return _letters(list(given.value) if isinstance(given, Letters) else [])
    words = _fields(item, facts, standard)
    is_long = form is Form.TEXT and standard.facts[item.facts[0]].max_chars >= LONG
    return f"{words}\n{SPELLINGS['done'][0]}" if is_long else words


def chosen(item: Item, facts: Mapping[str, Value], standard: Standard) -> Event:
    """The click or the text by which the same contact answers where a card is shown."""
    form = form_of(item.question, standard.facts)
    key = f"ask:{item.key}"
    text = typed(item, facts, standard)
    if item.columns and item.row is None:
        rows = facts[item.facts[0]]
        assert isinstance(rows, Rows)  # noqa: S101 - only tables have columns
        yes = [r.get(item.columns[0]) == YesNo(True) for r in rows.value]
        return Chosen(key, tuple(str(n) for n, ticked in enumerate(yes, start=1) if ticked))
    if not item.columns and form is Form.YESNO:
        return Chosen(key, ("yes" if facts[item.facts[0]] == YesNo(True) else "no",))
    if not item.columns and form in (Form.PICK, Form.CHECKLIST) and text.isalpha():
        letters = tuple(letter for letter in text if letter in LETTERS)
        return Chosen(key, letters)
    return Said(text)


def answer(talk: Talk, facts: Mapping[str, Value]) -> Event:
    """What the same contact does at this point of a talk, with as little typing as it takes: what
    is offered and right is confirmed, of a question only the rest is typed.

    Raises ValueError where nothing is asked.
    """
    group = together(talk)
    if group:
        fits = all(_agrees(whole_offer(i, talk.case, talk.today), facts) for i in group)
        return Said(SPELLINGS["agree" if fits else "singly"][0])
    item = talk.current
    if item is None:
        raise ValueError("nothing is asked")
    standard, offered = talk.case.standard, offers(item, talk.case, talk.today)
    form = form_of(item.question, standard.facts)
    required = {n for n in item.facts if not standard.facts[n].optional}
    by_words = form in (Form.FIELDS, Form.TEXT, Form.ROWS) and not item.columns
    if not by_words or not offered:
        return chosen(item, facts, standard)
    if required <= offered.keys() and _agrees(offered, facts):
        return Said(SPELLINGS["agree"][0])
    rest = [n for n in item.facts if n not in offered or not _agrees({n: offered[n]}, facts)]
    if form is not Form.FIELDS or not any(_filled(facts.get(n)) for n in rest):
        return chosen(item, facts, standard)
    return Said(_labelled_fields(rest, facts, standard))


def _agrees(offered: Mapping[str, Value], facts: Mapping[str, Value]) -> bool:
    return all(n in facts and same(value, facts[n]) for n, value in offered.items())


def _labelled_fields(names: list[str], facts: Mapping[str, Value], standard: Standard) -> str:
    given = {n: facts[n] for n in names if _filled(facts.get(n))}
    pairs = [(standard.facts[n].label, _written(v)) for n, v in given.items()]
    return "\n".join(say("say_field", label=label, value=value) for label, value in pairs)


def _letters(letters: list[str]) -> str:
    return "".join(letters) or say("say_none")


def _fields(item: Item, facts: Mapping[str, Value], standard: Standard) -> str:
    given = {name: facts[name] for name in item.facts if _filled(facts.get(name))}
    if not given:
        if all(standard.facts[name].optional for name in item.facts):
            return SPELLINGS["skip"][0]
        raise KeyError(item.facts[0])
    if len(item.facts) == 1 or len(given) == 1:
        return _written(next(iter(given.values())))
    kinds = {standard.facts[name].type for name in given}
    if kinds & {Kind.TEXT}:
        pairs = [(standard.facts[name].label, _written(v)) for name, v in given.items()]
        return "\n".join(say("say_field", label=label, value=value) for label, value in pairs)
    return " ".join(_written(value) for value in given.values())


def _lines(item: Item, facts: Mapping[str, Value], standard: Standard) -> str:
    rows = facts[item.facts[0]]
    assert isinstance(rows, Rows)  # noqa: S101 - the form says so
    if not rows.value:
        return say("have_not")
    columns = line_columns(standard.facts[item.facts[0]])
    lines = ["\t".join(_written(row[c]) for c in columns if c in row) for row in rows.value]
    return "\n".join([*lines, SPELLINGS["done"][0]])


def _cells(item: Item, facts: Mapping[str, Value], standard: Standard) -> str:
    rows = facts[item.facts[0]]
    assert isinstance(rows, Rows)  # noqa: S101 - only tables have columns
    columns = standard.facts[item.facts[0]].columns
    if item.row is None:
        no = [
            str(n)
            for n, row in enumerate(rows.value, start=1)
            if row.get(item.columns[0]) != YesNo(True)
        ]
        if len(no) == len(rows.value):
            return say("say_none")
        return say("say_except", numbers=phrases()["comma"].join(no)) if no else say("say_all")
    row = rows.value[item.row]
    given = [(columns[c], row[c]) for c in item.columns if _filled(row.get(c))]
    if not given:
        return SPELLINGS["skip"][0]
    if len(item.columns) == 1:
        return _written(given[0][1])
    return "\n".join(_labelled(column, cell) for column, cell in given)


def _labelled(column: Column, cell: Cell) -> str:
    return say("say_field", label=column.label, value=_written(cell))


def _filled(value: Value | None) -> bool:
    return value is not None and value != Text("")


def _written(value: Value) -> str:
    if isinstance(value, YesNo):
        return phrases()["answer_yes" if value.value else "answer_no"]
    return str(value.plain())
