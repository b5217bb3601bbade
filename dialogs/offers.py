"""Values that are offered beforehand, to be confirmed instead of typed."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.agenda import Item
from dialogs.case import Case
from scoring.losses import cause_of, improvement_of
from scoring.values import Text, Value


def offers(item: Item, case: Case) -> Mapping[str, Value]:
    """What can be offered for the facts of an item: what is known already, or a draft."""
    drafts = _loss_drafts(case)
    known = {**drafts, **case.offered}
    return {name: known[name] for name in item.facts if name in known}


def _loss_drafts(case: Case) -> dict[str, Value]:
    """A cause and an improvement for every indicator, as the standard drafts them."""
    drafts: dict[str, Value] = {}
    for indicator in case.standard.indicators:
        if indicator.draft:
            drafts[cause_of(indicator.code)] = Text(indicator.draft.cause)
            drafts[improvement_of(indicator.code)] = Text(indicator.draft.improvement)
    return drafts
