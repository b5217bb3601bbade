"""What was brought for a form, as a table to confirm: grouped by section, compared with what is
there and with last year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection

from bot.offering import SOURCES, best, readable
from dialogs.case import Case
from dialogs.describing import described, described_cell, unit_of
from dialogs.offers import EARLIER, place_of
from dialogs.wording import say
from scoring.conditions import applies
from scoring.engine import score
from scoring.questionnaire import Column, Fact, Kind
from scoring.sameness import same
from scoring.values import Cell, Letters, Rows, Text, Value
from storage import proposals
from storage.proposals import Proposal

_CHOICES = (Kind.YESNO, Kind.CHECKLIST, Kind.TEXT, Kind.ROWS)


@dataclass(frozen=True)
class Line:
    """One brought value. `mark` is same (the answer says that already), different (from the
    answer), disputed (another file says something else), doubtful (read with a doubt), changed
    (from last year) or new; `stands` and `before` are the present answer and last year's."""

    id: int
    fact: str
    number: int
    label: str
    lines: tuple[str, ...]
    where: str
    mark: str
    ticked: bool
    stands: tuple[str, ...] = ()
    before: tuple[str, ...] = ()


@dataclass
class Group:
    """The lines of one section of the questionnaire."""

    name: str
    lines: list[Line] = field(default_factory=list)


def groups_of(tx: Connection, form_id: int, case: Case) -> list[Group]:
    """All that waits to be taken over, by section. What the department doesn't have (folded away
    by 有没有) is left out."""
    found = readable(case.standard, proposals.open_of_form(tx, form_id))
    # An old answer of the form's own is asked about in the chat, where it was changed.
    waiting = [pair for pair in found if pair[0].source != EARLIER]
    asked, offers = _asked(case), best(waiting)
    order = list(case.standard.facts)
    waiting.sort(key=lambda pair: (order.index(pair[0].fact), SOURCES.index(pair[0].source)))
    shown: list[Group] = []
    for question in case.standard.questions:
        name = case.standard.sections[question.section].name
        for proposal, value in waiting:
            if proposal.fact in question.facts and proposal.fact in asked:
                if not shown or shown[-1].name != name:
                    shown.append(Group(name))
                disputed = not same(offers[proposal.fact].value, value) or _is_disputed(
                    proposal, waiting
                )
                number = case.standard.number_of[question.id]
                shown[-1].lines.append(_line(case, proposal, value, number, disputed))
    return shown


def _is_disputed(proposal: Proposal, waiting: list[tuple[Proposal, Value]]) -> bool:
    mine = [value for other, value in waiting if other.fact == proposal.fact]
    return any(not same(mine[0], other) for other in mine[1:])


def _asked(case: Case) -> set[str]:
    """The facts that the department is asked, or may be once more is known."""
    facts = case.standard.facts
    values = case.standard.effective(case.answers)
    sheet = score(case.standard, case.answers)
    return {n for n, fact in facts.items() if applies(fact, values, facts, sheet) is not False}


def _line(case: Case, proposal: Proposal, value: Value, number: int, disputed: bool) -> Line:
    fact = case.standard.facts[proposal.fact]
    stands, before = case.answers.get(proposal.fact), case.last_year.get(proposal.fact)
    mark = _mark(fact, proposal, value, stands, before, disputed)
    offer = best([(proposal, value)])[proposal.fact]
    return Line(
        id=proposal.id,
        fact=proposal.fact,
        number=number,
        label=fact.label,
        lines=told(fact, value),
        where=place_of(offer),
        mark=mark,
        ticked=mark == "new",
        stands=told(fact, stands) if stands is not None else (),
        before=told(fact, before) if before is not None else (),
    )


def _mark(
    fact: Fact,
    proposal: Proposal,
    value: Value,
    stands: Value | None,
    before: Value | None,
    disputed: bool,
) -> str:
    if stands is not None:
        return "same" if same(stands, value) else "different"
    if disputed:
        return "disputed"
    if not proposal.certain:
        return "doubtful"
    if before is not None and fact.type in _CHOICES and not same(before, value):
        return "changed"
    return "new"


def told(fact: Fact, value: Value) -> tuple[str, ...]:
    """A value whole, a line for each row or paragraph."""
    match value:
        case Rows(value=rows):
            gap = say("cell_gap")
            return tuple(
                gap.join(
                    _cell(row[c], spec)
                    for c, spec in fact.columns.items()
                    if c in row and row[c] != Text("")
                )
                for row in rows
            ) or (say("have_not"),)
        case Text(value=words):
            return tuple(part for part in words.split("\n") if part.strip()) or (say("blank"),)
        case Letters(value=letters):
            names: Mapping[str, str] = {k: o.label for k, o in fact.options.items()}
            return tuple(f"{letter} {names[letter]}" for letter in letters) or (say("have_not"),)
    return (described(value, unit_of(fact)),)


def _cell(cell: Cell, spec: Column) -> str:
    return cell.value if isinstance(cell, Text) else described_cell(cell, spec)
