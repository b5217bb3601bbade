"""Collects what the readers of a document find, and makes one claim of each fact."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from reports.reading.claims import Claim, Note
from reports.reading.patterns import part, pattern
from scoring.plain import BadValue, read_value
from scoring.questionnaire import Fact, Kind
from scoring.standard import Standard
from scoring.values import Money, Rows, Value
from scoring.wording import say as scoring_say

_SHOWN = 60


@dataclass(frozen=True)
class Reading:
    """A fact as one place of the document has it."""

    fact: str
    value: Value
    place: str
    certain: bool = True


class Found:
    """What was found so far. Facts that the standard doesn't have are left out.

    `year` is the one that the document calls its own, where it names one.
    """

    def __init__(self, standard: Standard) -> None:
        self.standard = standard
        self.notes: list[Note] = []
        self.year: int | None = None
        self._readings: dict[str, list[Reading]] = {}

    def add(self, fact: str, plain: object, place: str, *, certain: bool = True) -> None:
        """A value as it is written; what the fact can't hold becomes a note."""
        spec = self.standard.facts.get(fact)
        if spec is None:
            return
        kept = self._without_gaps(plain)
        if kept in ("", []) and kept != plain:
            return
        certain = certain and kept == plain
        try:
            value = read_value(spec, _plain(spec, kept))
        except BadValue:
            gates = [one.fact for one in spec.when if one.equals is True]
            if gates and str(plain) == str(spec.otherwise):
                # The document says that there is none, as the standard does for who has none.
                for gate in gates:
                    self.add(gate, False, place, certain=certain)
                return
            given = str(plain)[:_SHOWN] if isinstance(plain, str | int) else ""
            self.note("note_value_refused", place=place, label=spec.label, given=given)
            return
        self._readings.setdefault(fact, []).append(Reading(fact, value, place, certain))

    def _without_gaps(self, plain: Any) -> Any:
        """What is written, without what our own drafts mark as missing or as handed in on paper."""
        if isinstance(plain, str):
            return "" if any(mark in plain for mark in self._marks) else plain
        if isinstance(plain, list):
            return [kept for one in plain if (kept := self._without_gaps(one)) not in ("", {})]
        if isinstance(plain, dict):
            return {n: kept for n, one in plain.items() if (kept := self._without_gaps(one)) != ""}
        return plain

    @cached_property
    def _marks(self) -> tuple[str, ...]:
        words = self.standard.outline.words
        bare = words.offline.rstrip(part("loose"))
        return words.gap.split("{{")[0], bare

    def note(self, code: str, **numbers: object) -> None:
        note = Note(code, numbers)
        if note not in self.notes:
            self.notes.append(note)

    def value(self, fact: str) -> Value | None:
        """The first value found of a fact."""
        return self._readings[fact][0].value if fact in self._readings else None

    def label(self, fact: str) -> str:
        """How the standard calls a fact; its id where it doesn't have it."""
        spec = self.standard.facts.get(fact)
        return spec.label if spec else fact

    def place(self, fact: str) -> str:
        return self._readings[fact][0].place if fact in self._readings else ""

    def certain(self, fact: str) -> bool:
        """Whether what was found of a fact is in no doubt so far."""
        readings = self._readings.get(fact, [])
        return all(one.certain and same(one.value, readings[0].value) for one in readings)

    def doubt(self, *facts: str) -> None:
        """What was found of these facts needs a closer look."""
        for fact in facts:
            if fact in self._readings:
                self._readings[fact] = [replace(r, certain=False) for r in self._readings[fact]]

    def claims(self) -> tuple[Claim, ...]:
        """One claim for each fact, in the standard's order; different readings are noted."""
        order = [fact for fact in self.standard.facts if fact in self._readings]
        return tuple(self._claim(fact, self._readings[fact]) for fact in order)

    def _claim(self, fact: str, readings: Sequence[Reading]) -> Claim:
        first = readings[0]
        other = next((one for one in readings if not same(one.value, first.value)), None)
        certain = other is None and all(one.certain for one in readings)
        if other is not None:
            self.note(
                "note_two_readings",
                label=self.standard.facts[fact].label,
                first=shown(first.value),
                first_place=first.place,
                second=shown(other.value),
                second_place=other.place,
            )
        return Claim(fact, first.value, first.place, certain)


def same(one: Value, other: Value) -> bool:
    """Whether two readings are of one value; 元 and 万元 may write the same amount."""
    if isinstance(one, Money) and isinstance(other, Money):
        return one.yuan == other.yuan
    return one == other


def shown(value: Value) -> str:
    """A value as a note tells it."""
    if isinstance(value, Rows):
        return scoring_say("given_nothing") if not value.value else str(len(value.value))
    return str(value.plain())


def _plain(spec: Fact, given: object) -> object:
    """What is written in a report, as the facts' files write it."""
    if not isinstance(given, str):
        return given
    if spec.type is Kind.MONEY:
        return money_text(given)
    if spec.type is Kind.DATE:
        found = pattern("day_parts").fullmatch(given)
        return "-".join(_two(group) for group in found.groups()) if found else given
    if spec.type is Kind.COUNT:
        return re.sub(part("thousands"), "", given)
    return given


def money_text(given: str) -> str:
    """An amount without thousands separators, 万 written out as 万元."""
    figure = re.sub(part("thousands"), "", given)
    return figure[:-1] + part("wan_yuan") if figure.endswith(part("wan")) else figure


def _two(group: str) -> str:
    return group.zfill(2)
