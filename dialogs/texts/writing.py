"""A text that is being written: what stands, what waits, and how it is shown.

Texts of 1,000 characters or more are sent in pieces that wait until 完. Shorter ones and the texts
of rows are taken at once, but wait too where they are cut off or too long.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from dialogs.agenda import Item, form_of
from dialogs.bubbles import Bubble, Buttons, Choice, Words
from dialogs.describing import row_name
from dialogs.doubts.seen import mark
from dialogs.offers import brought
from dialogs.states import State
from dialogs.step import Step
from dialogs.talk import Talk
from dialogs.texts.pieces import Parts, base_of, goes_on, text_of
from dialogs.wording import say, shortened
from scoring.questionnaire import Column, Fact, Form, Kind
from scoring.values import Rows, Text, Value

KEY = "text:"
LONG = 1000
CELL_CHARS = 2000
_TITLE_LIMIT, _NOTE_LIMIT = 36, 150
_SHOWN = 24
_MESSAGE_BYTES = 1800


@dataclass(frozen=True)
class Writing:
    """One text of a form in the hands of somebody who writes it."""

    talk: Talk
    item: Item

    @cached_property
    def spec(self) -> Fact | Column:
        fact = self.talk.case.standard.facts[self.item.facts[0]]
        return fact.columns[self.item.columns[0]] if self.item.columns else fact

    @property
    def limit(self) -> int:
        return self.spec.max_chars if isinstance(self.spec, Fact) else CELL_CHARS

    @property
    def is_long(self) -> bool:
        """Whether it is sent in pieces until 完."""
        return isinstance(self.spec, Fact) and self.spec.max_chars >= LONG

    @property
    def parts(self) -> Parts:
        return self.talk.state.texts.get(self.item.key, ())

    @cached_property
    def text(self) -> str:
        """What waits, as one text."""
        return text_of(self.parts)

    @cached_property
    def value(self) -> Value | None:
        """The answer that stands."""
        given = self.talk.answers.get(self.item.facts[0])
        if self.item.row is None:
            return given
        rows = given.value if isinstance(given, Rows) else ()
        cell = rows[self.item.row].get(self.item.columns[0]) if self.item.row < len(rows) else None
        return cell if cell != Text("") else None

    @property
    def base(self) -> str:
        """What the answer that stands is known by, "" for none."""
        return mark(self.value) if self.value is not None else ""

    @property
    def clashes(self) -> bool:
        """Whether the answer has changed since the first piece came."""
        return bool(self.parts) and base_of(self.parts) != self.base

    @property
    def standing(self) -> str:
        """The text that stands, or the one that was brought and waits to be taken."""
        if isinstance(self.value, Text):
            return self.value.value
        offer = None if self.value else brought(self.item, self.talk.case).get(self.item.facts[0])
        return offer.value.value if offer and isinstance(offer.value, Text) else ""

    @property
    def replaces(self) -> bool:
        """Whether what waits is to take the place of an answer."""
        return bool(self.parts and base_of(self.parts)) and not goes_on(self.parts)

    @property
    def label(self) -> str:
        if self.item.row is None:
            return self.spec.label
        rows = self.talk.answers[self.item.facts[0]]
        row = rows.value[self.item.row] if isinstance(rows, Rows) else {}
        return say("text_of_row", row=row_name(row), label=self.spec.label)

    def state_with(self, parts: Parts | None) -> State:
        """The state with other pieces for this text; None or none of them drops it."""
        texts = {k: v for k, v in self.talk.state.texts.items() if k != self.item.key}
        if parts:
            texts[self.item.key] = parts
        return self.talk.state.but(texts=texts, pending={})

    def holding(self, parts: Parts | None) -> Writing:
        """The same text with other pieces waiting."""
        return Writing(self.talk.with_state(self.state_with(parts)), self.item)


def is_text(talk: Talk, item: Item) -> bool:
    """Whether an item asks for one text: a fact of its own, or of a row."""
    fact = talk.case.standard.facts[item.facts[0]]
    if item.row is not None:
        return len(item.columns) == 1 and fact.columns[item.columns[0]].type is Kind.TEXT
    form = form_of(item.question, talk.case.standard.facts)
    return form is Form.TEXT and not item.columns and not fact.digits


def item_of(talk: Talk, key: str) -> Item | None:
    """The item of a text by its key, also where it has been answered meanwhile."""
    open_ = next((item for item in talk.items if item.key == key), None)
    item = open_ or talk.edited(key) or _cell_item(talk, key)
    return item if item is not None and is_text(talk, item) else None


def _cell_item(talk: Talk, key: str) -> Item | None:
    """The item of one cell by its key, where its row is still there."""
    question = talk.question(key.split(".")[0])
    _, row, column = (*key.split("."), "", "")[:3]
    if question is None or not row.isdigit():
        return None
    name, fact = question.facts[0], talk.case.standard.facts[question.facts[0]]
    rows = talk.answers.get(name)
    there = isinstance(rows, Rows) and int(row) < len(rows.value) and column in fact.columns
    return Item(key, question, (name,), (column,), int(row)) if there else None


def waiting(talk: Talk) -> list[Writing]:
    """The texts that were begun and not closed, in the order of the questionnaire."""
    items = [item_of(talk, key) for key in talk.state.texts]
    found = [Writing(talk, item) for item in items if item is not None]
    return sorted(found, key=lambda each: talk.number(each.item.question))


def excerpt(text: str) -> str:
    """How a text begins and ends, in one line."""
    return shortened(text, _SHOWN).rstrip(say("full_stop"))


def left_lines(talk: Talk, item: Item) -> list[str]:
    """A line about what was written for an item and not closed; none where nothing was."""
    if not is_text(talk, item) or not talk.state.texts.get(item.key):
        return []
    text = Writing(talk, item).text
    return [say("text_left", length=len(text), words=excerpt(text))] if text else []


def text_lines(talk: Talk, item: Item) -> list[str]:
    """What was begun of a text, or how it may be sent, or what can be done to the one that
    stands."""
    left = left_lines(talk, item)
    if left or not is_text(talk, item):
        return left
    writing = Writing(talk, item)
    if writing.standing:
        return [say("text_ways")] if writing.is_long else []
    return [say("text_hint")] if writing.is_long else []


def left_card(talk: Talk, item: Item, lead: str) -> tuple[Bubble, ...]:
    """The card of a text that was begun before; none for anything else."""
    if not left_lines(talk, item):
        return ()
    shown = [] if not lead else [Words(lead)]
    return (*shown, *asked(Writing(talk, item), left_lines(talk, item), ("done", "more", "whole")))


def asked(
    writing: Writing, lines: Sequence[str], choices: Sequence[str], how: str = ""
) -> tuple[Bubble, ...]:
    """The lines with buttons under them; in words for who wants no cards, or where they are too
    long for one, with `how` to answer."""
    note = "\n".join(line for line in lines if line)
    number = writing.talk.number(writing.item.question)
    title = shortened(say("text_title", number=number, label=writing.label), _TITLE_LIMIT)
    if writing.talk.case.person.text_only or len(note) > _NOTE_LIMIT:
        return (Words(f"{note}\n{how}" if how else note),)
    buttons = tuple(Choice(name, say(f"text_choice_{name}")) for name in choices)
    return (Buttons(KEY + writing.item.key, title, note, buttons),)


def now(writing: Writing, lead: str = "", *, cut: bool = False) -> Step:
    """How the text stands after a piece or a change, and what can follow."""
    text, talk = writing.text, writing.talk
    state = talk.state.but(asked=writing.item.key)
    over = len(text) - writing.limit
    lines = [lead, say("text_now", label=writing.label, length=len(text), words=excerpt(text))]
    if over > 0:
        lines.append(say("text_over", limit=writing.limit, over=over))
        return Step(state, (), asked(writing, lines, ("last", "whole")))
    if cut:
        lines.append(say("text_cut", end=text[-8:]))
    if writing.replaces:
        lines.append(say("text_replaces", length=len(writing.standing)))
        return Step(state, (), asked(writing, lines, ("done", "after", "more")))
    lines.append(say("text_more"))
    return Step(state, (), asked(writing, lines, ("done", "more")))


def whole(writing: Writing) -> Step:
    """The text from its first to its last word, in as many messages as it takes."""
    text = writing.text or writing.standing
    if not text:
        return Step(writing.talk.state, (), (Words(say("text_none_yet")),))
    paragraphs = len([line for line in text.split("\n") if line.strip()])
    code = "text_whole_open" if writing.text else "text_whole"
    head = say(code, label=writing.label, length=len(text), paragraphs=paragraphs)
    return Step(writing.talk.state, (), tuple(map(Words, parted(f"{head}\n{text}"))))


def parted(text: str, limit: int = _MESSAGE_BYTES) -> list[str]:
    """A text in parts of at most `limit` bytes, cut at the end of a line or sentence if it can be.

    >>> parted("aa\\nbb\\ncc", 6)
    ['aa\\nbb', 'cc']
    """
    parts = []
    while len(text.encode("utf-8", "surrogatepass")) > limit:
        fits = text.encode("utf-8", "surrogatepass")[:limit].decode("utf-8", "ignore")
        at = max(fits.rfind("\n"), fits.rfind(say("full_stop")) + 1)
        at = at if at > len(fits) // 2 else len(fits)
        parts.append(text[:at])
        text = text[at:].lstrip("\n")
    return [*parts, text]
