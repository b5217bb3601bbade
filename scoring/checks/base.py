"""What every kind of check takes and gives."""

from __future__ import annotations

import hashlib
from abc import abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from scoring.questionnaire import Kind, Strict
from scoring.rules.base import Need
from scoring.values import Cell, Count, Money, Number, Percent, Rows, Text, Value
from scoring.wording import say

if TYPE_CHECKING:
    from scoring.standard import Standard


class Severity(StrEnum):
    """How much a finding weighs."""

    BLOCKER = "blocker"  # figures that contradict each other; the form cannot be sent in
    WARNING = "warning"  # very likely wrong, or costs points
    HINT = "hint"  # worth a look


@dataclass(frozen=True)
class Finding:
    """One thing that does not fit: a code of the catalogue (`finding_…`) and its numbers.

    `key` stays the same while the finding concerns the same place, whatever the figures are;
    a waiver refers to it. `facts` are the facts to look at, the most likely culprit first.
    """

    key: str
    severity: Severity
    facts: tuple[str, ...]
    code: str
    numbers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Passage:
    """A text that the department wrote, and where it stands (`row` counts from 0)."""

    fact: str
    text: str
    row: int = 0
    column: str = ""


@dataclass(frozen=True)
class View:
    """All that a check may look at."""

    standard: Standard
    answers: Mapping[str, Value]

    @cached_property
    def values(self) -> Mapping[str, Value]:
        """The answers as they count."""
        return self.standard.effective(self.answers)

    def figure(self, fact: str) -> Decimal | None:
        """The figure of a fact (money in 元); None while unanswered or on paper."""
        return figure(self.values.get(fact))

    def rows(self, fact: str) -> tuple[Mapping[str, Cell], ...]:
        """The rows of a fact; none while unanswered."""
        value = self.values.get(fact)
        return value.value if isinstance(value, Rows) else ()

    def place(self, fact: str) -> str:
        """How a fact and the question that asks it are called in a sentence."""
        number = self.standard.number_of[self.standard.question_of[fact].id]
        return say("place", {"label": self.standard.facts[fact].label, "number": number})

    def cell(self, fact: str, row: int, column: str) -> str:
        """How a cell is called in a sentence; `row` counts from 0."""
        spec = self.standard.facts[fact]
        number = self.standard.number_of[self.standard.question_of[fact].id]
        numbers = {"label": spec.label, "row": row + 1, "number": number}
        return say("place_cell", {**numbers, "column": spec.columns[column].label})

    def whereabouts(self, passage: Passage) -> str:
        """How the place of a passage is called in a sentence."""
        if passage.column:
            return self.cell(passage.fact, passage.row, passage.column)
        return self.place(passage.fact)

    def passages(self, skip: tuple[str, ...] = ()) -> Iterator[Passage]:
        """All that the department wrote in words, except drafts it took over as they were."""
        return (passage for passage in self._passages if passage.fact not in skip)

    @cached_property
    def _passages(self) -> tuple[Passage, ...]:
        return tuple(self._read())

    def _read(self) -> Iterator[Passage]:
        for fact, spec in self.standard.facts.items():
            answer = self.answers.get(fact)
            if answer is None or self.values.get(fact) is not answer:
                continue
            if isinstance(answer, Text) and answer.value != spec.example:
                yield Passage(fact, answer.value)
            if isinstance(answer, Rows):
                for number, row in enumerate(answer.value):
                    for column, cell in row.items():
                        if isinstance(cell, Text):
                            yield Passage(fact, cell.value, number, column)


class Check(Strict):
    """One check with its parameters, as read from the questionnaire."""

    kind: str

    @abstractmethod
    def needs(self) -> tuple[Need, ...]:
        """The facts that the parameters name."""

    def reads(self, standard: Standard) -> frozenset[str]:
        """The facts whose answers decide what is found."""
        return frozenset(need.fact for need in self.needs())

    @abstractmethod
    def find(self, view: View) -> Iterator[Finding]:
        """What does not fit."""


class TextCheck(Check):
    """A check that reads all that the department wrote in words, except in the facts of `skip`."""

    skip: tuple[str, ...] = ()

    def reads(self, standard: Standard) -> frozenset[str]:
        written = {n for n, fact in standard.facts.items() if fact.type in (Kind.TEXT, Kind.ROWS)}
        return super().reads(standard) - set(self.skip) | written - set(self.skip)


def figure(value: Value | None) -> Decimal | None:
    """The figure of a value (money in 元); None where it has none."""
    match value:
        case Money(yuan=number) | Percent(value=number) | Number(value=number):
            return number
        case Count(value=count):
            return Decimal(count)
    return None


def row_key(row: Mapping[str, Cell], name: str, number: int) -> str:
    """What names a row in a finding's key: by its own name, so that moving it changes nothing."""
    cell = row.get(name)
    words = cell.value if isinstance(cell, Text) and cell.value else str(number)
    return hashlib.sha256(words.encode()).hexdigest()[:10]
