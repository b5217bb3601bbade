"""Figures of a department given unit by unit (分单位报), and what they add up to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dialogs.agenda import asked_facts
from dialogs.case import Case, UnitView
from dialogs.describing import described, unit_of
from dialogs.talk import Talk
from dialogs.wording import join, say
from scoring.questionnaire import Question
from scoring.summing import total
from scoring.values import Value

_SHOWN = 6

Figures = Mapping[int, Mapping[str, Value]]
"""Values by unit id and fact."""


def by_unit(case: Case, facts: Sequence[str]) -> bool:
    """Whether all these facts may be given unit by unit here."""
    return bool(case.units) and all(case.standard.facts[name].by_unit for name in facts)


def with_figures(units: Sequence[UnitView], figures: Figures) -> tuple[UnitView, ...]:
    """The units once these figures are kept."""
    return tuple(
        replace(unit, figures={**unit.figures, **figures.get(unit.id, {})}) for unit in units
    )


def sums(units: Sequence[UnitView], facts: Sequence[str]) -> dict[str, Value]:
    """The sum of each fact that every unit has given."""
    return {
        name: total([unit.figures[name] for unit in units])
        for name in facts
        if units and all(name in unit.figures for unit in units)
    }


def origins(case: Case, facts: Sequence[str]) -> list[str]:
    """For each fact that is a sum, a line with what it was added up from."""
    lines = []
    for name, value in sums(case.units, facts).items():
        fact = case.standard.facts[name]
        parts = [
            say("unit_part", unit=unit.name, value=described(unit.figures[name], unit_of(fact)))
            for unit in case.units
        ]
        whole = described(value, unit_of(fact))
        lines.append(say("unit_sum", label=fact.label, total=whole, parts=say("plus").join(parts)))
    return lines


def missing_lines(case: Case, facts: Sequence[str]) -> list[str]:
    """Which units have yet to give which of the facts."""
    if not by_unit(case, facts):
        return []
    waits = [unit.name for unit in case.units if any(name not in unit.figures for name in facts)]
    given = len(case.units) - len(waits)
    if not waits:
        return []
    shown = join(waits[:_SHOWN])
    code = "unit_missing_more" if len(waits) > _SHOWN else "unit_missing"
    return [say(code, given=given, count=len(case.units), names=shown, waits=len(waits))]


def hint(case: Case, facts: Sequence[str]) -> list[str]:
    """How to answer unit by unit, where that is possible."""
    if not by_unit(case, facts):
        return []
    return [say("unit_hint_lines", example=case.units[0].name), *missing_lines(case, facts)]


def unit_facts(talk: Talk) -> list[str]:
    """The facts that may be given unit by unit and are asked of this department."""
    standard = talk.case.standard

    def asked(question: Question) -> tuple[str, ...]:
        return asked_facts(question, standard, talk.answers)

    return [n for q in standard.questions for n in asked(q) if standard.facts[n].by_unit]
