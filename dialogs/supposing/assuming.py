"""The answers that somebody supposes in words, worked out from what stands; nothing is kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from dialogs.answers import problem
from dialogs.supposing.names import (
    Unclear,
    fact_within,
    facts_named,
    indicators_named,
    nodes_named,
    told,
    untold,
    which_fact,
    which_node,
)
from dialogs.supposing.states import state_of, value_of
from dialogs.talk import Talk
from dialogs.understand.figure import read_percent
from dialogs.understand.plain_text import narrow
from dialogs.understand.reading import Ask
from dialogs.understand.supposing import Supposed
from dialogs.understand.supposing_words import (
    characters,
    has_figure,
    is_every,
    is_full,
    is_points,
    is_rate,
    more_or_less,
    names_rate,
    parts_of,
)
from dialogs.wording import say
from scoring.questionnaire import Kind
from scoring.standard import Standard
from scoring.supposing import Aim, Reached, Untold, suppose
from scoring.values import Count, Money, Number, Percent, Value

__all__ = ["Unclear", "assume"]

_SHORTEST = 2


def assume(talk: Talk, supposed: Sequence[Supposed]) -> Reached:
    """All that is supposed together. Raises Unclear, with a sentence for the person."""
    found = Reached()
    for each in supposed:
        found = found.and_(_any(talk.after(found.values, talk.state), each))
    return found


def _any(talk: Talk, said: Supposed) -> Reached:
    """One thing supposed, or the same of several that are named with an and."""
    try:
        return _one(talk, said)
    except Unclear as unclear:
        parts = parts_of(said.target)
        if unclear.known or len(parts) < 2:
            raise
        return assume(talk, [Supposed(part, said.value) for part in parts])


def _one(talk: Talk, said: Supposed) -> Reached:
    standard = talk.case.standard
    if is_full(said.value):
        return _full(talk, said)
    codes = indicators_named(standard, said.target)
    if codes and is_points(said.value):
        return _points(talk, said, codes)
    if is_rate(said.value) or (names_rate(said.target) and has_figure(said.value)):
        rate = _rate(talk, said)
        if rate:
            return rate
    return _figure(talk, said) if has_figure(said.value) else state_of(talk, said)


def _full(talk: Talk, said: Supposed) -> Reached:
    """Full points for what was named: an indicator, a group, the whole form, or what a fact
    counts for."""
    standard = talk.case.standard
    codes = nodes_named(standard, said.target)
    only: frozenset[str] = frozenset()
    if not codes:
        facts = facts_named(talk, said.target) or fact_within(standard, said.target)
        codes = tuple(dict.fromkeys(c for f in facts for c in standard.feeds[f][:1]))
        only = frozenset(facts)
    if not codes:
        raise Unclear(say("whatif_unknown", target=said.target), known=False)
    if len(codes) > 1 and said.target and not is_every(said.value):
        raise Unclear(which_node(standard, said.target, codes))
    return told(talk, suppose(standard, talk.answers, codes, Aim(only=only)))


def _points(talk: Talk, said: Supposed, codes: Sequence[str]) -> Reached:
    """得3分 of an indicator of 3 points is its full points; fewer points tell no answer."""
    standard = talk.case.standard
    node = standard.nodes[codes[0]]
    points = _number_in(said.value)
    if len(codes) == 1 and points == node.max:
        return told(talk, suppose(standard, talk.answers, codes, Aim()))
    facts = node.rule.facts() if node.rule else ()
    raise Unclear(untold(standard, Untold(node.code, facts)))


def _number_in(words: str) -> Decimal | None:
    """The number in words such as 得2.5分."""
    found = re.search(r"[0-9]+(?:\.[0-9]+)?", narrow(words))
    return Decimal(found.group()) if found else None


def _rate(talk: Talk, said: Supposed) -> Reached | None:
    """A percentage of an indicator's rate; None where no indicator has such a rate."""
    standard = talk.case.standard
    if any(standard.facts[f].type is Kind.PERCENT for f in facts_named(talk, said.target)):
        return None
    named = _rates(standard, said.target)
    if not named:
        return None
    got = read_percent(said.value)
    if isinstance(got, Ask):
        raise Unclear(problem(got))
    if len(named) > 1:
        raise Unclear(which_node(standard, said.target, [code for code, _ in named]))
    code, only = named[0]
    return told(talk, suppose(standard, talk.answers, (code,), Aim(got.value.value, only)))


def _rates(standard: Standard, said: str) -> list[tuple[str, frozenset[str]]]:
    """The indicators, or shares of one, that may be meant by a rate: 执行率, 热线办结率."""
    codes = indicators_named(standard, said)
    words = characters(said)
    if not codes and names_rate(said):
        alike = [n for n in standard.indicators if names_rate(n.name) and words <= set(n.name)]
        codes = tuple(node.code for node in alike) if len(words) >= _SHORTEST else ()
    found = [(code, frozenset[str]()) for code in codes]
    if found:
        return found
    for node in standard.indicators:
        for share in getattr(node.rule, "shares", ()):
            if share.name and len(words) >= _SHORTEST and words <= set(share.name):
                found.append((node.code, frozenset(need.fact for need in share.needs)))
    return found


def _figure(talk: Talk, said: Supposed) -> Reached:
    """A value for one fact: an amount, a count, a day, letters."""
    facts = facts_named(talk, said.target)
    more, words = more_or_less(said.value)
    fitting: dict[str, Value] = {}
    asks: list[Ask] = []
    for name in facts:
        value = value_of(talk, name, words)
        if isinstance(value, Ask):
            asks.append(value)
        elif value is not None:
            fitting[name] = value
    if len(fitting) > 1:
        raise Unclear(which_fact(talk, said.target, list(fitting)))
    if not fitting:
        if len(asks) == 1 or (asks and len(facts) == 1):
            raise Unclear(problem(asks[0]))
        raise Unclear(say("whatif_unknown", target=said.target), known=False)
    if more:
        return Reached({name: _moved(talk, name, value, more) for name, value in fitting.items()})
    return Reached(fitting)


def _moved(talk: Talk, name: str, by: Value, sign: int) -> Value:
    """The present figure and so much more or less."""
    now = talk.values.get(name)
    label = talk.case.standard.facts[name].label
    left: Money | Count | Number | Percent
    match now, by:
        case Money(yuan=has, unit=unit), Money(yuan=more):
            left = Money(has + sign * more, unit)
        case Count(value=has), Count(value=more):
            left = Count(has + sign * more)
        case Number(value=has), Number(value=more):
            left = Number(has + sign * more)
        case Percent(value=has), Percent(value=more):
            left = Percent(has + sign * more)
        case _:
            raise Unclear(say("whatif_no_figure", label=label))
    if (left.yuan if isinstance(left, Money) else left.value) < 0:
        raise Unclear(say("whatif_below_zero", label=label))
    return left
