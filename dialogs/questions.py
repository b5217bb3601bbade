"""Questions in words: head, question, options, help, what it feeds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dialogs import units
from dialogs.agenda import Item, form_of, line_columns
from dialogs.case import Offer
from dialogs.describing import (
    described,
    described_cell,
    noted,
    row_name,
    rows_count,
    unit_label,
    unit_of,
)
from dialogs.hands.lines import shared
from dialogs.offers import (
    brought,
    is_doubtful,
    offers,
    place_of,
    places,
    whole_offer,
    words_for,
)
from dialogs.talk import Talk
from dialogs.texts.writing import left_lines, text_lines
from dialogs.understand.letters import LETTERS
from dialogs.wording import join, say, shortened
from scoring.plain import read_value
from scoring.questionnaire import Column, Fact, Form, Kind
from scoring.values import Rows, Text, Value

_SHOWN_ROWS = 8
_CELL_LIMIT = 20
_MOST_FEEDS = 3
_OFFER_CHARS = 300


def question_text(talk: Talk, item: Item) -> str:
    """The whole question as text, with the ways to answer it."""
    if item.row is not None:
        return _cell_question(talk, item, item.row)
    if item.columns:
        return "\n".join([head(talk, item), *_column_lines(talk, item)])
    lines = [head(talk, item), item.question.ask, *_body(talk, item)]
    return "\n".join(lines + feeds(talk, item))


def head(talk: Talk, item: Item) -> str:
    """The line with number, section and progress."""
    return say("head", number=talk.number(item.question), place=place(talk, item))


def place(talk: Talk, item: Item) -> str:
    """Where the person is: the section, and how far the form is."""
    section = talk.case.standard.sections[item.question.section].name
    if talk.state.editing == item.question.id:
        return shared(talk, say("place_edit", section=section), item.question.id)
    done, total = talk.progress.done, talk.progress.total
    found = say("place", section=section, done=done, total=total)
    return shared(talk, found, item.question.id)


def feeds(talk: Talk, item: Item) -> list[str]:
    """A line with the indicators that the answer counts for, where they are few."""
    standard = talk.case.standard
    codes = dict.fromkeys(code for fact in item.facts for code in standard.feeds[fact])
    names = [
        say("feed_name", code=c, name=standard.nodes[c].name, maximum=standard.nodes[c].max)
        for c in codes
    ]
    return [say("feeds", names=join(names))] if 0 < len(names) <= _MOST_FEEDS else []


def _body(talk: Talk, item: Item) -> list[str]:
    """The lines between the question and what it feeds."""
    helps = _there(talk, item) or ([item.question.help] if item.question.help else [])
    match form_of(item.question, talk.case.standard.facts):
        case Form.FIELDS:
            return _field_lines(talk, item, helps)
        case Form.CHECKLIST:
            fact = talk.case.standard.facts[item.facts[0]]
            options = [f"{letter} {o.text or o.label}" for letter, o in fact.options.items()]
            return [*options, *present(talk, item), *helps, _letters_hint(len(options))]
        case Form.PICK:
            options = _pick_lines(talk, item)
            return [*options, *present(talk, item), *helps, _letters_hint(len(options))]
        case Form.ROWS:
            return [*helps, *_rows_lines(talk, item)]
        case Form.YESNO:
            return [*present(talk, item), *helps, say("yesno_hint")]
        case Form.TEXT:
            return [
                *present(talk, item),
                *_offered_text(talk, item),
                *helps,
                *text_lines(talk, item),
            ]
    return [*present(talk, item), *helps]


def _there(talk: Talk, item: Item) -> list[str]:
    """A line with what was answered of the question before, where the rest is asked."""
    others = [n for n in item.question.facts if n not in item.facts]
    given = {n: talk.answers[n] for n in others if n in talk.answers}
    if not given or form_of(item.question, talk.case.standard.facts) is not Form.FIELDS:
        return []
    return [say("field_there", what=noted(given, talk.case.standard))]


def _letters_hint(options: int) -> str:
    return say("letters_hint", example="A" if options < 3 else "AC")


def present(talk: Talk, item: Item) -> list[str]:
    """A line with the answer that stands now, if there is one."""
    given = {n: talk.answers[n] for n in item.facts if n in talk.answers}
    if not given:
        return _offered(talk, item)
    first = next(iter(given.values()))
    if len(given) == 1 and isinstance(first, Text):
        return [say("present_value", value=described(first))]
    return [say("present_value", value=noted(given, talk.case.standard))]


def _offered(talk: Talk, item: Item) -> list[str]:
    """A line with what was brought for choices; texts and tables show theirs whole."""
    form = form_of(item.question, talk.case.standard.facts)
    found = {n: offer.value for n, offer in brought(item, talk.case).items()}
    if not found or form not in (Form.YESNO, Form.PICK, Form.CHECKLIST):
        return []
    told = {"value": noted(found, talk.case.standard), "place": places(item, talk.case)}
    if form is Form.YESNO:
        told["value"] = described(next(iter(found.values())))
        return [say(words_for("offered_yesno", brought(item, talk.case).values()), **told)]
    whole = bool(whole_offer(item, talk.case, talk.today))
    code = words_for("offered_value", brought(item, talk.case).values())
    return [say(code, **told), *([say("offer_agree_hint")] if whole else [])]


def _offered_text(talk: Talk, item: Item) -> list[str]:
    """The whole of a text that was brought, shortened where no message could hold it."""
    offer = brought(item, talk.case).get(item.facts[0])
    if offer is None or item.facts[0] in talk.answers or not isinstance(offer.value, Text):
        return []
    words = shortened(offer.value.value, _OFFER_CHARS)
    return [
        say(words_for("offered_text", [offer]), place=place_of(offer)),
        words,
        *_hints(talk, item),
    ]


def _hints(talk: Talk, item: Item) -> list[str]:
    doubt = [say("offer_doubt")] if is_doubtful(item, talk.case) else []
    return [*doubt, say("offer_agree_hint")]


def _field_lines(talk: Talk, item: Item, helps: list[str]) -> list[str]:
    facts = talk.case.standard.facts
    drafts = offers(item, talk.case, talk.today)
    known = {**drafts, **{n: talk.answers[n] for n in item.facts if n in talk.answers}}
    if len(item.question.facts) == 1 and not known:
        return helps + units.hint(talk.case, item.facts)
    from_files = {n: o for n, o in brought(item, talk.case).items() if n not in talk.answers}
    lines = [
        _field_line(n, facts[name], known.get(name), from_files.get(name))
        for n, name in enumerate(item.facts)
    ]
    if from_files and is_doubtful(item, talk.case):
        lines.append(say("offer_doubt"))
    missing = [facts[n].label for n in item.facts if n not in known and not facts[n].optional]
    if not known:
        return lines + helps + _unit_hint(item, facts) + units.hint(talk.case, item.facts)
    if missing:
        return [*lines, say("offer_hint_missing", missing=join(missing))]
    # A question that comes with drafts explains them in its own help.
    lines += units.origins(talk.case, item.facts)
    return lines + (helps if helps and known == drafts and not from_files else [say("offer_hint")])


def _field_line(number: int, fact: Fact, known: Value | None, source: Offer | None) -> str:
    offer = say("offer_mark", value=_whole(known, unit_of(fact))) if known is not None else ""
    if known is not None and source is not None:
        value = _whole(known, unit_of(fact))
        offer = say("offered_mark", value=value, place=place_of(source))
    return say("field_line", mark=chr(0x2460 + number), label=fact.label, offer=offer)


def _unit_hint(item: Item, facts: Mapping[str, Fact]) -> list[str]:
    units = {facts[n].unit for n in item.facts if facts[n].type is Kind.MONEY and facts[n].unit}
    return [say("unit_hint", unit=unit_label(unit)) for unit in units if len(units) == 1]


def _whole(value: Value, unit: str) -> str:
    return value.value if isinstance(value, Text) and value.value else described(value, unit)


def _pick_lines(talk: Talk, item: Item) -> list[str]:
    facts = talk.case.standard.facts
    marks = zip(LETTERS, item.facts, strict=False)
    return [f"{letter} {facts[name].label}" for letter, name in marks]


def _rows_lines(talk: Talk, item: Item) -> list[str]:
    draft = talk.draft(item)
    fact = talk.case.standard.facts[item.facts[0]]
    waiting = talk.state.odd.get(item.question.id, ())
    odd = [say("rows_odd_later", count=len(waiting))] if waiting else []
    if not draft:
        return (_offered_rows(talk, item, fact) or [say("rows_hint")]) + odd
    shown = say("rows_shown", total=rows_count(fact, len(draft)))
    return [shown, *draft_lines(draft, fact), *odd, say("rows_editing")]


def _offered_rows(talk: Talk, item: Item, fact: Fact) -> list[str]:
    """The rows that were brought, as long as none were typed."""
    offer = brought(item, talk.case).get(item.facts[0])
    if offer is None or item.facts[0] in talk.answers or not isinstance(offer.value, Rows):
        return []
    rows = offer.value.plain()
    total = rows_count(fact, len(rows))
    doubt = [say("offer_doubt")] if is_doubtful(item, talk.case) else []
    first = say(words_for("offered_rows", [offer]), total=total, place=place_of(offer))
    return [first, *draft_lines(rows, fact), *doubt, say("offer_rows_hint")]


def draft_lines(draft: Sequence[Mapping[str, Any]], fact: Fact) -> list[str]:
    """Rows in short, numbered; the middle of a long list is left out."""
    rows = list(enumerate(draft, start=1))
    if len(rows) <= _SHOWN_ROWS:
        return [_row_line(number, row, fact) for number, row in rows]
    ends = [_row_line(number, row, fact) for number, row in [*rows[:4], *rows[-3:]]]
    return [*ends[:4], "…", *ends[4:]]


def _row_line(number: int, row: Mapping[str, Any], fact: Fact) -> str:
    value = read_value(fact, [dict(row)])
    cells = value.value[0] if isinstance(value, Rows) else {}
    columns = line_columns(fact)
    told = [described_cell(cells[c], columns[c]) for c in columns if c in cells]
    limit = _CELL_LIMIT if len(columns) > 1 else 2 * _CELL_LIMIT
    text = say("cell_gap").join(shortened(each, limit) for each in told)
    return say("rows_line", number=number, text=text)


def table_of(talk: Talk, item: Item) -> Rows:
    """The rows whose columns an item asks."""
    rows = talk.answers[item.facts[0]]
    assert isinstance(rows, Rows)  # noqa: S101 - only tables have columns to ask
    return rows


def _column_lines(talk: Talk, item: Item) -> list[str]:
    column = talk.case.standard.facts[item.facts[0]].columns[item.columns[0]]
    names = enumerate(map(row_name, table_of(talk, item).value), start=1)
    return [column.ask, *(f"{n} {name}" for n, name in names), say("column_all_hint")]


def _cell_question(talk: Talk, item: Item, at: int) -> str:
    columns = talk.case.standard.facts[item.facts[0]].columns
    rows = table_of(talk, item).value
    numbers = {"number": talk.number(item.question), "row": at + 1, "total": len(rows)}
    name, ask = row_name(rows[at]), columns[item.columns[0]].ask
    return "\n".join([say("row_head", name=name, ask=ask, **numbers), *left_lines(talk, item)])


def column_text(column: Column) -> str:
    """A column's label with its unit, as asked in a line."""
    if column.type is Kind.MONEY and column.unit:
        return say("column_unit", label=column.label, unit=unit_label(column.unit))
    return column.label
