"""What would be: 如果执行率到100%会怎样. Only reckoned; nothing is kept."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.describing import described, name_of, rows_count, unit_of
from dialogs.echo import new_findings
from dialogs.replies import repeat
from dialogs.step import Step
from dialogs.supposing.assuming import Unclear, assume
from dialogs.talk import Talk
from dialogs.understand.command import Command
from dialogs.understand.supposing import asks_outcome, read_supposition
from dialogs.wording import join, say
from scoring.checks import Severity
from scoring.questionnaire import Kind
from scoring.rules.base import Points
from scoring.sameness import same
from scoring.sheet import NodeScore
from scoring.supposing import Reached, with_gates
from scoring.values import Letters, Rows, Value, YesNo

_MOST_TOLD = 4
_MOST_LINES = 12
_SHOWN = 24
_TYPED = {Kind.MONEY, Kind.PERCENT, Kind.NUMBER, Kind.COUNT}


def whatif(talk: Talk, command: Command) -> Step:
    """A line for each indicator that would move, the total, and how to make it real."""
    supposed = read_supposition(command.value)
    if not supposed:
        return repeat(talk, say("whatif_how"))
    try:
        assumed = assume(talk, supposed)
    except Unclear as unclear:
        return repeat(talk, str(unclear))
    values = with_gates(talk.case.standard, talk.answers, assumed.values)
    after = talk.after(values, talk.state)
    lines = [*_assumed(talk, assumed), *_moves(talk, after, assumed), _total(talk, after)]
    found = [each for each in new_findings(talk, after) if each.severity is Severity.BLOCKER]
    lines += [say("whatif_finding", count=len(found))] if found else []
    return repeat(talk, "\n".join([*lines, _kept(talk, assumed, values)]))


def is_meant(talk: Talk, command: Command) -> bool:
    """Whether words that sound like a supposition are one, where a text is asked: a text may
    say 如果 about anything, but not of what the form holds."""
    supposed = read_supposition(command.value)
    if not supposed or asks_outcome(command.value):
        return not command.value or asks_outcome(command.value)
    try:
        assume(talk, supposed)
    except Unclear as unclear:
        return unclear.known
    return True


def _assumed(talk: Talk, assumed: Reached) -> list[str]:
    """The figures and choices that are supposed, in short; none where nobody has named them."""
    told = [
        _pair(talk, name, value) for name, value in _changed(talk, assumed) if _is_short(talk, name)
    ]
    if not told:
        return []
    shown = join(told[:_MOST_TOLD])
    if len(told) > _MOST_TOLD:
        shown = say("whatif_more", list=shown, count=len(told))
    return [say("whatif_assumed", what=shown)]


def _changed(talk: Talk, assumed: Reached) -> list[tuple[str, Value]]:
    """What would really be different, without figures that are there for the ratio only."""
    return [
        (name, value)
        for name, value in assumed.values.items()
        if name not in assumed.made_up
        and not (name in talk.values and same(talk.values[name], value))
    ]


def _is_short(talk: Talk, name: str) -> bool:
    return talk.case.standard.facts[name].type is not Kind.TEXT


def _pair(talk: Talk, name: str, value: Value) -> str:
    fact = talk.case.standard.facts[name]
    match value:
        case Rows(value=rows):
            return say("whatif_pair", label=fact.label, value=_marked(talk, name, value, len(rows)))
        case Letters(value=letters):
            return say("whatif_pair", label=fact.label, value="".join(letters) or say("have_not"))
        case YesNo():
            return say("noted_yesno", label=name_of(fact), value=described(value))
    return say("whatif_pair", label=fact.label, value=described(value, unit_of(fact)))


def _marked(talk: Talk, name: str, value: Rows, total: int) -> str:
    """How many rows would have what is changed in them."""
    fact = talk.case.standard.facts[name]
    before = talk.values.get(name)
    old = before.value if isinstance(before, Rows) else ()
    for column, spec in fact.columns.items():
        cells = [row.get(column) for row in value.value]
        if cells == [row.get(column) for row in old]:
            continue
        if spec.type is Kind.YESNO:
            count = sum(cell == YesNo(True) for cell in cells)
            return say("whatif_rows", label=spec.label, count=rows_count(fact, count), mark="")
        shown = {described(cell) for cell in cells if cell is not None}
        return say("whatif_pair", label=spec.label, value=join(sorted(shown)[:2]))
    return rows_count(fact, total)


def _moves(talk: Talk, after: Talk, assumed: Reached) -> list[str]:
    """A line for each indicator that would have other points; where none would, those that were
    spoken of."""
    codes = talk.case.standard.indicators
    pairs = [(talk.sheet[node.code], after.sheet[node.code]) for node in codes]
    moved = [(old, new) for old, new in pairs if _face(old) != _face(new)]
    if not moved:
        touched = {c for name in assumed.values for c in talk.case.standard.feeds[name]}
        touched |= assumed.codes
        moved = [(old, new) for old, new in pairs if old.code in touched]
    lines = [_line(talk, old, new) for old, new in moved[:_MOST_LINES]]
    if len(moved) > _MOST_LINES:
        lines.append("…")
    return lines or [say("whatif_nothing")]


def _face(node: NodeScore) -> tuple[object, ...]:
    return (node.low, node.high, node.state is Points.NOT_APPLICABLE)


def _line(talk: Talk, old: NodeScore, new: NodeScore) -> str:
    numbers = {"code": new.code, "name": talk.case.standard.nodes[new.code].name}
    before, after = _points(old), _points(new)
    if new.state is Points.NOT_APPLICABLE:
        return say("whatif_line_na", after=after, **numbers)
    if new.state is Points.OPEN and new.missing:
        facts = talk.case.standard.facts
        missing = join([facts[name].label for name in new.missing[:_MOST_TOLD]])
        return say("whatif_line_open", after=after, missing=missing, **numbers)
    if before == after:
        return say("whatif_line_same", before=before, **numbers)
    return say("whatif_line", before=before, after=after, **numbers)


def _points(node: NodeScore) -> str:
    """The points of an indicator: one figure, or from low to high while it is open."""
    if node.low == node.high:
        return say("whatif_points", points=node.low)
    if node.state is Points.OPEN and node.so_far == 0 and node.high == node.maximum:
        return say("whatif_untouched")
    return say("whatif_range", low=node.low, high=node.high)


def _total(talk: Talk, after: Talk) -> str:
    old, new = talk.sheet.total, after.sheet.total
    if (old.so_far, old.high) == (new.so_far, new.high):
        return say("whatif_total_same", before=_whole(talk))
    return say("whatif_total", before=_whole(talk), after=_whole(after))


def _whole(talk: Talk) -> str:
    """The total: one figure once it is settled, else what is earned and what can be reached."""
    total = talk.sheet.total
    if talk.sheet.settled and total.low == total.high:
        return say("whatif_points", points=total.low)
    return say("whatif_total_open", low=total.so_far, high=total.high)


def _kept(talk: Talk, assumed: Reached, values: Mapping[str, Value]) -> str:
    """That nothing was changed, how to change it, and what is still asked."""
    parts = [say("whatif_kept")]
    gates = [pair for pair in values.items() if pair[0] not in assumed.values]
    changed = [*gates, *_changed(talk, assumed)]
    if changed:
        parts.append(_how(talk, *changed[0]))
    item = talk.current if talk.case.form.state == "drafting" else None
    if item is not None and talk.state.asked:
        parts.append(say("whatif_open", number=talk.number(item.question)))
    return "".join(parts)


def _how(talk: Talk, name: str, value: Value) -> str:
    """The words that make the first of it real."""
    if talk.case.form.state != "drafting":
        return say("whatif_make_away") if talk.case.form.state == "in_review" else ""
    fact = talk.case.standard.facts[name]
    if fact.type in _TYPED and len(fact.label) <= _SHOWN:
        return say("whatif_make_set", label=fact.label, value=described(value, unit_of(fact)))
    number = talk.case.standard.number_of[talk.case.standard.question_of[name].id]
    return say("whatif_make_edit", number=number)
