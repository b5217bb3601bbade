"""What of a form is open again when single indicators come back.

A target is the code of an indicator or of a group above it, or `#` and the id of a question that
feeds no indicator, "" for the whole form.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache

from jinja2 import nodes
from jinja2.sandbox import SandboxedEnvironment

from scoring.by_content import ByContent
from scoring.checks import Severity
from scoring.engine import findings
from scoring.losses import cause_of, improvement_of
from scoring.outline import Block
from scoring.questionnaire import Question
from scoring.standard import Standard
from scoring.tree import Indicator
from scoring.values import Value

WHOLE = ""
QUESTION = "#"


def facts_of(standard: Standard, target: str) -> tuple[str, ...]:
    """The facts that a target opens, in the order of the questionnaire: what the rules read (of
    carried indicators too), what decides whether that is asked, what the report says about it,
    and the texts about lost points. Raises KeyError for an unknown target."""
    return _facts_of(ByContent(standard), target)


@cache
def _facts_of(key: ByContent, target: str) -> tuple[str, ...]:
    standard = key.standard
    if target == WHOLE:
        return tuple(standard.facts)
    if target.startswith(QUESTION):
        return question_of(standard, target).facts
    found: set[str] = set()
    for leaf in _leaves(standard.nodes[target]):
        read = {fact for fact, codes in standard.feeds.items() if leaf.code in codes}
        gates = {c.fact for fact in read for c in standard.facts[fact].when if c.fact}
        found |= read | gates | _described(standard, leaf.code)
        found |= {cause_of(leaf.code), improvement_of(leaf.code)}
    return tuple(fact for fact in standard.facts if fact in found)


def question_of(standard: Standard, target: str) -> Question:
    """The question of a target that begins with `#`. Raises KeyError."""
    wanted = target.removeprefix(QUESTION)
    for question in standard.questions:
        if question.id == wanted:
            return question
    raise KeyError(target)


def questions_of(standard: Standard, target: str) -> tuple[Question, ...]:
    """The questions that ask what a target opens, in their order."""
    facts = set(facts_of(standard, target))
    return tuple(q for q in standard.questions if facts & set(q.facts))


def open_facts(
    standard: Standard,
    targets: Collection[str],
    answers: Mapping[str, Value],
    changed: Collection[str],
) -> frozenset[str]:
    """The facts that may be answered when only these targets came back: theirs, those that have
    no answer, those of the cover, those `changed` since with what hangs on them, and those of
    figures that contradict each other now, or nobody could mend them."""
    found = {fact for target in targets for fact in facts_of(standard, target)}
    found |= {fact for fact in standard.facts if fact not in answers}
    found |= {name for name, fact in standard.facts.items() if getattr(fact, "cover", False)}
    found |= set(changed) | _hanging_on(standard, set(changed))
    for finding in findings(standard, answers):
        found |= set(finding.facts) if finding.severity is Severity.BLOCKER else set()
    return frozenset(found)


def _hanging_on(standard: Standard, changed: set[str]) -> set[str]:
    """The facts whose conditions look at changed ones, directly or through others."""
    found: set[str] = set()
    reach = set(changed)
    while reach:
        moved = {code for fact in reach for code in standard.feeds[fact]}
        more = {
            name
            for name, fact in standard.facts.items()
            if any(c.fact in reach or c.lost in moved for c in fact.when)
        }
        reach = more - found
        found |= more
    return found


def _leaves(node: Indicator) -> list[Indicator]:
    if node.rule is not None:
        return [node]
    return [leaf for child in node.children for leaf in _leaves(child)]


def _described(standard: Standard, code: str) -> set[str]:
    """The facts that the report's analysis of an indicator names."""
    blocks = standard.outline.analysis.get(code, ())
    return {name for block in blocks for each in block.walk() for name in _names(each, standard)}


def _names(block: Block, standard: Standard) -> set[str]:
    """The facts that a block shows or speaks of."""
    environment = SandboxedEnvironment()
    named = {block.each, block.table}
    for sentence in (*block.text, block.title, block.empty):
        named |= {node.name for node in environment.parse(sentence).find_all(nodes.Name)}
    return named & set(standard.facts)
