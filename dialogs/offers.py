"""Values that are offered beforehand, to be confirmed instead of typed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import lru_cache

from dialogs.agenda import Item
from dialogs.case import Case, Offer
from dialogs.effects import RecordAnswer, TakeOver
from dialogs.hands.held import is_colleague, mine
from dialogs.wording import join, say
from scoring.by_content import ByContent
from scoring.losses import cause_of, improvement_of
from scoring.questionnaire import Kind, Known
from scoring.sameness import same
from scoring.values import Day, Text, Value

EARLIER = "earlier"
"""The source of an old answer that a change of another one made doubtful."""
_EARLIER_WORDS = {
    "offered_value": "offered_value_earlier",
    "offered_text": "offered_text_earlier",
    "offered_rows": "offered_rows_earlier",
    "offered_yesno": "offered_yesno_earlier",
    "together_title": "together_title_earlier",
    "together_taken": "together_taken_earlier",
}
_MOST_PLACES = 3
_FIGURES = (Kind.MONEY, Kind.PERCENT, Kind.NUMBER, Kind.COUNT, Kind.DATE)


def offers(item: Item, case: Case, today: date) -> Mapping[str, Value]:
    """What can be offered for the facts of an item: what is known already, what was brought
    from a file, or a draft. Columns of a table are never offered by themselves."""
    if item.columns:
        return {}
    drafts = _loss_drafts(ByContent(case.standard))
    found: dict[str, Value] = {}
    for name in item.facts:
        known = case.standard.facts[name].known
        if known is not None:
            found[name] = _known(known, case, today)
        elif name in case.offers:
            found[name] = case.offers[name].value
        elif name in drafts:
            found[name] = drafts[name]
    return found


def brought(item: Item, case: Case) -> Mapping[str, Offer]:
    """Those of an item's facts for which a value was brought from a file and waits."""
    if item.columns:
        return {}
    known = {name for name in item.facts if case.standard.facts[name].known is not None}
    return {n: case.offers[n] for n in item.facts if n in case.offers and n not in known}


def whole_offer(item: Item, case: Case, today: date) -> Mapping[str, Value]:
    """The values by which the whole item can be answered at once, some of them brought from a
    file; empty where something required is missing."""
    if not brought(item, case):
        return {}
    offered = offers(item, case, today)
    facts = case.standard.facts
    missing = [n for n in item.facts if n not in offered and not facts[n].optional]
    return {} if missing else offered


def is_doubtful(item: Item, case: Case) -> bool:
    """Whether something brought for the item wants a look of its own: it was read with a doubt,
    or words of a report differ from those of last year."""
    return any(
        not offer.certain or _has_changed(name, offer, case)
        for name, offer in brought(item, case).items()
    )


def _has_changed(name: str, offer: Offer, case: Case) -> bool:
    if offer.source != "report" or case.standard.facts[name].type in _FIGURES:
        return False  # a figure of another year is always another one
    before = case.last_year.get(name)
    return before is not None and not same(before, offer.value)


def places(item: Item, case: Case) -> str:
    """Where the brought values of an item stood, each place once; the first of many."""
    found = list(dict.fromkeys(place_of(o) for o in brought(item, case).values()))
    if len(found) <= _MOST_PLACES:
        return join(found)
    return say("offer_places_more", places=join(found[:_MOST_PLACES]), count=len(found))


def place_of(offer: Offer) -> str:
    """Where a value stood, as people say it."""
    return say(f"offer_from_{offer.source}", place=offer.place).strip()


def words_for(code: str, found: Iterable[Offer]) -> str:
    """The sentence that shows offers: old answers of this form were not brought from anywhere."""
    found = tuple(found)
    is_old = bool(found) and all(offer.source == EARLIER for offer in found)
    return _EARLIER_WORDS[code] if is_old else code


def recorded(
    case: Case, values: Mapping[str, Value], raw: str, agreed: Collection[str] = ()
) -> RecordAnswer:
    """The effect that keeps values; of the facts in `agreed`, those that were brought from a file
    are taken over."""
    taken = {
        name: place_of(case.offers[name])
        for name in agreed
        if name in case.offers and values.get(name) == case.offers[name].value
    }
    return TakeOver(values, raw, taken) if taken else RecordAnswer(values, raw)


def _known(known: Known, case: Case, today: date) -> Value:
    match known:
        case Known.DEPARTMENT:
            return Text(case.form.department)
        case Known.CONTACT:
            # Who only helps with some questions doesn't fill in the form.
            givers = [hand.giver.name for hand in mine(case)] if is_colleague(case) else []
            return Text(next(iter(givers), case.person.name))
    return Day(today)


@lru_cache(maxsize=16)
def _loss_drafts(known: ByContent) -> Mapping[str, Value]:
    """A cause and an improvement for every indicator, as the standard drafts them."""
    drafts: dict[str, Value] = {}
    for indicator in known.standard.indicators:
        if indicator.draft:
            drafts[cause_of(indicator.code)] = Text(indicator.draft.cause)
            drafts[improvement_of(indicator.code)] = Text(indicator.draft.improvement)
    return drafts
