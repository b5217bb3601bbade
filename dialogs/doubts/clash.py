"""Two answers to one fact: who comes second is told of the first, and asked which one counts.

`State.seen` holds what stood for the question that was shown last, `State.sent` when this person
was heard last.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from dialogs.bubbles import Bubble, Buttons, Choice, Words
from dialogs.describing import described, described_cell, row_name
from dialogs.doubts.recording import plain, read_plain, record, settled
from dialogs.doubts.seen import mark
from dialogs.effects import RecordAnswer
from dialogs.replies import ask_next
from dialogs.step import Step
from dialogs.talk import Talk
from dialogs.understand.clash import is_unclear, says_mine
from dialogs.wording import join, say, shortened
from scoring.questionnaire import Fact
from scoring.sameness import same
from scoring.values import Cell, Rows, Text, Value

KIND = "clash"
MINE, THEIRS = "mine", "theirs"
_NOTE_LIMIT = 150
_CELLS_SHOWN = 3


def asked_first(talk: Talk, step: Step) -> Step:
    """The step, unless it would overwrite what a colleague answered meanwhile: then which of the
    two counts is asked, and nothing is recorded yet."""
    wished = next((each for each in step.effects if isinstance(each, RecordAnswer)), None)
    clashing = list(_clashing(talk, wished)) if wished else []
    if wished is None or not clashing:
        return step
    told = {name: mark(talk.answers[name]) for name in clashing}
    pending = {"kind": KIND, **plain(wished), "told": told}
    state = talk.state.but(pending=pending)
    return _question(talk.with_state(state), wished.values, clashing)


def _clashing(talk: Talk, wished: RecordAnswer) -> Iterator[str]:
    """The facts whose unseen answers by somebody else the effect would change."""
    for name, value in wished.values.items():
        present = talk.answers.get(name)
        if present is None or name not in talk.case.authors or name in wished.earlier:
            continue
        if _is_news(talk, name, present) and (value is None or _overwrites(present, value)):
            yield name


def _is_news(talk: Talk, name: str, present: Value) -> bool:
    """Whether a colleague's answer was not shown to this person: it came after their last
    message, or after they were asked the same question."""
    pending = talk.state.pending
    told = pending["told"] if pending.get("kind") == KIND else talk.state.seen
    if told.get(name) == mark(present):
        return False
    shown = talk.state.editing or talk.state.asked.split(".")[0]
    if talk.case.standard.question_of[name].id == shown:
        return True
    at = talk.case.answered_at.get(name)
    return at is not None and bool(talk.state.sent) and at > datetime.fromisoformat(talk.state.sent)


def _overwrites(present: Value, value: Value) -> bool:
    """Whether a value changes what stands; filling cells that are empty does not."""
    if isinstance(present, Rows) and isinstance(value, Rows):
        if len(present.value) != len(value.value):
            return True
        return any(_lost(old, new) for old, new in zip(present.value, value.value, strict=True))
    return not same(present, value)


def _lost(old: Mapping[str, Cell], new: Mapping[str, Cell]) -> list[str]:
    """The filled cells of a row that another row does not keep."""
    return [
        name for name, cell in old.items() if cell != Text("") and not _agrees(cell, new.get(name))
    ]


def _agrees(cell: Cell, other: Cell | None) -> bool:
    return other is not None and same(cell, other)


def _question(talk: Talk, values: Mapping[str, Value | None], clashing: list[str]) -> Step:
    names = join(sorted({talk.case.authors[name] for name in clashing}))
    facts = talk.case.standard.facts
    question = talk.case.standard.question_of[clashing[0]]
    told = [_both(facts[name], talk.answers[name], values[name], names) for name in clashing]
    title = say("clash_title", number=talk.number(question), name=names)
    note = "\n".join([*told, say("clash_ask")])
    if talk.case.person.text_only or len(note) > _NOTE_LIMIT:
        return Step(talk.state, (), (Words("\n".join([title, *told, say("clash_how")])),))
    choices = (Choice(MINE, say("clash_mine")), Choice(THEIRS, say("clash_theirs")))
    return Step(talk.state, (), (Buttons(KIND, title, note, choices),))


def _both(fact: Fact, present: Value, value: Value | None, name: str) -> str:
    """The two answers side by side; of tables the cells that differ."""
    first, second = described(present, fact.unit), described(value, fact.unit) if value else ""
    if isinstance(present, Rows) and isinstance(value, Rows):
        cells = list(_cells(fact, present, value))
        if cells:
            return "\n".join(cells[:_CELLS_SHOWN])
    code = "clash_both" if value else "clash_none"
    return say(code, label=fact.label, name=name, first=first, second=second)


def _cells(fact: Fact, present: Rows, value: Rows) -> Iterator[str]:
    if len(present.value) != len(value.value):
        return
    for old, new in zip(present.value, value.value, strict=True):
        for column in _lost(old, new):
            spec, other = fact.columns[column], new.get(column)
            yield say(
                "clash_cell",
                row=shortened(row_name(old), 16),
                label=spec.label,
                first=shortened(described_cell(old[column], spec), 40),
                second=shortened(described_cell(other, spec), 40) if other else "",
            )


def resume(talk: Talk, text: str) -> Step | None:
    """The answer in words to which of the two counts; None for all else."""
    clashing = [name for name in talk.state.pending["told"] if name in talk.answers]
    names = {talk.case.authors.get(name, "") for name in clashing} - {""}
    mine = says_mine(text, names)
    if mine is not None:
        return settle(talk, mine=mine)
    return Step(talk.state, (), (Words(say("clash_how")),)) if is_unclear(text) else None


def settle(talk: Talk, *, mine: bool) -> Step:
    """Records what was typed, or leaves what the colleague answered; what did not clash is
    recorded either way."""
    pending = talk.state.pending
    if pending.get("kind") != KIND:
        return ask_next(talk, say("card_gone"))
    values = read_plain(talk, pending["values"])
    clashing = [name for name in pending["told"] if name in talk.answers]
    if not mine:
        values = {name: value for name, value in values.items() if name not in clashing}
    if not values:
        state = settled(talk, pending["values"])
        return ask_next(talk.with_state(state), say("clash_left"))
    return record(talk, values, str(pending["raw"]), pending)


def again(talk: Talk) -> tuple[Bubble, ...]:
    """The question that waits, once more."""
    values = read_plain(talk, talk.state.pending["values"])
    clashing = [n for n in talk.state.pending["told"] if n in talk.answers and n in values]
    clashing = [name for name in clashing if name in talk.case.authors]
    return _question(talk, values, clashing).bubbles if clashing else ()
