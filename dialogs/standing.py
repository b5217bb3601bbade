"""How far a form is in one line, with the offices that still have to supply something."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.talk import Talk
from dialogs.wording import join, say
from scoring.remaining import Remaining, remaining
from scoring.standard import Standard
from scoring.values import Value


def standing_line(talk: Talk) -> str:
    """已完成60%，剩31项，要问5个股室：财务8项、采购3项…"""
    return told(remaining(talk.case.standard, talk.answers))


def told(left: Remaining) -> str:
    """The same for a form whose remaining facts are counted already."""
    if not left.open:
        return say("standing_done")
    numbers = {"percent": left.percent, "left": len(left.open)}
    if not left.offices:
        return say("standing_alone", **numbers)
    named = [say("standing_office", office=o, count=n) for o, n in left.offices.items()]
    return say("standing", offices=len(left.offices), named=join(named), **numbers)


def office_keys(standard: Standard) -> Mapping[str, str]:
    """The offices of a standard by the short keys under which buttons name them."""
    names = dict.fromkeys(f.keeper for f in standard.facts.values() if f.keeper)
    return {f"office{number}": name for number, name in enumerate(names, start=1)}


def last_year_values(talk: Talk, facts: tuple[str, ...]) -> Mapping[str, Value]:
    """What is known of last year for these facts: our own answers first, then what was brought."""
    found: dict[str, Value] = {}
    for name in facts:
        offer = talk.case.offers.get(name)
        if name in talk.case.last_year:
            found[name] = talk.case.last_year[name]
        elif offer is not None and offer.source in ("last_year", "report"):
            found[name] = offer.value
    return found
