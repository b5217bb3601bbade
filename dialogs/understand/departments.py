"""Which departments words name: by name, short name, code, or a name with characters left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from dialogs.understand.plain_text import BETWEEN, simple

_ALL = re.compile(r"(?:全部|所有|全区|各|每个|全体|每一个)(?:的)?(?:单位|部门|预算单位)?|大家")
_AND = re.compile(r"[、,，;；和与及跟]|还有")
_GAP = re.compile(r"\s+")
_ENDINGS = "局委办院会站队所室部处社厅署校镇乡街馆台司"
_LONG_ENDINGS = ("中心", "街道", "法院", "总工会", "红十字会")
_PLACES = ("区", "市", "县", "州", "旗", "盟")
_SHORTEST, _SHORTEST_WITHOUT_END = 3, 2
_CODE = re.compile(r"[0-9A-Za-z]{2,12}(?![0-9A-Za-z.])")


class Known(Protocol):
    """A department as it can be named."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def short_names(self) -> Sequence[str]: ...


@dataclass(frozen=True)
class Mention:
    """What words name: places in the list of those known, the words behind them, names that
    nobody has, and names that several have (with their places). `all` says that all were meant."""

    found: tuple[int, ...] = ()
    rest: str = ""
    unknown: tuple[str, ...] = ()
    unclear: tuple[tuple[str, tuple[int, ...]], ...] = ()
    all: bool = False


def read_departments(said: str, known: Sequence[Known]) -> Mention:
    """The departments that stand at the beginning of words, and the rest of these.

    >>> from dialogs.understand.departments import Plain
    >>> two = [Plain("301", "城东区科工商务局"), Plain("302", "城东区民政局", ("民政",))]
    >>> read_departments("民政、科工局 3天", two)
    Mention(found=(1, 0), rest='3天', unknown=(), unclear=(), all=False)
    >>> read_departments("全部单位", two).found
    (0, 1)
    >>> read_departments("卫健局 3天", two).unknown
    ('卫健局',)
    """
    left = simple(said).strip(BETWEEN)
    everybody = _ALL.match(left)
    if everybody:
        rest = left[everybody.end() :].strip(BETWEEN)
        return Mention(tuple(range(len(known))), rest, all=True)
    mention, joined = Mention(), True
    while left:
        taken = _one(left, known, joined)
        if taken is None:
            break
        length, places = taken
        mention = _noted(mention, left[:length], places)
        left, joined = _after(left[length:])
    return replace(mention, rest=left.strip(BETWEEN))


def _noted(mention: Mention, name: str, places: tuple[int, ...]) -> Mention:
    if not places:
        return replace(mention, unknown=(*mention.unknown, name))
    if len(places) > 1:
        return replace(mention, unclear=(*mention.unclear, (name, places)))
    return replace(mention, found=tuple(dict.fromkeys((*mention.found, *places))))


def _after(left: str) -> tuple[str, bool]:
    """The words behind a name, and whether they are joined to it by 、 or 和."""
    gap = _GAP.match(left)
    left = left[gap.end() :] if gap else left
    joined = _AND.match(left)
    return (left[joined.end() :].lstrip(), True) if joined else (left, False)


def _one(left: str, known: Sequence[Known], joined: bool) -> tuple[int, tuple[int, ...]] | None:
    """How many characters name one department, and which it can be; none known: (). None where
    no name stands there."""
    exact = _exact(left, known)
    if exact:
        return exact
    ends = [end for end in range(2, len(left) + 1) if _is_end(left[:end])]
    word = _word(left)
    for end in ends:
        if end > word:
            break
        places = _in_order(left[:end], known)
        if places:
            return end, places
    if ends and ends[0] <= word and ends[0] >= _SHORTEST:
        return ends[0], ()
    if joined and word >= _SHORTEST_WITHOUT_END and not left[0].isdigit():
        places = _beginning(left[:word], known)
        return (word, places) if places else None
    return None


def _exact(left: str, known: Sequence[Known]) -> tuple[int, tuple[int, ...]] | None:
    """The longest name, short name or code that the words begin with."""
    best: dict[int, list[int]] = {}
    code = _CODE.match(left)
    for n, each in enumerate(known):
        for name in (each.name, *each.short_names):
            plain = simple(name)
            if plain and left.startswith(plain):
                best.setdefault(len(plain), []).append(n)
        if code and code.group().casefold() == each.code.casefold():
            best.setdefault(code.end(), []).append(n)
    if not best:
        return None
    longest = max(best)
    return longest, tuple(dict.fromkeys(best[longest]))


def _in_order(said: str, known: Sequence[Known]) -> tuple[int, ...]:
    """Those that are called so behind the name of the place; else those whose name ends so; else
    those whose name holds it, or these characters in this order."""
    if len(said) < _SHORTEST:
        return ()
    names = [simple(each.name) for each in known]
    for fits in (_is_own_name, str.endswith, str.__contains__, _is_subsequence):
        found = tuple(n for n, name in enumerate(names) if fits(name, said))
        if found:
            return found
    return ()


def _beginning(said: str, known: Sequence[Known]) -> tuple[int, ...]:
    """Those whose name begins so behind the name of the place; else those that hold it."""
    names = [simple(each.name) for each in known]
    first = tuple(n for n, name in enumerate(names) if any(p + said in name for p in _PLACES))
    return first or tuple(n for n, name in enumerate(names) if said in name)


def _is_own_name(name: str, said: str) -> bool:
    return name.endswith(said) and name.removesuffix(said).endswith(_PLACES)


def _is_subsequence(name: str, said: str) -> bool:
    rest = iter(name)
    return said[-1] == name[-1] and all(character in rest for character in said)


def _is_end(said: str) -> bool:
    return said[-1] in _ENDINGS or said.endswith(_LONG_ENDINGS)


def _word(left: str) -> int:
    """The length of the words up to the next space or mark."""
    stops = (at for at, c in enumerate(left) if c.isspace() or c in BETWEEN or c in ";；!！?？")
    return next(stops, len(left))


@dataclass(frozen=True)
class Plain:
    """A department that is nothing but its names."""

    code: str
    name: str
    short_names: tuple[str, ...] = ()
