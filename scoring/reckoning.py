"""Answers that know what follows from them.

What the answers of a form make of its score, and what contradicts itself, is asked for many times
in a turn, and most of it stays as it is when one answer changes. Here it is worked out once, and
after a change only where the change reaches.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, cast

from scoring.checks.base import Finding, Severity, View
from scoring.conditions import applies
from scoring.outcomes import add_up, leaf_of, outcomes_of
from scoring.rules.base import Outcome
from scoring.sheet import ScoreSheet
from scoring.values import Value

if TYPE_CHECKING:
    from scoring.standard import Standard

_Made = TypeVar("_Made")
_ORDER = tuple(Severity)


class Reckoned(dict[str, Value]):
    """The answers of one form (fact id → value), which don't change any more, with all that
    follows from them, each worked out when it is first wanted.

    `after` gives the answers with some changed. What is the same there is the very same object,
    so that `is` tells cheaply what a change did.
    """

    def __init__(
        self, standard: Standard, answers: Mapping[str, Value], before: Reckoned | None = None
    ) -> None:
        super().__init__(answers)
        self.standard = standard
        self._before = before
        self._notes: dict[Callable[..., Any], Any] = {}
        self._latest: tuple[Mapping[str, Value | None], Reckoned | None] = ({}, None)

    def after(self, changes: Mapping[str, Value | None]) -> Reckoned:
        """The answers with these changes; None takes an answer back."""
        known, latest = self._latest
        if latest is not None and known == changes:
            return latest  # what a turn has just looked at, read back from where it is stored
        self._settle()
        answers = {**self, **changes}
        kept = {name: value for name, value in answers.items() if value is not None}
        made = Reckoned(self.standard, kept, self)
        self._latest = (dict(changes), made)
        return made

    def once(self, make: Callable[[Reckoned, _Made | None], _Made]) -> _Made:
        """What `make` works out of these answers, worked out once; it is handed what it made of
        the answers before, where that is known."""
        if make not in self._notes:
            before = self._before
            self._notes[make] = make(self, before._notes.get(make) if before else None)
        return cast(_Made, self._notes[make])

    @property
    def before(self) -> Reckoned | None:
        """The answers that these were made from, for as long as they are kept."""
        return self._before

    @cached_property
    def changed(self) -> frozenset[str]:
        """The facts whose answers are other ones than before; all, where nothing is known of it."""
        before = self._before
        return frozenset(self) if before is None else _differing(before, self)

    @cached_property
    def effective(self) -> Mapping[str, Value]:
        """The answers as they count."""
        before = self._before
        if before is None:
            return self.standard.effective(dict(self))
        values, moved = dict(before.effective), set(self.changed)
        for name in self.standard.resolution_order:
            if name in moved:
                value = self.standard.counting(name, self, values)
                if value is not values.get(name):
                    moved.update(self.standard.hanging.get(name, ()))
                values.pop(name, None)
                if value is not None:
                    values[name] = value
        return {n: values[n] for n in self.standard.resolution_order if n in values}

    @cached_property
    def moved(self) -> frozenset[str]:
        """The facts that count otherwise than before."""
        before = self._before
        if before is None:
            return frozenset(self.effective)
        return _differing(before.effective, self.effective)

    @cached_property
    def sheet(self) -> ScoreSheet:
        """What the answers score."""
        return self._scored[1]

    @cached_property
    def _scored(self) -> tuple[Mapping[str, Outcome], ScoreSheet]:
        standard, values, before = self.standard, self.effective, self._before
        if before is None or before._on_paper != self._on_paper:
            outcomes = outcomes_of(standard, values, self._on_paper)
            leaves = {i.code: leaf_of(i, outcomes[i.code], values) for i in standard.indicators}
            return outcomes, add_up(standard, leaves)
        known, sheet = before._scored
        touched = {code for fact in self.moved for code in standard.feeds.get(fact, ())}
        outcomes = outcomes_of(standard, values, self._on_paper, known, touched)
        nodes = standard.nodes
        fresh = {code: leaf_of(nodes[code], outcomes[code], values) for code in touched}
        return outcomes, add_up(standard, {**sheet.nodes, **fresh}, sheet)

    @cached_property
    def _on_paper(self) -> frozenset[str]:
        return self.standard.on_paper(self.effective)

    @property
    def applying(self) -> Mapping[str, bool | None]:
        """For every fact whether it is asked at all; None while that is not known."""
        return self._applying[0]

    @property
    def reapplied(self) -> frozenset[str]:
        """The facts of which that is no longer what it was before."""
        return self._applying[1]

    @cached_property
    def _applying(self) -> tuple[Mapping[str, bool | None], frozenset[str]]:
        facts, values, sheet = self.standard.facts, self.effective, self.sheet
        before = self._before
        if before is None:
            every = {name: applies(fact, values, facts, sheet) for name, fact in facts.items()}
            return every, frozenset(every)
        lossy = set(sheet.lossy()) ^ set(before.sheet.lossy())
        reached = {
            name for on in (*self.moved, *lossy) for name in self.standard.hanging.get(on, ())
        }
        fresh = {name: applies(facts[name], values, facts, sheet) for name in reached}
        known = before.applying
        return {**known, **fresh}, frozenset(n for n in fresh if fresh[n] is not known[n])

    @cached_property
    def found(self) -> tuple[tuple[Finding, ...], ...]:
        """What each check of the standard finds, in their order."""
        view, before = View(self.standard, self), self._before
        checks = self.standard.checks
        if before is None:
            return tuple(tuple(check.find(view)) for check in checks)
        changed = self.changed | self.moved
        return tuple(
            known if changed.isdisjoint(reads) else tuple(check.find(view))
            for check, reads, known in zip(
                checks, self.standard.read_by_checks, before.found, strict=True
            )
        )

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """All that contradicts itself or is very likely wrong, the gravest first."""
        every = [finding for found in self.found for finding in found]
        return tuple(sorted(every, key=lambda finding: _ORDER.index(finding.severity)))

    def _settle(self) -> None:
        """Works out all that the answers after these will lean on, and lets go of those before."""
        _ = self.found, self.applying
        self._before = None

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("reckoned answers don't change: take after(…)")

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse


def reckoned(standard: Standard, answers: Mapping[str, Value]) -> Reckoned:
    """The answers with all that follows from them; the same ones, if they are that already."""
    if isinstance(answers, Reckoned) and answers.standard is standard:
        return answers
    return Reckoned(standard, answers)


def _differing(before: Mapping[str, Value], after: Mapping[str, Value]) -> frozenset[str]:
    return frozenset(n for n in {**before, **after} if before.get(n) is not after.get(n))
