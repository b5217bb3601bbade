"""A standard (评分标准): tree, questionnaire and outline, loaded from a folder and checked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from scoring.checks.base import Check
from scoring.conditions import applies
from scoring.outline import Outline
from scoring.plain import read_value
from scoring.questionnaire import Fact, Kind, Question, Questionnaire, Section
from scoring.reckoning import Reckoned
from scoring.tree import Grades, Indicator
from scoring.values import Offline, Value


@dataclass(frozen=True)
class Standard:
    """A checked standard, made by `scoring.loading`; `text` is all that it was made from."""

    id: str
    name: str
    issuer: str
    year: int
    maximum: Decimal
    roots: tuple[Indicator, ...]
    grades: Grades
    questionnaire: Questionnaire
    outline: Outline
    text: str
    checks: tuple[Check, ...] = ()

    @cached_property
    def hash(self) -> str:
        """The content hash under which a cycle keeps this standard."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def walk(self) -> Iterator[Indicator]:
        """All nodes, parents before children, in the order of the tree."""

        def below(node: Indicator) -> Iterator[Indicator]:
            yield node
            for child in node.children:
                yield from below(child)

        for root in self.roots:
            yield from below(root)

    @cached_property
    def nodes(self) -> Mapping[str, Indicator]:
        return {node.code: node for node in self.walk()}

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """The third-level indicators, those with a rule."""
        return tuple(node for node in self.walk() if node.rule is not None)

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """The codes of the nodes that have no rule of their own."""
        return tuple(node.code for node in self.walk() if node.rule is None)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The codes of the indicators."""
        return tuple(node.code for node in self.indicators)

    @cached_property
    def scoring_order(self) -> tuple[Indicator, ...]:
        """The indicators, those that others carry from first; a round of carrying is left out."""
        waiting, ordered, done = list(self.indicators), list[Indicator](), set[str]()
        while waiting:
            ready = [i for i in waiting if i.rule and set(i.rule.carries()) <= done]
            if not ready:
                break
            ordered += ready
            done |= {i.code for i in ready}
            waiting = [i for i in waiting if i.code not in done]
        return tuple(ordered)

    @property
    def facts(self) -> Mapping[str, Fact]:
        return self.questionnaire.facts

    @property
    def questions(self) -> tuple[Question, ...]:
        return self.questionnaire.questions

    @cached_property
    def question_of(self) -> Mapping[str, Question]:
        """The question that asks each fact."""
        return {fact: question for question in self.questions for fact in question.facts}

    @cached_property
    def number_of(self) -> Mapping[str, int]:
        """The fixed number of each question, from 1, by question id."""
        return {question.id: n for n, question in enumerate(self.questions, start=1)}

    @cached_property
    def sections(self) -> Mapping[str, Section]:
        return {section.id: section for section in self.questionnaire.sections}

    @cached_property
    def feeds(self) -> Mapping[str, tuple[str, ...]]:
        """The codes of the indicators that read each fact, carried ones included."""
        found: dict[str, list[str]] = {fact: [] for fact in self.facts}
        for indicator in self.scoring_order:
            assert indicator.rule is not None  # noqa: S101 - by construction
            read = set(indicator.rule.facts())
            for fact, codes in found.items():
                if fact in read or set(indicator.rule.carries()) & set(codes):
                    codes.append(indicator.code)
        return {fact: tuple(codes) for fact, codes in found.items()}

    @cached_property
    def labels(self) -> Mapping[str, Mapping[str, str]]:
        """The option labels of each checklist."""
        return {
            name: {letter: option.label for letter, option in fact.options.items()}
            for name, fact in self.facts.items()
            if fact.options
        }

    @cached_property
    def floors(self) -> Mapping[str, Decimal]:
        """The smallest figure of each fact that has one (money in 元); a count is never below 0."""
        least = {n: Decimal(0) for n, fact in self.facts.items() if fact.type is Kind.COUNT}
        return least | {n: fact.min for n, fact in self.facts.items() if fact.min is not None}

    def effective(self, answers: Mapping[str, Value]) -> Mapping[str, Value]:
        """The answers as they count: what does not apply has the standard's own value for it.

        A fact whose conditions surely fail takes its `otherwise` value, whatever was answered.
        """
        if isinstance(answers, Reckoned) and answers.standard is self:
            return answers.effective
        values: dict[str, Value] = {}
        for name in self.resolution_order:
            value = self.counting(name, answers, values)
            if value is not None:
                values[name] = value
        return values

    def counting(
        self, name: str, answers: Mapping[str, Value], values: Mapping[str, Value]
    ) -> Value | None:
        """What counts for a fact, given the effective values of those that it hangs on."""
        fact = self.facts[name]
        if fact.when and applies(fact, values, self.facts) is False:
            return self._otherwise.get(name)
        return answers.get(name)

    def on_paper(self, values: Mapping[str, Value]) -> frozenset[str]:
        """Facts that are handed in on paper, and those unanswered because they hang on one."""
        found: set[str] = {name for name, value in values.items() if isinstance(value, Offline)}
        for name in self.resolution_order if found else ():
            hangs = any(condition.fact in found for condition in self.facts[name].when)
            if hangs and name not in values:
                found.add(name)
        return frozenset(found)

    @cached_property
    def read_by_checks(self) -> tuple[frozenset[str], ...]:
        """The facts that each check reads, in the order of the checks."""
        return tuple(check.reads(self) for check in self.checks)

    @cached_property
    def hanging(self) -> Mapping[str, tuple[str, ...]]:
        """The facts with a condition on a fact, by that fact; on lost points, by indicator."""
        found: dict[str, dict[str, None]] = {}
        for name, fact in self.facts.items():
            for condition in fact.when:
                found.setdefault(condition.lost or condition.fact, {})[name] = None
        return {on: tuple(names) for on, names in found.items()}

    @cached_property
    def behind(self) -> Mapping[str, tuple[str, ...]]:
        """The facts that are asked only where a yes/no fact is yes, by that fact."""
        found: dict[str, tuple[str, ...]] = {}
        for name, fact in self.facts.items():
            for gate in dict.fromkeys(c.fact for c in fact.when if c.equals is True):
                found[gate] = (*found.get(gate, ()), name)
        return found

    @cached_property
    def _otherwise(self) -> Mapping[str, Value]:
        return {
            name: read_value(fact.model_copy(update={"na": True, "min": None}), fact.otherwise)
            for name, fact in self.facts.items()
            if fact.otherwise is not None
        }

    @cached_property
    def resolution_order(self) -> tuple[str, ...]:
        """Facts in an order in which conditions come before what hangs on them."""
        order: dict[str, None] = {}

        def place(name: str, above: frozenset[str]) -> None:
            for condition in self.facts[name].when:
                # An unknown fact or a round of conditions is a problem that the check reports.
                if condition.fact in self.facts and condition.fact not in (*order, *above, name):
                    place(condition.fact, above | {name})
            order[name] = None

        for name in self.facts:
            if name not in order:
                place(name, frozenset())
        return tuple(order)
