"""Who changed what, and when: 谁改过, 这个数谁填的, 采购金额改过几次, 修改记录."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dialogs.case import Past
from dialogs.describing import described, name_of, rows_count, unit_of
from dialogs.events import Event, Said
from dialogs.replies import repeat
from dialogs.step import Step
from dialogs.talk import PLACE, Talk
from dialogs.targets import find
from dialogs.understand.command import Command, read_command
from dialogs.understand.recalling import HERE
from dialogs.understand.tail import split_tail
from dialogs.wording import join, say, shortened
from scoring.questionnaire import Fact, Kind
from scoring.sameness import same
from scoring.values import Rows, Text, Value

_MOST_LINES = 8
_MOST_FACTS = 4
_MOST_NAMED = 6
_NAME_LIMIT = 16


def is_meant(event: Event) -> bool:
    """Whether an event asks for the history, which is looked up only then."""
    if not isinstance(event, Said):
        return False
    split = split_tail(event.text)
    command = split[1] if split else read_command(event.text)
    return command is not None and command.name == "history"


def history(talk: Talk, command: Command) -> Step:
    """The last changes of what was named, of the open question or the one answered last, or of
    the form; newest first."""
    named = command.target if command.target != HERE else ""
    if named:
        facts = _named(talk, named)
        if not facts:
            return repeat(talk, say("history_unknown", target=named))
        if len(facts) > _MOST_FACTS:
            return repeat(talk, _which(talk, named, facts))
        return repeat(talk, _told(talk, facts))
    here = _here(talk) if command.target == HERE else ()
    return repeat(talk, _told(talk, here) if here else _latest(talk))


def _named(talk: Talk, said: str) -> tuple[str, ...]:
    """The facts that are meant: by number, code or name."""
    found = find(talk.case.standard, said)
    names = [n for t in found for n in ((t.fact,) if t.fact else t.question.facts)]
    exact = len({t.question.id for t in found}) == 1
    given = {past.fact for past in talk.case.past}
    kept = names if exact else [name for name in names if name in given] or names
    return tuple(dict.fromkeys(kept))


def _which(talk: Talk, said: str, facts: Sequence[str]) -> str:
    standard = talk.case.standard
    labels = [
        say(
            "question_named",
            number=talk.number(standard.question_of[name]),
            label=standard.facts[name].label,
        )
        for name in facts[:_MOST_NAMED]
    ]
    return say("history_many", target=said, found=join(labels))


def _here(talk: Talk) -> tuple[str, ...]:
    """The facts of the open question if anybody answered them, else of the last answer."""
    given = {past.fact for past in talk.case.past}
    item, change = talk.current, talk.case.last_change
    for facts in (item.question.facts if item else (), tuple(change.before) if change else ()):
        if given & set(facts):
            return tuple(name for name in facts if name in given)
    return ()


@dataclass(frozen=True)
class _Moved:
    """A change with the value before it, and the last one that anybody gave before it."""

    past: Past
    before: Value | None
    given: Value | None


def _told(talk: Talk, facts: Sequence[str]) -> str:
    """The history of these facts, with a head that says how often they were changed."""
    standard = talk.case.standard
    moves = [each for each in _moves(talk) if each.past.fact in facts]
    number = talk.number(standard.question_of[facts[0]])
    labels = join([shortened(name_of(standard.facts[name]), 2 * _NAME_LIMIT) for name in facts])
    if not moves:
        return say("history_none", number=number, label=labels)
    changed = sum(_is_change(each) for each in moves)
    code = "history_head" if changed else "history_head_once"
    head = say(code, number=number, label=labels, count=changed)
    return _ended(talk, [head, *_lines(talk, moves, named=len(facts) > 1)])


def _latest(talk: Talk) -> str:
    """The last changes of the whole form."""
    moves = list(_moves(talk))
    if not moves:
        return say("history_form_none")
    return _ended(talk, [say("history_form_head"), *_lines(talk, moves, named=True)])


def _ended(talk: Talk, lines: list[str]) -> str:
    """With a word about the question that still waits."""
    item = talk.current if talk.case.form.state == "drafting" else None
    if item is not None and talk.state.asked:
        lines.append(say("whatif_open", number=talk.number(item.question)))
    return "\n".join(lines)


def _moves(talk: Talk) -> Iterator[_Moved]:
    """All changes with what stood before them, newest first; a table that one person fills in
    cell by cell is one change."""
    standing: dict[str, Value | None] = {}
    given: dict[str, Value] = {}
    found: list[_Moved] = []
    for past in reversed(talk.case.past):
        before = standing.get(past.fact)
        last = found[-1] if found else None
        if last and _goes_on(last.past, past):
            found[-1] = _Moved(past, last.before, last.given)
        else:
            found.append(_Moved(past, before, given.get(past.fact)))
        standing[past.fact] = past.value
        given |= {past.fact: past.value} if past.value is not None else {}
    yield from reversed([each for each in found if each.past.fact in talk.case.standard.facts])


def _goes_on(last: Past, past: Past) -> bool:
    both = isinstance(last.value, Rows) and isinstance(past.value, Rows)
    return both and (last.fact, last.by) == (past.fact, past.by)


def _is_change(moved: _Moved) -> bool:
    """Whether somebody gave something else than was given before."""
    old, new = moved.given, moved.past.value
    return old is not None and new is not None and not same(old, new)


def _lines(talk: Talk, moves: Sequence[_Moved], named: bool) -> list[str]:
    lines = [_line(talk, each, named) for each in moves[:_MOST_LINES]]
    if len(moves) > _MOST_LINES:
        lines.append(say("history_more", count=len(moves) - _MOST_LINES))
    return lines


def _line(talk: Talk, moved: _Moved, named: bool) -> str:
    past, fact = moved.past, talk.case.standard.facts[moved.past.fact]
    at = past.at.astimezone(PLACE)
    day = say("month_day", month=at.month, day=at.day)
    if at.year != talk.today.year:
        day = say("history_year", year=at.year, day=day)
    time = say("history_time", hour=f"{at.hour:02}", minute=f"{at.minute:02}")
    what = _what(fact, moved)
    if past.source:
        what = say("history_source", what=what, place=past.source)
    label = shortened(name_of(fact), _NAME_LIMIT)
    code = "history_line_named" if named else "history_line"
    return say(code, day=day, time=time, name=past.by, label=label, what=what)


def _what(fact: Fact, moved: _Moved) -> str:
    old, new = moved.before, moved.past.value
    if moved.past.purged:
        return say("history_purged")
    if new is None:
        return (
            say("history_taken", value=_value(fact, old))
            if old is not None
            else say("history_taken_plain")
        )
    if old is None:
        return say("history_first", value=_value(fact, new))
    if same(old, new):
        return say("history_same", value=_value(fact, new))
    if _is_whole(fact, old) and _is_whole(fact, new):
        return say("history_whole", before=_value(fact, old), after=_value(fact, new))
    return say("history_changed", before=_value(fact, old), after=_value(fact, new))


def _is_whole(fact: Fact, value: Value) -> bool:
    """Whether a value is told by its size only."""
    return (
        isinstance(value, Rows | Text)
        and fact.type in (Kind.ROWS, Kind.TEXT)
        and (isinstance(value, Rows) or len(value.value) > _NAME_LIMIT)
    )


def _value(fact: Fact, value: Value) -> str:
    match value:
        case Rows(value=rows):
            return rows_count(fact, len(rows))
        case Text(value=words) if len(words) > _NAME_LIMIT:
            return say("history_text", length=len(words))
    return described(value, unit_of(fact)) or say("have_not")
