"""What the rules make of the answers: an outcome for each indicator, and their sums up the tree."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from scoring.rules.base import ZERO, Loss, Operands, Outcome, Points, Remark, Rule, not_applicable
from scoring.sheet import NodeScore, ScoreSheet
from scoring.tree import Indicator, Policy
from scoring.values import NotApplicable, Value, round_points

if TYPE_CHECKING:
    from scoring.standard import Standard


def outcomes_of(
    standard: Standard,
    values: Mapping[str, Value],
    on_paper: frozenset[str],
    known: Mapping[str, Outcome] | None = None,
    touched: Collection[str] = (),
) -> dict[str, Outcome]:
    """The outcome of each indicator, by code, for these effective values. Where they are `known`
    from before, only those in `touched` are worked out anew."""
    outcomes: dict[str, Outcome] = dict(known or {})
    given = {fact: value for fact, value in values.items() if fact not in on_paper}
    operands = Operands(given, outcomes, standard.labels, standard.floors)
    for indicator in standard.scoring_order:
        if known is None or indicator.code in touched:
            outcomes[indicator.code] = _outcome(indicator, operands, on_paper)
    return outcomes


def leaf_of(node: Indicator, outcome: Outcome, values: Mapping[str, Value]) -> NodeScore:
    """The score of an indicator, as its outcome and what the standard does with 不适用 make it."""
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


def add_up(
    standard: Standard, leaves: Mapping[str, NodeScore], before: ScoreSheet | None = None
) -> ScoreSheet:
    """The sheet of these scores of all indicators, by code: their groups and the total. A node
    that says the same as on the sheet `before` is the very one that stands there."""
    nodes: dict[str, NodeScore] = {}
    tops = [_add_up(node, leaves, nodes, before) for node in standard.roots]
    same = before and all(nodes[root.code] is before.nodes[root.code] for root in standard.roots)
    total = before.total if before and same else _sum("", standard.maximum, tops)
    order = standard.nodes
    return ScoreSheet(
        nodes={code: nodes[code] for code in order},
        groups=standard.groups,
        indicators=standard.codes,
        total=total,
    )


def _add_up(
    node: Indicator,
    leaves: Mapping[str, NodeScore],
    nodes: dict[str, NodeScore],
    before: ScoreSheet | None,
) -> NodeScore:
    known = before.nodes[node.code] if before else None
    if node.rule is not None:
        made = leaves[node.code]
        nodes[node.code] = known if known is not None and made == known else made
        return nodes[node.code]
    children = [_add_up(child, leaves, nodes, before) for child in node.children]
    if before and known and all(child is before.nodes[child.code] for child in children):
        nodes[node.code] = known
    else:
        nodes[node.code] = _sum(node.code, node.max, children)
    return nodes[node.code]


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
