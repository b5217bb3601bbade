"""What finance wants an indicator to have, read from words and checked before it is asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from dialogs.case import Waiting
from dialogs.desks.review_list import reckoned
from dialogs.naming import target_name
from dialogs.understand.returning import Mention
from dialogs.understand.reviewing import Mark, read_mark
from dialogs.wording import say
from scoring.reviewing import FINE, OVER, fault_of, own_points
from scoring.values import decimal_text

OWN = "own"


@dataclass(frozen=True)
class Entry:
    """What an indicator is to have: points as text, OWN for the department's, "" if not said."""

    code: str
    points: str = ""
    reason: str = ""


def entry_of(found: Waiting, mention: Mention) -> Entry:
    entry = Entry(mention.target or f"?{mention.said}")
    node = found.standard.nodes.get(mention.target)
    if node is None or node.rule is None or not mention.words:
        return entry
    return marked(entry, read_mark(mention.words), found)


def marked(entry: Entry, mark: Mark, found: Waiting) -> Entry:
    """An entry with what was said of its points; `!` begins what can't be taken."""
    node = found.standard.nodes[entry.code]
    own = own_points(reckoned(found).own[entry.code])
    reason = mark.reason or entry.reason
    if mark.unclear:
        return replace(entry, points=f"!{mark.unclear}", reason=reason)
    if mark.own:
        return replace(entry, points=OWN, reason=reason)
    if mark.full:
        return replace(entry, points=decimal_text(node.max), reason=reason)
    if mark.off is not None:
        from_max, from_own = node.max - mark.off, (own if own is not None else node.max) - mark.off
        said = decimal_text(from_max) if from_max == from_own else f"-{mark.off}"
        return replace(entry, points=said, reason=reason)
    points = "" if mark.points is None else format(mark.points, "f")
    return replace(entry, points=points, reason=reason)


def is_whole(entry: Entry) -> bool:
    return entry.points == OWN or bool(entry.points and entry.reason)


def like_own(found: Waiting, entry: Entry) -> Entry:
    """Points like the department's own need no reason; what is on paper has none of its own."""
    if entry.code not in reckoned(found).own.indicators:
        return entry
    own = own_points(reckoned(found).own[entry.code])
    if own is None:
        return replace(entry, points="") if entry.points == OWN else entry
    if entry.points and entry.points[0].isdigit() and Decimal(entry.points) == own:
        return replace(entry, points=OWN)
    return entry


def problem_of(found: Waiting, entry: Entry) -> str:
    """Why an entry can't be taken; "" where nothing is wrong with it."""
    if entry.code.startswith("?"):
        return say("review_unknown", said=entry.code[1:])
    node = found.standard.nodes[entry.code]
    name = target_name(found.standard, entry.code)
    if node.rule is None:
        return say("review_not_leaf", said=name)
    if entry.points.startswith("!"):
        return say("review_unclear", name=name, said=entry.points[1:], code=entry.code)
    if entry.points.startswith("-") and (off := _off(found, entry, name)):
        return off
    if not entry.points or entry.points == OWN:
        return ""
    fault = fault_of(found.standard, entry.code, Decimal(entry.points))
    if fault == OVER:
        return say("review_over", name=name, maximum=node.max)
    return say("review_fine", name=name) if fault == FINE else ""


def _off(found: Waiting, entry: Entry, name: str) -> str:
    """扣1分 can be from the department's points or from the maximum: that is asked."""
    node = found.standard.nodes[entry.code]
    own = own_points(reckoned(found).own[entry.code])
    off = -Decimal(entry.points)
    if own is None or own < off:
        return ""
    numbers = {"own": own, "first": own - off, "maximum": node.max, "second": node.max - off}
    return say("review_off", name=name, off=off, **numbers)
