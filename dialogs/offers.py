"""Values that are offered beforehand, to be confirmed instead of typed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from dialogs.agenda import Item
from dialogs.case import Case
from scoring.losses import cause_of, improvement_of
from scoring.questionnaire import Known
from scoring.values import Day, Text, Value


def offers(item: Item, case: Case, today: date) -> Mapping[str, Value]:
    """What can be offered for the facts of an item: what is known already, or a draft."""
    drafts = _loss_drafts(case)
    found: dict[str, Value] = {}
    for name in item.facts:
        known = case.standard.facts[name].known
        if known is not None:
            found[name] = _known(known, case, today)
        elif name in drafts:
            found[name] = drafts[name]
    return found


def _known(known: Known, case: Case, today: date) -> Value:
    match known:
        case Known.DEPARTMENT:
            return Text(case.form.department)
        case Known.CONTACT:
            return Text(case.person.name)
    return Day(today)


def _loss_drafts(case: Case) -> dict[str, Value]:
    """A cause and an improvement for every indicator, as the standard drafts them."""
    drafts: dict[str, Value] = {}
    for indicator in case.standard.indicators:
        if indicator.draft:
            drafts[cause_of(indicator.code)] = Text(indicator.draft.cause)
            drafts[improvement_of(indicator.code)] = Text(indicator.draft.improvement)
    return drafts
