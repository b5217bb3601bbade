"""Whether a condition holds: yes, no, or not known yet."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from scoring.questionnaire import Condition, Fact
from scoring.sheet import ScoreSheet
from scoring.values import (
    Count,
    Letters,
    Money,
    NotApplicable,
    Number,
    Offline,
    Percent,
    Value,
    YesNo,
)


def holds(
    condition: Condition,
    values: Mapping[str, Value],
    facts: Mapping[str, Fact],
    sheet: ScoreSheet | None = None,
) -> bool | None:
    """Whether the condition holds for these effective values; None while it is not known.

    A fact that does not apply fails every test on it; one that is handed in on paper decides
    nothing. Conditions on lost points need the sheet.
    """
    if condition.lost:
        return None if sheet is None else condition.lost in sheet.lossy()
    value = values.get(condition.fact)
    match value:
        case None | Offline():
            return None
        case NotApplicable():
            return False
        case YesNo(value=answer) if condition.equals is not None:
            return answer is condition.equals
        case Letters(value=letters) if condition.below_full is not None:
            return (len(letters) < len(facts[condition.fact].options)) is condition.below_full
        case Letters(value=letters) if condition.above is not None:
            return len(letters) > condition.above
        case Money(yuan=number) | Percent(value=number) | Number(value=number):
            return _compares(condition, number)
        case Count(value=count):
            return _compares(condition, Decimal(count))
    return False


def _compares(condition: Condition, number: Decimal) -> bool:
    if condition.above is not None:
        return number > condition.above
    return condition.below is not None and number < condition.below


def applies(
    fact: Fact,
    values: Mapping[str, Value],
    facts: Mapping[str, Fact],
    sheet: ScoreSheet | None = None,
) -> bool | None:
    """Whether a fact is to be asked at all; None while an answer it hangs on is missing."""
    known: bool | None = True
    for condition in fact.when:
        result = holds(condition, values, facts, sheet)
        if result is False:
            return False
        known = known and result
    return known
