"""People found by what others call them: 陈明, 小陈, 王主任, 财务股的张三, chen ming, cm."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from itertools import islice, product
from typing import Generic, Protocol, TypeVar

from pypinyin import Style, pinyin
from rapidfuzz import fuzz

from dialogs.understand.plain_text import narrow
from dialogs.understand.simplified import simplified

_TITLE = re.compile(
    "(?P<name>.+?)(?:副?(?:局长?|主任?|科长?|股长?|所长?|部长?|站长?|队长|处长?|主席|镇长)|会计|出纳|书记|经理"
    "|主管|秘书|文员|干事|老师|师傅|同志|先生|女士|小姐|领导|大?[姐哥]|工|总|阿?姨|叔|妹|弟)"
)
_COMPOUND = re.compile("欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|长孙|宇文|司徒|夏侯")
_FAMILIAR = re.compile("[小老阿](?P<name>.{1,2})")
_WITH_OFFICE = re.compile(
    r"(?P<office>.{2,14}?)(?:的|那边的?|那里的?)(?P<name>.{1,6})"
    r"|(?P<name2>[^()]{1,6})[(](?P<office2>[^()]{2,14})[)]"
    r"|(?P<office3>.{1,8}(?:局|股|科|室|中心|办|所|站))(?P<name3>.{2,4})"
)
_LATIN = re.compile(r"[a-z][a-z' ]*")
_LIKE = 78
_MOST_SPELLINGS = 24


class How(IntEnum):
    """How somebody was found, the surest way first."""

    EXACT = 0  # the full name or the account
    ALIAS = 1
    TITLE = 2  # a surname with a title, or 小, 老 before it
    PART = 3  # characters of the name, in their order
    SOUND = 4  # the same sounds, or pinyin
    OFFICE = 5  # where they work
    LIKE = 6  # something alike


class Somebody(Protocol):
    """Whom one can look for."""

    @property
    def userid(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def post(self) -> str: ...
    @property
    def aliases(self) -> tuple[str, ...]: ...


P = TypeVar("P", bound=Somebody)


@dataclass(frozen=True)
class Match(Generic[P]):
    """Somebody who may be meant, and how they were found."""

    person: P
    how: How


def find_people(people: Sequence[P], said: str) -> tuple[Match[P], ...]:
    """Who may be meant, best first and otherwise in the order given: all that were found in the
    surest way that finds anybody. Empty where nobody is like it.

    An office named with the name (财务股的张三) leaves those of that office, if it has any such.

    >>> from dialogs.case import Known
    >>> people = [Known("cxm", "陈小明", "资产股"), Known("limei", "李梅", "财务股")]
    >>> [(found.person.name, found.how.name) for found in find_people(people, "陈明")]
    [('陈小明', 'PART')]
    >>> [found.person.name for found in find_people(people, "李会计")]
    ['李梅']
    """
    typed = simplified(narrow(said)).strip(" @\"'“”「」.。!！的")
    if not typed:
        return ()
    whole = _ranked(people, typed)
    if whole and whole[0].how <= How.ALIAS:
        return whole
    office, name = _apart(typed)
    if office:
        there = [each for each in people if _is_in_order(office, each.post)]
        found = _ranked(there, name) or _ranked(people, name)
        if found:
            return found
    return whole


def _apart(typed: str) -> tuple[str, str]:
    match = _WITH_OFFICE.fullmatch(typed)
    if match is None:
        return "", typed
    found = match.groupdict()
    office = found["office"] or found["office2"] or found["office3"]
    return office or "", found["name"] or found["name2"] or found["name3"] or ""


def _ranked(people: Sequence[P], typed: str) -> tuple[Match[P], ...]:
    for how, fits in _WAYS:
        found = [each for each in people if fits(each, typed)]
        if found:
            return tuple(Match(each, how) for each in _best(found, how, typed))
    return ()


def _best(found: list[P], how: How, typed: str) -> list[P]:
    """Those found in one way, those first who are nearest to what was said."""
    if how is How.LIKE:
        return sorted(found, key=lambda each: -_likeness(each.name, typed))
    if how is How.PART:
        return sorted(found, key=lambda each: (not _is_given(each.name, typed), len(each.name)))
    if how is How.TITLE:
        title = typed[1:]
        return sorted(found, key=lambda each: (title not in each.post, typed not in each.name))
    return found


def _is_exact(person: Somebody, typed: str) -> bool:
    return typed == simplified(narrow(person.name)) or typed.lower() == person.userid.lower()


def _has_alias(person: Somebody, typed: str) -> bool:
    return typed.lower() in {simplified(narrow(alias)).lower() for alias in person.aliases}


def _is_titled(person: Somebody, typed: str) -> bool:
    """王主任, 刘科, 欧阳局长, 陈明同志; 老刘; 小陈 or 小明, whose name ends so."""
    match = _TITLE.fullmatch(typed)
    if match and (_is_surname(person.name, match["name"]) or match["name"] == person.name):
        return True
    familiar = _FAMILIAR.fullmatch(typed)
    if familiar is None:
        return len(typed) == 1 and _is_surname(person.name, typed)
    name = familiar["name"]
    return _is_surname(person.name, name) or _is_given(person.name, name)


def _is_surname(name: str, said: str) -> bool:
    compound = _COMPOUND.match(name)
    return said == (compound.group() if compound else name[:1])


def _is_given(name: str, said: str) -> bool:
    """Whether it is the end of the name, without the surname."""
    return len(name) > len(said) and name.endswith(said)


def _is_part(person: Somebody, typed: str) -> bool:
    bare = _bare(typed)
    return len(bare) > 1 and _is_in_order(bare, person.name)


def _bare(typed: str) -> str:
    """A name without title: 陈明主任."""
    match = _TITLE.fullmatch(typed)
    return match["name"] if match and len(match["name"]) > 1 else typed


def _is_in_order(said: str, whole: str) -> bool:
    """Whether all characters stand in the text in this order: 人社局 in 人力资源和社会保障局."""
    rest = iter(whole)
    return all(character in rest for character in said)


def _sounds(person: Somebody, typed: str) -> bool:
    """The same sounds in other characters (陈名 for 陈明), or pinyin, whole or by initials."""
    readings = _readings(person.name)
    latin = typed.lower()
    if _LATIN.fullmatch(latin):
        letters = re.sub("[' ]", "", latin)
        return len(letters) > 1 and _spells(letters, readings)
    bare = _bare(typed)
    said = _readings(bare)
    return len(bare) > 1 and len(said) == len(bare) and _sound_in_order(said, readings)


def _sound_in_order(said: Sequence[frozenset[str]], whole: Sequence[frozenset[str]]) -> bool:
    """Whether the name has these sounds in this order; it must begin with the first."""
    if not whole or not said or not said[0] & whole[0]:
        return False
    rest = iter(whole)
    return all(any(each & sounds for sounds in rest) for each in said)


def _spells(letters: str, readings: Sequence[frozenset[str]], first: bool = True) -> bool:
    """Whether letters spell a name, its characters whole or by initials. All but the surname may
    be left out, as in chenming or cm for 陈小明."""
    if not letters:
        return not first
    if not readings:
        return False
    for sound in readings[0]:
        for part in (sound, sound[:2] if sound[1:2] == "h" else sound[0], sound[0]):
            if letters.startswith(part) and _spells(letters[len(part) :], readings[1:], False):
                return True
    return not first and _spells(letters, readings[1:], False)


@cache
def _readings(name: str) -> tuple[frozenset[str], ...]:
    """The ways in which each character of a name is read, without tones."""
    return tuple(
        frozenset(sound.replace("ü", "v").lower() for sound in sounds if sound)
        for sounds in pinyin(name, style=Style.NORMAL, heteronym=True, errors="ignore")
    )


def _works_there(person: Somebody, typed: str) -> bool:
    bare = re.sub("(?:那边|那里|的人|的同事|的)$", "", typed)
    return len(bare) > 1 and _is_in_order(bare, person.post)


def _is_like(person: Somebody, typed: str) -> bool:
    return len(_bare(typed)) > 1 and _likeness(person.name, _bare(typed)) >= _LIKE


def _likeness(name: str, said: str) -> float:
    """How alike two names sound, 0–100; nothing where neither the surnames sound nearly alike
    nor the given names are the same."""
    if not name or _LATIN.fullmatch(said.lower()):
        return _alike(_spellings(name), (re.sub("[' ]", "", said.lower()),))
    given = len(name) > 2 and name[1:] == said[1:]
    if not given and _alike(_spellings(name[0]), _spellings(said[0])) < _LIKE:
        return 0
    return _alike(_spellings(name), _spellings(said))


def _alike(one: Sequence[str], other: Sequence[str]) -> float:
    """How alike the nearest two of these spellings are."""
    return max((fuzz.ratio(a, b) for a in one for b in other), default=0.0)


@cache
def _spellings(name: str) -> tuple[str, ...]:
    """The ways in which a name is written in pinyin, as some characters are read in several."""
    return tuple(map("".join, islice(product(*_readings(name)), _MOST_SPELLINGS)))


Fits = Callable[[Somebody, str], bool]
_WAYS: tuple[tuple[How, Fits], ...] = (
    (How.EXACT, _is_exact),
    (How.ALIAS, _has_alias),
    (How.TITLE, _is_titled),
    (How.PART, _is_part),
    (How.SOUND, _sounds),
    (How.OFFICE, _works_there),
    (How.LIKE, _is_like),
)
