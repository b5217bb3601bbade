"""Days that cannot be right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scoring.checks.base import Check, Finding, Severity, View
from scoring.questionnaire import Kind
from scoring.rules.base import Need
from scoring.values import Day

DATE = frozenset({Kind.DATE})
YEARS = 2  # how long after the evaluated year a form may still be filled in


class Dates(Check):
    """`filled_on` lies in the two years after the evaluated one, and no day of `days` after it or
    before the evaluated year."""

    filled_on: str
    days: tuple[str, ...] = ()

    def needs(self) -> tuple[Need, ...]:
        return tuple(Need(fact, DATE) for fact in (self.filled_on, *self.days))

    def find(self, view: View) -> Iterator[Finding]:
        year, filled = view.standard.year, view.values.get(self.filled_on)
        if isinstance(filled, Day) and not year < filled.value.year <= year + YEARS:
            yield _finding(view, self.filled_on, filled, "filled_on_unlikely", year=year)
        for fact in self.days:
            day = view.values.get(fact)
            if not isinstance(day, Day):
                continue
            if isinstance(filled, Day) and day.value > filled.value:
                place = view.place(self.filled_on)
                yield _finding(view, fact, day, "day_later", filled=filled, filled_place=place)
            elif day.value < date(year, 1, 1):
                yield _finding(view, fact, day, "day_earlier", year=year)


def _finding(view: View, fact: str, day: Day, code: str, **numbers: object) -> Finding:
    given = {"place": view.place(fact), "day": day, **numbers}
    return Finding(f"dates:{fact}", Severity.WARNING, (fact,), code, given)
