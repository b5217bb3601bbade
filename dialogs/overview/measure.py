"""What the answers of one form amount to: how far each section is, the score, what is at risk."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from dialogs.agenda import matters
from scoring.checks import Finding
from scoring.reckoning import reckoned
from scoring.rules.base import ZERO
from scoring.standard import Standard
from scoring.tree import Indicator
from scoring.unproved import unproved
from scoring.values import Value
from scoring.waiving import blockers
from scoring.wording import explain_finding


@dataclass(frozen=True)
class SectionDone:
    """How far a section is, in questions; a `total` of 0 means that it does not apply. `open` are
    the ids of the questions that are still to be answered, `blocked` says that a contradiction
    touches it."""

    id: str
    name: str
    done: int
    total: int
    open: tuple[str, ...] = ()
    blocked: bool = False


@dataclass(frozen=True)
class Measure:
    """One form measured. `blockers` are contradictions that nobody let pass, in words, and
    `unproved` the indicators with points that no material supports, worth `unproved_points`."""

    sections: tuple[SectionDone, ...]
    so_far: Decimal
    high: Decimal
    blockers: tuple[str, ...] = ()
    unproved: tuple[str, ...] = ()
    unproved_points: Decimal = ZERO

    @property
    def done(self) -> int:
        return sum(section.done for section in self.sections)

    @property
    def total(self) -> int:
        return sum(section.total for section in self.sections)

    @property
    def percent(self) -> int:
        """The part that is done, 0–100, rounded down: 100 means that nothing is open."""
        return self.done * 100 // self.total if self.total else 0


def measure(
    standard: Standard,
    answers: Mapping[str, Value],
    waived: Mapping[str, str],
    evidence: Collection[str],
) -> Measure:
    """Measures a form. `waived` maps keys of findings to the figures for which they were let pass,
    `evidence` has the ids of the items that have a file."""
    known = reckoned(standard, answers)
    sheet = known.sheet
    found = blockers(known.findings, waived)
    lacking = unproved(standard, sheet, evidence)
    return Measure(
        sections=sections(standard, known, found),
        so_far=sheet.total.so_far,
        high=sheet.total.high,
        blockers=tuple(explain_finding(each) for each in found),
        unproved=tuple(_called(each) for each in lacking),
        unproved_points=sum((sheet[each.code].low for each in lacking), ZERO),
    )


def sections(
    standard: Standard,
    answers: Mapping[str, Value],
    found: Collection[Finding] = (),
) -> tuple[SectionDone, ...]:
    """How far each section is, in the order of the questionnaire; what may yet turn out not to
    apply counts as open."""
    far = matters(standard, answers)
    done: dict[str, int] = dict.fromkeys(standard.sections, 0)
    open_: dict[str, list[str]] = {name: [] for name in standard.sections}
    for question in standard.questions:
        if not far[question.id].stands:
            continue
        if far[question.id].done:
            done[question.section] += 1
        else:
            open_[question.section].append(question.id)
    touched = {standard.question_of[fact].section for each in found for fact in each.facts}
    return tuple(
        SectionDone(
            id=name,
            name=section.name,
            done=done[name],
            total=done[name] + len(open_[name]),
            open=tuple(open_[name]),
            blocked=name in touched,
        )
        for name, section in standard.sections.items()
    )


def _called(indicator: Indicator) -> str:
    return f"{indicator.code} {indicator.name}"
