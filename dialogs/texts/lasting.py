"""The text that was taken last, and what is said behind it: 补充：…, 接上条：…, 还有…."""

from __future__ import annotations

from dialogs.agenda import Item
from dialogs.answers import with_cells
from dialogs.replies import keep, repeat
from dialogs.step import Step
from dialogs.talk import Talk
from dialogs.texts.composing import ADD, PENDING, pend
from dialogs.texts.pieces import joined
from dialogs.texts.trimming import trim
from dialogs.texts.writing import Writing, asked, excerpt, is_text, whole
from dialogs.understand.text_edit import (
    CUT,
    DROP,
    MORE,
    SWAP,
    WHOLE,
    names_part_of_text,
    perhaps_more,
    read_edit,
)
from dialogs.understand.text_piece import FIGURE, oddity, split_text_end
from dialogs.wording import join, say, shortened
from scoring.questionnaire import Fact, Kind
from scoring.sensitive import secrecy_mark
from scoring.values import Rows, Text, Value

_SHORTEST = 6
_SENTENCES = 100
_QUOTED = 30


def last_texts(talk: Talk) -> list[Item]:
    """The texts that the person's last change gave, as items: mostly one."""
    change = talk.case.last_change
    names = list(change.before) if change else []
    found: list[Item] = []
    for name in names:
        found += _texts_of(talk, name, change.before[name] if change else None)
    return found


def _texts_of(talk: Talk, name: str, before: Value | None) -> list[Item]:
    """The texts of one fact that were given: the fact itself, or cells of its rows."""
    standard, given = talk.case.standard, talk.answers.get(name)
    question, fact = standard.question_of[name], standard.facts[name]
    if isinstance(given, Text) and given.value and _is_prose(fact):
        return [Item(question.id, question, (name,))]
    if not isinstance(given, Rows) or not isinstance(before, Rows):
        return []
    if len(given.value) != len(before.value):
        return []
    return [
        Item(f"{question.id}.{at}.{column}", question, (name,), (column,), at)
        for at, (old, new) in enumerate(zip(before.value, given.value, strict=True))
        for column, cell in new.items()
        if isinstance(cell, Text) and cell.value and old.get(column) != cell
    ]


def _is_prose(fact: Fact) -> bool:
    """Whether a fact holds sentences, and no name or number."""
    return fact.type is Kind.TEXT and not fact.digits and fact.max_chars >= _SENTENCES


def carried_on(talk: Talk, text: str, *, in_words: bool) -> Step | None:
    """The step that puts a message behind the text that was taken last, or asks whether it
    belongs there; None where it doesn't look so. `in_words`: the open question asks for a text
    too."""
    body, _ = split_text_end(text)
    edit = read_edit(body)
    if edit and edit.kind == MORE and edit.text:
        return append(talk, edit.text)
    words = perhaps_more(text)
    found = last_texts(talk)
    if not words or len(found) != 1 or oddity(words, is_long=False) == FIGURE:
        return None
    if len(words) < _SHORTEST or (not in_words and any(sign.isdigit() for sign in words)):
        return None
    return _ask(talk, found[0], words if not in_words else body, in_words=in_words)


def _ask(talk: Talk, place: Item, words: str, *, in_words: bool) -> Step:
    last = Writing(talk, place)
    told = say(
        "text_add_ask",
        text=shortened(words, _QUOTED),
        label=last.label,
        words=excerpt(last.standing),
    )
    if in_words:
        here = Writing(talk, talk.current or place)
        return pend(here, ADD, [told], text=words)
    pending = {"kind": PENDING, "ask": ADD, "item": place.key, "text": words}
    bubbles = asked(last, [told], ("after", "drop"), say("text_how_add_only"))
    return Step(talk.state.but(pending=pending), (), bubbles)


def retouched(talk: Talk, text: str) -> Step | None:
    """看全文, 删最后一段, 把“甲”改成“乙” on the text that was taken last, where a table or figures
    are asked meanwhile; None for all else."""
    edit = read_edit(text)
    if edit is None or not edit.sure or (talk.current and is_text(talk, talk.current)):
        return None
    found = last_texts(talk)
    if len(found) != 1:
        return None
    last = Writing(talk, found[0])
    if edit.kind == WHOLE:
        return whole(last)
    if edit.kind == DROP and not names_part_of_text(text):
        return None
    if edit.kind not in (DROP, CUT, SWAP) or edit.old not in last.standing:
        return None
    if edit.old and talk.current and edit.old in str(talk.draft(talk.current)):
        return None  # a row that was typed since is nearer
    result = trim(last, edit)
    if result is None or not result.done:
        return repeat(talk, result.told or result.ask) if result else None
    if not result.text:
        return None
    values = _values(talk, last.item, result.text)
    return keep(talk, last.item, values, text, details=[result.done])


def append(talk: Talk, words: str) -> Step | None:
    """Puts words behind the text that was taken last and says so; None where there is none."""
    found = last_texts(talk)
    if not found:
        return None
    if len(found) > 1:
        names = join([Writing(talk, place).label for place in found])
        return repeat(
            talk, say("text_add_which", names=names, example=Writing(talk, found[0]).label)
        )
    place = found[0]
    last = Writing(talk, place)
    text = joined(last.standing, words)
    if len(text) > last.limit:
        over = len(text) - last.limit
        return repeat(talk, say("text_add_over", label=last.label, over=over, limit=last.limit))
    if secrecy_mark(text) or secrecy_mark(last.standing + words):
        return repeat(talk, say("secret_said"))
    told = say("text_added", label=last.label, words=excerpt(words), end=excerpt(last.standing))
    return keep(talk, place, _values(talk, place, text), words, details=[told])


def _values(talk: Talk, place: Item, text: str) -> dict[str, Value]:
    name = place.facts[0]
    rows = talk.answers.get(name)
    if place.row is None or not isinstance(rows, Rows):
        return {name: Text(text)}
    return {name: with_cells(rows, place.row, {place.columns[0]: Text(text)})}
