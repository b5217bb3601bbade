"""What the signs of a choice mean together: which options are in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dialogs.understand.choice_words import Signs

# What a statement says of the options that it names, and of all that nothing else names.
_MEANS: dict[str, tuple[bool | None, bool | None]] = {
    "all but": (False, True),
    "none but": (True, False),
    "yes": (True, None),
    "both": (True, None),
    "no": (False, None),
    "neither": (False, None),
    "all": (None, True),
    "rest": (None, True),
    "nothing": (None, False),
    "no rest": (None, False),
}
_SEVERAL = frozenset({"both", "neither"})
_SHAPES: tuple[tuple[str, str], ...] = (
    ("all but", "X J N? x? C? (?:R C? A?|A) P?"),
    ("none but", "X J P? x? C? (?:R C? A?|A) N"),
    ("all but", "X J x? (?=$|C[^I])"),
    ("all but", "J x C? (?:R C?)? A? P?"),
    ("none but", "J x C? (?:R C?)? A? N"),
    ("all but", "P? A P? C? (?:X|L) J x? N?"),
    ("all but", "P? A P? C? J x"),
    ("none but", "A N C? X J P? x?"),
    ("all but", "J N C? R C? (?:A P?|P)"),
    ("all but", "O J N"),
    ("none but", "O P? J P? (?=C|$)"),
    ("none but", "O J N? (?=NI)"),
    ("both", "J A P?"),
    ("neither", "J A N"),
    ("yes", "J P"),
    ("yes", "P I (?=[CNLP]|$)"),
    ("yes", "P I(?:CI)+ (?=[CLP]|$|NI)"),
    ("no", "J (?:N|L)"),
    ("no", "(?:N|L) I (?=[CPRNL]|$)"),
    ("no", "(?:N|L) I(?:CI)+ (?=[CRL]|$|[NP]I)"),
    ("rest", "R (?:C? A? P | C? A (?=C|$))"),
    ("no rest", "R C? A? N"),
    ("nothing", "A N (?=C|$)"),
    ("all", "(?:P? A P (?=[CNXLO]|$|I[NL]) | P? A (?=C|$) | A? B)"),
    # Named and no more; not where what follows speaks of these together or of the rest.
    ("yes", "(?:^|(?<=C)) J (?=C|$) (?! (?:CI)* [Ax] | .* R C? A? (?:P|C|$))"),
)
_PATTERNS = tuple(
    (meaning, re.compile(shape.replace(" ", "").replace("J", "I(?:CI)*")))
    for meaning, shape in _SHAPES
)


@dataclass(frozen=True)
class _Statement:
    meaning: str
    items: frozenset[int]
    rest: int


def sense(signs: Signs) -> frozenset[int] | None:
    """The places of the options that are in; None where it is unclear or may mean two things.

    >>> def read(text):
    ...     signs = Signs(text, "ABCDE")
    ...     return sense(signs) if signs.read() else None
    >>> sorted(read("A、B有,其他没有")), sorted(read("没有E")), read("A有B没有"), read("A B没有")
    ([0, 1], [0, 1, 2, 3], None, None)
    """
    total = len(signs.options)
    meant = {_together(said, total) for said in _ways(signs, 0, 0, 0)}
    meant.discard(_NEVER)
    found = meant.pop() if len(meant) == 1 else None
    return found if isinstance(found, frozenset) else None


_NEVER = "contradicts itself"


def _ways(signs: Signs, at: int, item: int, rest: int) -> Iterator[tuple[_Statement, ...]]:
    """Every way to take the signs from `at` as statements one after another."""
    at += len(signs.row) > at and signs.row[at] == "C"
    if at >= len(signs.row):
        yield ()
        return
    for meaning, pattern in _PATTERNS:
        match = pattern.match(signs.row, at)
        if match is None or match.end() == at:
            continue
        items, rests = match[0].count("I"), match[0].count("R")
        named = frozenset[int]().union(*signs.items[item : item + items])
        stated = _Statement(meaning, named, sum(signs.rests[rest : rest + rests]))
        for others in _ways(signs, match.end(), item + items, rest + rests):
            yield (stated, *others)


def _together(said: Sequence[_Statement], total: int) -> frozenset[int] | str | None:
    """The options that are in by all statements; None where some are left open."""
    named: dict[int, bool] = {}
    others: set[bool] = set()
    for each in said:
        of_items, of_others = _MEANS[each.meaning]
        if each.meaning in _SEVERAL and len(each.items) < 2:
            return None
        if any(named.setdefault(item, bool(of_items)) != of_items for item in each.items):
            return _NEVER
        others |= set() if of_others is None else {of_others}
    if len(others) > 1 or not said:
        return _NEVER
    if _is_bad_rest(said, named, total):
        return None
    return _filled(named, others, total)


def _is_bad_rest(said: Sequence[_Statement], named: dict[int, bool], total: int) -> bool:
    """Whether a rest is spoken of where nothing was named, or one of another size."""
    rest = any(each.meaning in ("rest", "no rest") for each in said)
    sizes = {each.rest for each in said if each.rest}
    return (rest and not named) or any(size != total - len(named) for size in sizes)


def _filled(named: dict[int, bool], others: set[bool], total: int) -> frozenset[int] | None:
    """What is not named is out where some are in, and in where only some are out."""
    if not others and len(named) < total and len(set(named.values())) > 1:
        return None
    default = others.pop() if others else not any(named.values())
    return frozenset(at for at in range(total) if named.get(at, default))
