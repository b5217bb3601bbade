"""Conditions: yes, no, or not known yet."""

from collections.abc import Mapping
from decimal import Decimal

import pytest

from scoring.conditions import applies, holds
from scoring.engine import score
from scoring.questionnaire import Condition, Fact
from scoring.standard import Standard
from scoring.values import Count, Letters, Money, NotApplicable, Offline, Value, YesNo

YES = {"fact": "g", "equals": True}
ABOVE = {"fact": "g", "above": 5}
BELOW = {"fact": "g", "below": 5}
GAPS = {"fact": "g", "below_full": True}
FACTS = {
    "g": Fact.model_validate(
        {"label": "g", "type": "checklist", "options": {"A": {"label": "a"}, "B": {"label": "b"}}}
    )
}


@pytest.mark.parametrize(
    ("condition", "value", "expected"),
    [
        (YES, None, None),
        (YES, YesNo(True), True),
        (YES, YesNo(False), False),
        (YES, NotApplicable("x"), False),
        (YES, Offline(), None),
        (ABOVE, Count(5), False),
        (ABOVE, Count(6), True),
        (ABOVE, Money(Decimal("5.01")), True),
        (BELOW, Count(5), False),
        (BELOW, Count(4), True),
        (GAPS, Letters(("A",)), True),
        (GAPS, Letters(("A", "B")), False),
    ],
)
def test_holds(condition: dict[str, object], value: Value | None, expected: bool | None) -> None:
    values = {} if value is None else {"g": value}
    assert holds(Condition.model_validate(condition), values, FACTS) is expected


def test_lost_points_need_the_sheet(standard: Standard, reference: Mapping[str, Value]) -> None:
    fact = standard.facts["lost_a1_3_cause"]
    values = standard.effective(reference)
    assert applies(fact, values, standard.facts) is None
    assert applies(fact, values, standard.facts, score(standard, reference)) is True
    other = standard.facts["lost_a1_1_cause"]
    assert applies(other, values, standard.facts, score(standard, reference)) is False


def test_folded_answers_count_for_nothing(
    standard: Standard, reference: Mapping[str, Value]
) -> None:
    answers = {**reference, "has_procurement": YesNo(False)}
    assert isinstance(standard.effective(answers)["procurement_plan"], NotApplicable)


def test_what_hangs_on_paper_is_on_paper(standard: Standard) -> None:
    values = standard.effective({"compliance_findings": Offline()})
    assert standard.on_paper(values) == {"compliance_findings", "compliance_kinds"}


def test_facts_feed_indicators(standard: Standard) -> None:
    assert standard.feeds["special_funds"] == ("B4-1", "C2-3", "C1-1")
    assert standard.feeds["income_general"] == ("B1-1",)
    assert standard.feeds["duties"] == ()
