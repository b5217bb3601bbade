"""Answers in, score sheet out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from scoring.rules.base import ZERO, Loss, Operands, Outcome, Points, Remark, Rule, not_applicable
from scoring.sheet import NodeScore, ScoreSheet
from scoring.standard import Standard
from scoring.tree import Indicator, Policy
from scoring.values import NotApplicable, Value, round_points


def score(standard: Standard, answers: Mapping[str, Value]) -> ScoreSheet:
    """The sheet of these answers (fact id → value); what is missing opens the interval.

    The order of the answers makes no difference. Facts that a 有没有 answer folds away count
    with the value that the standard gives them.
    """
    values = standard.effective(answers)
    outcomes: dict[str, Outcome] = {}
    on_paper = standard.on_paper(values)
    known = {fact: value for fact, value in values.items() if fact not in on_paper}
    operands = Operands(known, outcomes, standard.labels, standard.floors)
    for indicator in standard.scoring_order:
        outcomes[indicator.code] = _outcome(indicator, operands, on_paper)
    leaves = {i.code: _leaf(i, outcomes[i.code], values) for i in standard.indicators}
    return add_up(standard, leaves)


def add_up(standard: Standard, leaves: Mapping[str, NodeScore]) -> ScoreSheet:
    """The sheet of these scores of all indicators, by code: their groups and the total."""
    nodes: dict[str, NodeScore] = {}
    tops = [_add_up(node, leaves, nodes) for node in standard.roots]
    total = _sum("", standard.maximum, tops)
    codes = [node.code for node in standard.walk()]
    return ScoreSheet(
        nodes={code: nodes[code] for code in codes},
        groups=tuple(n.code for n in standard.walk() if n.rule is None),
        indicators=tuple(n.code for n in standard.indicators),
        total=total,
    )


def _outcome(indicator: Indicator, operands: Operands, on_paper: frozenset[str]) -> Outcome:
    rule = indicator.rule
    assert rule is not None  # noqa: S101 - the standard gives only third-level nodes here
    given = [operands.values.get(fact) for fact in rule.facts()]
    absent = [value for value in given if isinstance(value, NotApplicable)]
    if absent and not rule.skips_absent():
        return not_applicable(absent[0])
    outcome = rule.evaluate(operands, indicator.max)
    if outcome.state in (Points.OPEN, Points.OFFLINE):
        reach = (outcome.low / indicator.max, outcome.high / indicator.max)
        outcome = replace(outcome, reach=reach)
    if outcome.state is Points.OPEN:
        return _waiting(outcome, rule, operands, on_paper)
    if outcome.state is Points.SCORED and outcome.quotient is None:
        return replace(outcome, quotient=outcome.low / indicator.max)
    return outcome


def _waiting(outcome: Outcome, rule: Rule, operands: Operands, on_paper: frozenset[str]) -> Outcome:
    """An open outcome; when nothing but answers on paper is missing, it is settled on paper."""
    missing = {fact for fact in rule.facts() if fact not in operands.values}
    if not missing or not missing <= on_paper:
        return outcome
    return replace(outcome, state=Points.OFFLINE, remarks=(*outcome.remarks, Remark("offline")))


def _add_up(
    node: Indicator, leaves: Mapping[str, NodeScore], nodes: dict[str, NodeScore]
) -> NodeScore:
    if node.rule is None:
        children = [_add_up(child, leaves, nodes) for child in node.children]
        nodes[node.code] = _sum(node.code, node.max, children)
    else:
        nodes[node.code] = leaves[node.code]
    return nodes[node.code]


def _leaf(node: Indicator, outcome: Outcome, values: Mapping[str, Value]) -> NodeScore:
    facts = node.rule.facts() if node.rule else ()
    missing = tuple(f for f in facts if f not in values) if outcome.state is Points.OPEN else ()
    scored = NodeScore(
        node.code,
        node.max,
        outcome.state,
        round_points(outcome.low),
        round_points(outcome.high),
        outcome.remarks,
        outcome.losses,
        missing,
        so_far=ZERO if _is_untouched(outcome, facts, values) else round_points(outcome.low),
    )
    if outcome.state is not Points.NOT_APPLICABLE:
        return scored
    if node.not_applicable is Policy.ZERO:
        loss = Loss(node.max, "not_applicable_zero")
        return replace(scored, low=ZERO, high=ZERO, losses=(loss,))
    excluded = node.not_applicable is Policy.EXCLUDE
    return replace(scored, low=node.max, high=node.max, so_far=node.max, excluded=excluded)


def _is_untouched(outcome: Outcome, facts: Iterable[str], values: Mapping[str, Value]) -> bool:
    """Whether nothing has been answered yet: points that no answer can take away don't count."""
    return outcome.state is Points.OPEN and not any(fact in values for fact in facts)


def _sum(code: str, maximum: Decimal, children: Sequence[NodeScore]) -> NodeScore:
    """A parent: the sum of its rounded children; excluded ones leave their points to the rest."""
    counted = [child for child in children if not child.excluded]
    if not counted:
        return NodeScore(
            code, maximum, Points.NOT_APPLICABLE, maximum, maximum, excluded=True, so_far=maximum
        )
    base = sum((child.maximum for child in counted), ZERO)
    low = _scaled((child.low for child in counted), maximum, base)
    high = _scaled((child.high for child in counted), maximum, base)
    so_far = _scaled((child.so_far for child in counted), maximum, base)
    return NodeScore(code, maximum, _joint_state(counted), low, high, so_far=so_far)


def _scaled(points: Iterable[Decimal], maximum: Decimal, base: Decimal) -> Decimal:
    total = sum(points, ZERO)
    return total if base == maximum else round_points(total * maximum / base)


def _joint_state(children: Sequence[NodeScore]) -> Points:
    states = {child.state for child in children}
    if states == {Points.NOT_APPLICABLE}:
        return Points.NOT_APPLICABLE
    for state in (Points.OPEN, Points.OFFLINE):
        if state in states:
            return state
    return Points.SCORED
