"""What is still to be asked, in which order: a pure function of standard and answers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from scoring.questionnaire import Column, Entry, Fact, Form, Kind, Question
from scoring.reckoning import Reckoned, reckoned
from scoring.standard import Standard
from scoring.values import Rows, Value


@dataclass(frozen=True)
class Item:
    """One message to ask.

    facts: those of the question's facts that it asks now. Where `columns` is given, it asks these
    columns of the rows of its only fact: of all rows together, or of row `row` (from 0).
    """

    key: str
    question: Question
    facts: tuple[str, ...]
    columns: tuple[str, ...] = ()
    row: int | None = None


@dataclass(frozen=True)
class Progress:
    """How many questions there are for this department, and how many of them are answered."""

    done: int
    total: int


def form_of(question: Question, facts: Mapping[str, Fact]) -> Form:
    """How a question is put: as it says, or as the types of its facts suggest."""
    if question.form:
        return Form(question.form)
    kinds = {facts[name].type for name in question.facts}
    if kinds == {Kind.YESNO}:
        return Form.PICK if len(question.facts) > 1 else Form.YESNO
    for kind, form in (
        (Kind.ROWS, Form.ROWS),
        (Kind.CHECKLIST, Form.CHECKLIST),
    ):
        if kind in kinds:
            return form
    return Form.TEXT if kinds == {Kind.TEXT} and len(question.facts) == 1 else Form.FIELDS


@dataclass(frozen=True)
class Matter:
    """How a question stands: the facts of it that apply, what of them is still to be asked, and
    whether it is asked, or may be once the answers it hangs on are known."""

    asked: tuple[str, ...]
    items: tuple[Item, ...]
    stands: bool

    @property
    def done(self) -> bool:
        """Whether it is asked and nothing of it is open any more."""
        return bool(self.asked) and not self.items


def matters(standard: Standard, answers: Mapping[str, Value]) -> Mapping[str, Matter]:
    """How each question stands, by its id, in the order of the questionnaire."""
    return reckoned(standard, answers).once(_matters)


def _matters(answers: Reckoned, before: Mapping[str, Matter] | None = None) -> Mapping[str, Matter]:
    standard = answers.standard
    if before is None or answers.before is None:
        return {question.id: _matter(question, answers) for question in standard.questions}
    touched = answers.changed | answers.reapplied
    asking = {standard.question_of[n].id for n in touched if n in standard.question_of}
    fresh = {q.id: _matter(q, answers) for q in standard.questions if q.id in asking}
    return {**before, **fresh}


def _matter(question: Question, answers: Reckoned) -> Matter:
    applying = answers.applying
    asked = tuple(name for name in question.facts if applying[name])
    stands = any(applying[name] is not False for name in question.facts)
    return Matter(asked, tuple(_open_items(question, answers, asked)), stands)


def asked_facts(
    question: Question, standard: Standard, answers: Mapping[str, Value]
) -> tuple[str, ...]:
    """The facts of a question that apply to this department, as far as is known."""
    return matters(standard, answers)[question.id].asked


def agenda(standard: Standard, answers: Mapping[str, Value]) -> tuple[Item, ...]:
    """All that is still to be asked, in the order of the questionnaire."""
    return tuple(item for each in matters(standard, answers).values() for item in each.items)


def _open_items(question: Question, answers: Reckoned, asked: tuple[str, ...]) -> Iterator[Item]:
    """What of one question is still to be asked."""
    facts = answers.standard.facts
    open_facts = tuple(name for name in asked if name not in answers)
    required = [name for name in asked if not facts[name].optional]
    waits = [name for name in required if name in open_facts]
    if waits or (asked and not required and len(open_facts) == len(asked)):
        yield Item(question.id, question, open_facts)
        return
    for name in asked:
        value = answers.get(name)
        if isinstance(value, Rows):
            yield from _open_cells(question, name, facts[name], value)


def _open_cells(question: Question, name: str, fact: Fact, rows: Rows) -> Iterator[Item]:
    for column, spec in fact.columns.items():
        if spec.entry is Entry.ALL and any(column not in row for row in rows.value):
            yield Item(f"{question.id}.{column}", question, (name,), (column,))
    for number, row in enumerate(rows.value):
        for group in cell_groups(fact.columns):
            absent = [column for column in group if column not in row]
            required = [c for c in absent if not fact.columns[c].optional]
            if required or len(absent) == len(group):
                key = f"{question.id}.{number}.{group[0]}"
                yield Item(key, question, (name,), group, number)


def cell_groups(columns: Mapping[str, Column]) -> list[tuple[str, ...]]:
    """The columns asked row by row; those that share one sentence are asked in one message."""
    groups: dict[str, list[str]] = {}
    for name, column in columns.items():
        if column.entry is Entry.EACH:
            groups.setdefault(column.ask, []).append(name)
    return [tuple(group) for group in groups.values()]


def line_columns(fact: Fact) -> dict[str, Column]:
    """The columns of a table that are typed in a line."""
    return {n: c for n, c in fact.columns.items() if c.entry is Entry.LINE}


def next_item(items: Sequence[Item], skipped: Sequence[str]) -> Item | None:
    """The first thing to ask; what was put off comes after all the rest."""
    put_off = set(skipped)
    fresh = [item for item in items if item.key not in put_off]
    if fresh:
        return fresh[0]
    order = {key: at for at, key in enumerate(skipped)}
    return min(items, key=lambda item: order[item.key], default=None)


def progress(
    standard: Standard, answers: Mapping[str, Value], only: Collection[str] | None = None
) -> Progress:
    """How far a form is, in questions (in those of `only`, where it is given); what may yet turn
    out not to apply counts as open."""
    found = matters(standard, answers)
    standing = [m for id, m in found.items() if m.stands and (only is None or id in only)]
    return Progress(sum(each.done for each in standing), len(standing))


def unanswered(standard: Standard, answers: Mapping[str, Value]) -> tuple[Question, ...]:
    """The questions that are asked, or may be, and are not answered whole."""
    found = matters(standard, answers)
    return tuple(q for q in standard.questions if found[q.id].stands and not found[q.id].done)
