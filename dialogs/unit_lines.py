"""Takes lines like 电商中心 12万元 as figures of units below the department."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dialogs.agenda import Item
from dialogs.answers import problem, read_answer
from dialogs.bubbles import Words
from dialogs.case import UnitView
from dialogs.describing import described, unit_of
from dialogs.effects import RecordUnits
from dialogs.replies import keep
from dialogs.step import Step
from dialogs.talk import Talk
from dialogs.understand.plain_text import BETWEEN, clean
from dialogs.units import Figures, by_unit, missing_lines, origins, sums, with_figures
from dialogs.wording import join, say, shortened
from scoring.values import Value

_LINES = re.compile(r"[\n;\uff1b]+")
_SHORTEST = 2
_QUOTED = 30


@dataclass(frozen=True)
class _Read:
    """What the lines of a message said: figures by unit, and the lines that were not clear."""

    figures: Figures
    problems: tuple[str, ...]


def take_by_unit(talk: Talk, item: Item, text: str) -> Step | None:
    """Takes lines like 电商中心 12万元 as figures of units; None where the message names no unit.

    When all units have given a fact, their sum is its answer.
    """
    if item.columns or not by_unit(talk.case, item.facts):
        return None
    read = _read(talk, item, text)
    if read is None:
        return None
    units = with_figures(talk.case.units, read.figures)
    after = Talk(talk.state, replace(talk.case, units=units), talk.now)
    done = sums(units, item.facts)
    effects = (RecordUnits(read.figures, text),) if read.figures else ()
    if read.figures and len(done) == len(item.facts):
        tail = "\n".join(read.problems)
        step = keep(after, item, done, text, tail=tail, details=origins(after.case, item.facts))
        return Step(step.state, (*effects, *step.effects), step.bubbles)
    lines = [_noted(after, item, read.figures)] if read.figures else []
    lines += [*read.problems, *missing_lines(after.case, item.facts)]
    return Step(talk.state.but(asked=item.key), effects, (Words("\n".join(lines)),))


def _read(talk: Talk, item: Item, text: str) -> _Read | None:
    lines = [line.strip() for line in _LINES.split(clean(text)) if line.strip()]
    matched = [_split(talk.case.units, line) for line in lines]
    if all(found is None for found, _ in matched):
        return None
    figures: dict[int, Mapping[str, Value]] = {}
    problems: list[str] = []
    for line, (unit, rest) in zip(lines, matched, strict=True):
        if unit is None:
            problems.append(say("unit_unknown", line=shortened(line, _QUOTED)))
            continue
        answer = read_answer(item, rest, talk.case.standard, talk.answers, talk.today)
        if answer.values and not answer.asks and not answer.left:
            figures[unit.id] = {**figures.get(unit.id, {}), **answer.values}
            continue
        why = [problem(ask) for ask in answer.asks] or [say("nothing_read")]
        problems.append(say("unit_line_unclear", unit=unit.name, problem=why[0]))
    return _Read(figures, tuple(problems))


def _split(units: Sequence[UnitView], line: str) -> tuple[UnitView | None, str]:
    """The unit that a line begins with, by its whole name or a part that only one has."""
    for unit in sorted(units, key=lambda unit: -len(unit.name)):
        if line.startswith(unit.name):
            return unit, line.removeprefix(unit.name).strip(BETWEEN)
    first = re.split(rf"[{re.escape(BETWEEN)}]", line, maxsplit=1)
    found = [u for u in units if len(first[0]) >= _SHORTEST and first[0] in u.name]
    return (found[0], first[-1].strip(BETWEEN)) if len(found) == 1 else (None, line)


def _noted(talk: Talk, item: Item, figures: Figures) -> str:
    facts = talk.case.standard.facts
    told = []
    for unit in talk.case.units:
        values = [described(v, unit_of(facts[n])) for n, v in figures.get(unit.id, {}).items()]
        if values:
            told.append(say("unit_part", unit=unit.name, value=join(values)))
    return say("noted", what=say("semicolon").join(told))
