"""What facts and indicators are called, and which of them some words may mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import fuzz

from dialogs.understand.mention import key, of_other_year
from dialogs.understand.plain_text import before_bracket
from scoring.by_content import ByContent
from scoring.questionnaire import Fact
from scoring.standard import Standard
from scoring.tree import Indicator

_LEAST_WITHIN = 3
_LEAST_SHUFFLED = 4
_ALIKE = 60
_MOST_GUESSED = 4


@dataclass(frozen=True)
class Named:
    """One thing that has names: a fact by its name, or an indicator (or a group) by its code.
    `labels` are the official names, `aliases` what people say."""

    fact: str
    code: str
    labels: tuple[str, ...]
    aliases: tuple[str, ...]
    is_gate: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.labels, *self.aliases)


def named(standard: Standard, said: str) -> tuple[Named, ...]:
    """What the words surely mean, or may mean if there are several: by a whole name, else by a
    part of one, else where a whole name ends the words, else by the same characters in
    another order. Official names come before nicknames, facts before indicators; gates (有没有)
    only where nothing else has the name."""
    typed = key(said)
    if len(typed) < 2:
        return ()
    return _named(ByContent(standard), typed)


@lru_cache(maxsize=1024)
def _named(standard: ByContent, typed: str) -> tuple[Named, ...]:
    for found in _ways(_known(standard), typed):
        if found:
            plain = tuple(each for each in found if not each.is_gate)
            return plain or found
    return ()


def resembling(standard: Standard, said: str) -> tuple[Named, ...]:
    """What has a name like the words, best first: only ever to be asked about."""
    typed = key(said)
    if len(typed) < 2:
        return ()
    scored = [
        (max(fuzz.ratio(typed, name) for name in each.names), number, each)
        for number, each in enumerate(_known(ByContent(standard)))
        if not each.is_gate
    ]
    best = sorted((-score, number, each) for score, number, each in scored if score >= _ALIKE)
    return tuple(each for _, _, each in best[:_MOST_GUESSED])


def _ways(known: Sequence[Named], typed: str) -> Iterator[tuple[Named, ...]]:
    facts = [each for each in known if each.fact]
    nodes = [each for each in known if each.code]
    yield tuple(each for each in facts if typed in each.names)
    yield tuple(each for each in nodes if typed in each.names)
    yield _ranked([each for each in facts if any(typed in name for name in each.labels)])
    yield tuple(each for each in nodes if any(typed in name for name in each.labels))
    yield _ranked([each for each in facts if any(typed in name for name in each.aliases)])
    yield _within(known, typed)
    if len(typed) >= _LEAST_SHUFFLED:
        yield tuple(e for e in facts if any(_shuffled(typed, name) for name in e.labels))
        yield tuple(e for e in nodes if any(_shuffled(typed, name) for name in e.labels))


def _ranked(found: list[Named]) -> tuple[Named, ...]:
    """Those with the shortest names first, for more of these was said."""
    return tuple(sorted(found, key=lambda each: min(map(len, each.labels))))


def _within(known: Sequence[Named], typed: str) -> tuple[Named, ...]:
    """Those whose longest name stands at the end of the words; another year is another thing."""
    if of_other_year(typed):
        return ()
    lengths = [
        (
            max(
                (len(n) for n in each.names if len(n) >= _LEAST_WITHIN and typed.endswith(n)),
                default=0,
            ),
            each,
        )
        for each in known
    ]
    most = max((length for length, _ in lengths), default=0)
    return tuple(each for length, each in lengths if length == most) if most else ()


def _shuffled(typed: str, name: str) -> bool:
    return all(name.count(char) >= typed.count(char) for char in set(typed))


@cache
def _known(standard: ByContent) -> tuple[Named, ...]:
    whole = standard.standard
    gates = set(whole.behind)
    facts = [
        _of_fact(name, fact, name in gates and not whole.feeds[name])
        for name, fact in whole.facts.items()
        if not name.startswith("lost_")
    ]
    return (*facts, *(_of_node(node) for node in whole.walk()))


def _of_fact(name: str, fact: Fact, is_gate: bool) -> Named:
    labels = {key(x): None for x in (fact.label, before_bracket(fact.label), fact.short) if x}
    return Named(name, "", tuple(labels), tuple(key(alias) for alias in fact.aliases), is_gate)


def _of_node(node: Indicator) -> Named:
    return Named("", node.code, (key(node.name),), tuple(key(alias) for alias in node.aliases))
